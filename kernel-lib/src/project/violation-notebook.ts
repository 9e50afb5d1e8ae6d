import type { Report, Violation } from '../report/report.js';

/** A Jupyter notebook, nbformat 4.5, without outputs. */
export interface Notebook {
  readonly nbformat: 4;
  readonly nbformat_minor: 5;
  readonly metadata: {
    readonly kernelspec: { readonly name: string; readonly display_name: string; readonly language: 'typescript' };
    readonly language_info: { readonly name: 'typescript'; readonly file_extension: '.ts' };
  };
  readonly cells: readonly NotebookCell[];
}

export type NotebookCell =
  | {
      readonly cell_type: 'markdown';
      readonly id: string;
      readonly metadata: Readonly<Record<string, never>>;
      readonly source: string;
    }
  | {
      readonly cell_type: 'code';
      readonly id: string;
      readonly metadata: Readonly<Record<string, never>>;
      readonly source: string;
      readonly execution_count: null;
      readonly outputs: readonly [];
    };

/** Which finding a notebook reproduces. */
export interface ViolationNotebookOptions {
  /** The project as the notebook's kernel reaches it: a folder relative to the notebook, or a URI. */
  readonly project: string;
  readonly monitor: string;
  /** ISO; names the execution. */
  readonly scheduledTime: string;
  /** Of the execution's report. */
  readonly violation: Violation;
  readonly report: Pick<Report, 'monitorType' | 'modelQuality'>;
  /** The kernel as Jupyter lists it. */
  readonly kernel: { readonly name: string; readonly displayName: string };
}

/** The file name of a violation's notebook, without its ending: "driftline-census-data-quality-2026-03-06T00". */
export function violationNotebookName(monitor: string, scheduledTime: string): string {
  const name = monitor.replace(/[^\p{L}\p{N}._-]+/gu, '-');
  return `driftline-${name}-${new Date(scheduledTime).toISOString().slice(0, 13)}`;
}

/**
 * A notebook that reproduces a finding on a TypeScript kernel, cell by cell: it opens the project, reads the stored report,
 * shows the violation, checks the window again, compares what is measured now with what was stored, and reads the records
 * behind it and its history. Values stand in it as string literals of JSON, and as text in what is Markdown.
 */
export function violationNotebook(options: ViolationNotebookOptions): Notebook {
  const { kernel } = options;
  const cells = [
    markdown(introduction(options)),
    code(openProjectCell(options)),
    markdown(
      '## The stored report\n\nWhat the execution wrote into the project: everything in this section comes from its `report.json`.',
    ),
    code(storedReportCell(options)),
    code('driftline.show(report);'),
    markdown(
      '## The violation\n\nWhat was measured, the limit that it broke, the value of the baseline, which of the two rules say so, and since when.',
    ),
    code(violationCell),
    markdown(
      '## Measured again\n\nThe same window and the same rule, counted anew from the captured files. The numbers are the same as long as the files are; where labels have arrived since, metrics that need them can differ.',
    ),
    code(checkAgainCell),
    ...recordsCells(options),
    markdown(
      '## The history\n\nThe latest executions of this monitor up to this one, and what they measured where they found the same violation.',
    ),
    code(historyCell),
  ];
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: kernel.name, display_name: kernel.displayName, language: 'typescript' },
      language_info: { name: 'typescript', file_extension: '.ts' },
    },
    cells: cells.map((cell, index) => ({ ...cell, id: `driftline-${index + 1}` })),
  };
}

function introduction({ monitor, violation }: ViolationNotebookOptions): string {
  const { feature, facet, label } = violation;
  const about = [facet?.title, label, feature].filter((part) => part !== undefined).join(', ');
  return [
    `# ${asText(about)}: a finding of ${asText(monitor)}`,
    asText(violation.explanation),
    'Run the cells from top to bottom with Shift-Enter: they read the stored report, measure the same window again, and end at the captured records and the history of this violation.',
  ].join('\n\n');
}

function openProjectCell({ project }: ViolationNotebookOptions): string {
  return [
    '// The library that this kernel was installed with, else the one that lies above this notebook.',
    'const kernel = globalThis as any;',
    'const driftline = kernel.__tslab__.require(kernel.process.env.DRIFTLINE_LIBRARY ?? "driftline");',
    `const project = await driftline.openProject(${literal(project)});`,
    'console.log(project.location);',
    'console.log("monitors:", project.monitors.join(", "));',
  ].join('\n');
}

