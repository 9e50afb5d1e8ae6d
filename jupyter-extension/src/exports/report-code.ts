import type { Report } from 'driftline';

/** Where something lies on the server. */
export interface ServerPlace {
  /** From the server's root. */
  readonly path: string;
  /** The root as JupyterLab names it: absolute, beginning with `~`, or empty where it does not say. */
  readonly root: string;
}

/** What is known of a report besides itself. */
export interface ReportPlace {
  /** The file that holds it; undefined in the output of a cell. */
  readonly file?: ServerPlace;
  /** The folder of the project that it is of. */
  readonly project?: ServerPlace;
}

/**
 * TypeScript that makes or reads a report again, for a notebook: the check of its project where that is known, else the file
 * it stands in, else the check by its locations. All values are string literals of JSON.
 */
export function reportCode(report: Report, { file, project }: ReportPlace): string {
  const { monitor, window } = report;
  if (project !== undefined && monitor !== undefined) return projectCheck(monitor, window, project);
  if (file !== undefined) return lines(...fileImports(file, 'show'), '', ...reading('report', file), 'show(report);');
  if (monitor !== undefined) return projectCheck(monitor, window, undefined);
  return locationsCheck(report);
}

/** TypeScript that reads an `analysis.json` and lists its bias metrics and attributions. */
export function analysisCode(file: ServerPlace): string {
  return lines(
    ...fileImports(file),
    '',
    ...reading('analysis', file),
    'for (const stage of ["post_training_bias_metrics", "pre_training_bias_metrics"]) {',
    '  const facets = Object.entries<any>(analysis[stage]?.facets ?? {});',
    '  console.table(',
    '    facets.flatMap(([facet, groups]) =>',
    '      groups.flatMap((group: any) =>',
    '        group.metrics.map((metric: any) => ({ facet, group: group.value_or_threshold, metric: metric.name, value: metric.value })),',
    '      ),',
    '    ),',
    '  );',
    '}',
    'for (const [label, output] of Object.entries<any>(analysis.explanations?.kernel_shap ?? {})) {',
    '  console.log(label, "expected value", output.expected_value);',
    '  console.table(output.global_shap_values);',
    '}',
  );
}

function projectCheck(monitor: string, window: Report['window'], place: ServerPlace | undefined): string {
  return lines(
    ...(place ? placeImports(place) : []),
    'import { openProject, show } from "driftline";',
    '',
    ...(place === undefined ? ['// The folder of driftline.yaml:'] : remark(place)),
    `const project = await openProject(${place === undefined ? '"."' : expression(place)});`,
    `const report = await project.check(${literal(monitor)}, ${window === undefined ? '{}' : '{'}${window === undefined ? ');' : ''}`,
    ...(window === undefined ? [] : [`  start: ${literal(window.start)},`, `  end: ${literal(window.end)},`, '});']),
    'show(report);',
  );
}

function locationsCheck({ monitorType, baseline, current, window, rule }: Report): string {
  return lines(
    'import { check, show } from "driftline";',
    '',
    ...(monitorType === 'data-quality'
      ? []
      : ['// Give the attributes of label and prediction, the model or the facets, too: a report does not hold them.']),
    `const report = await check(${literal(monitorType)}, {`,
    `  baseline: ${literal(baseline.source)},`,
    `  current: ${literal(current.source)},`,
    ...(window === undefined ? [] : [`  start: ${literal(window.start)},`, `  end: ${literal(window.end)},`]),
    `  rule: ${literal(rule)},`,
    '});',
    'show(report);',
  );
}

function fileImports(place: ServerPlace, ...library: readonly string[]): string[] {
  return [
    'import { readFileSync } from "node:fs";',
    ...placeImports(place),
    ...(library.length > 0 ? [`import { ${library.join(', ')} } from "driftline";`] : []),
  ];
}

function reading(name: string, place: ServerPlace): string[] {
  return [...remark(place), `const ${name} = JSON.parse(readFileSync(${expression(place)}, "utf8"));`];
}

function placeImports({ root }: ServerPlace): string[] {
  return root.startsWith('~') ? ['import { homedir } from "node:os";', 'import { join } from "node:path";'] : [];
}

/** What the reader must know about a path that is none from a root. */
function remark({ root }: ServerPlace): string[] {
  return root === '' ? ['// From the folder in which the server was started:'] : [];
}

function expression({ path, root }: ServerPlace): string {
  const join = (folder: string): string => [folder.replace(/\/+$/, ''), path].filter((part) => part !== '').join('/');
  if (root.startsWith('~')) return `join(homedir(), ${literal(join(root.slice(1).replace(/^\/+/, '')) || '.')})`;
  if (root === '') return literal(path || '.');
  return literal(path === '' ? root : `${root.replace(/\/+$/, '')}/${path}`);
}

/** A string of JSON, whose line separators are no ends of a line of TypeScript. */
function literal(value: string): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}