function storedReportCell({ monitor, scheduledTime, violation }: ViolationNotebookOptions): string {
  return [
    `const monitor = ${literal(monitor)};`,
    `const scheduledTime = ${literal(scheduledTime)};`,
    `const violationId = ${literal(violation.id)};`,
    'const report = await project.report(monitor, new Date(scheduledTime));',
    'if (report === undefined) throw new Error("The monitor has no report for this time.");',
    'console.log(report.headline);',
    'console.log("window:", report.window.start, "to", report.window.end);',
    'console.log("rule:", report.rule, "-", report.ruleSource);',
  ].join('\n');
}

const violationCell = [
  'const violation = report.violations.find(({ id }: any) => id === violationId);',
  'if (violation === undefined) throw new Error("The report no longer has this violation.");',
  'console.log(violation.explanation);',
  'console.log("measured:", violation.measured, "limit:", violation.limit, "baseline:", violation.baselineValue ?? "not known");',
  'console.log("found by the rules:", violation.rules.join(", "));',
  'if (violation.since) console.log("since:", violation.since.hour, violation.since.orEarlier ? "or earlier" : "");',
  'const drift = report.features.find(({ name }: any) => name === violation.feature)?.drift;',
  'if (drift) console.log("adjusted p:", drift.adjustedPValue, "lower 95 % bound:", drift.lowerBound, "smallest drift these rows show:", drift.minimumDetectable);',
].join('\n');

const checkAgainCell = [
  'const again = await project.check(monitor, { start: report.window.start, end: report.window.end, rule: report.rule });',
  'const same = again.violations.find(({ id }: any) => id === violationId);',
  'console.log("rows:", report.current.rows, "stored,", again.current.rows, "now");',
  'console.log("measured:", violation.measured, "stored,", same ? same.measured : "no longer a violation", "now");',
  'console.log(same?.measured === violation.measured ? "The finding is reproduced." : "The finding differs: capture, labels or baseline have changed since.");',
].join('\n');

/** The records of the violation, of the worst segment, or why there are none. */
function recordsCells({ violation, report }: ViolationNotebookOptions): NotebookCell[] {
  const title = '## The records behind it';
  if (violation.query !== undefined) {
    return [
      markdown(
        `${title}\n\nThe captured requests that carry the violation, read again out of the capture: with the time, file and line of each.`,
      ),
      code(recordsCell('violationId', 'violation.query.sql')),
    ];
  }
  if (report.modelQuality !== undefined && report.modelQuality.segments.length > 0) {
    return [
      markdown(
        `${title}\n\nA metric is measured over all rows, so no single row carries it. These are requests of the segment in which quality fell most.`,
      ),
      code(recordsCell('{ segment: 0 }', 'report.modelQuality.segments[0].title')),
    ];
  }
  return [
    markdown(
      `${title}\n\nThis is measured over all rows of the window: no single row carries it, so there are no records to list.`,
    ),
  ];
}

function recordsCell(of: string, about: string): string {
  return [
    `const found = await project.records(report, ${of}, { limit: 20 });`,
    `console.log(${about});`,
    'console.log(found.rows.length, found.capped ? "records of more" : "records");',
    'for (const row of found.rows) console.log(row.inferenceTime ?? "", JSON.stringify(row.values), row.file, "line", row.line);',
  ].join('\n');
}

const historyCell = [
  'const executions = await project.executions(monitor, { to: new Date(scheduledTime), limit: 30 });',
  'for (const execution of [...executions].reverse()) {',
  '  const found = execution.violations.find(({ id }: any) => id === violationId);',
  '  console.log(execution.scheduledTime, execution.outcome, found ? "measured " + found.measured : "");',
  '}',
].join('\n');

function markdown(source: string): NotebookCell {
  return { cell_type: 'markdown', id: '', metadata: {}, source };
}

function code(source: string): NotebookCell {
  return { cell_type: 'code', id: '', metadata: {}, execution_count: null, outputs: [], source };
}

/** A string literal; JSON's are TypeScript's but for two line ends. */
function literal(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Text that Markdown shows as it is: what could be markup or a link is written as character references, on one line. */
function asText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/[^\p{L}\p{N} .,;:?%]|[.:](?=\p{L})/gu, (character) => `&#${character.codePointAt(0)};`);
}
