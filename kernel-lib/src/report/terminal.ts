import picocolors from 'picocolors';
import { explainabilityText } from './attribution-text.js';
import { impactOf, impactOrderText, impactText } from './attribution-words.js';
import { biasText } from './bias-text.js';
import {
  byDrift,
  deciding,
  featureState,
  monitorWord,
  stateWord,
  statusWord,
  subjectNoun,
  undeciding,
  whatHappened,
} from './check-words.js';
import { plainTable, terminalText } from './plain-table.js';
import { qualityText } from './quality-text.js';
import type { FeatureReport, Report, Violation } from './report.js';
import {
  countText,
  distanceText,
  measuredAndLimit,
  numberText,
  percentText,
  plural,
  sampleText,
  sinceText,
  windowText,
} from './value-text.js';

/** Options of {@link reportText}. */
export interface ReportTextOptions {
  /** ANSI colours and block characters; default: false, which is plain ASCII but for the data's own text. */
  readonly colour?: boolean;
  /** Columns of the terminal; default: 100. */
  readonly width?: number;
}

type Paint = ReturnType<typeof picocolors.createColors>;

/**
 * The report for a terminal: headline, violations as a table, one line per feature with its drift, or of model quality
 * its metrics, groups and estimate, of bias each group's metrics and causes, of attribution what each output rests on, what could not be read, and where the data lie. No final line break.
 */
export function reportText(report: Report, options: ReportTextOptions = {}): string {
  const { colour = false, width = 100 } = options;
  const paint = picocolors.createColors(colour);
  const decided = deciding(report.violations, report.rule);
  const others = undeciding(report.violations, report.rule);
  const parts = [headText(report, paint, width), factsText(report, paint, width)];
  if (decided.length > 0) parts.push(violationsText(decided, report, paint, width));
  if (decided.length > 0 && report.impactSource)
    parts.push(paint.dim(wrap(impactOrderText(report.impactSource), width)));
  if (others.length > 0) {
    parts.push(
      `${paint.dim(`Flagged by the other rule only (${report.rule} decides):`)}\n${violationsText(others, report, paint, width, report.modelBias === undefined)}`,
    );
  }
  if (report.modelQuality !== undefined) parts.push(...qualityText(report.modelQuality, paint, width, wrap));
  if (report.modelBias !== undefined) parts.push(...biasText(report.modelBias, paint, width, wrap));
  if (report.modelExplainability !== undefined) {
    parts.push(...explainabilityText(report, report.modelExplainability, paint, width, wrap));
  }
  if (report.features.length > 0) parts.push(driftText(report.features, paint, width, colour));
  const notes = report.notes.filter((note) => note !== report.mapping?.warning);
  if (notes.length > 0) {
    parts.push(notes.map((note) => wrap(`Note: ${terminalText(note, 500)}`, width, '  ')).join('\n'));
  }
  return parts.join('\n\n');
}

function headText(report: Report, paint: Paint, width: number): string {
  const status = statusWord(report);
  const badge =
    report.status === 'violations'
      ? paint.bold(paint.red(status))
      : report.status === 'ok'
        ? paint.bold(paint.green(status))
        : paint.bold(paint.yellow(status));
  const word = monitorWord(report.monitorType);
  // Without a monitor's name the title begins with its type, in small letters.
  const spoken = report.title.toLowerCase().startsWith(word.toLowerCase())
    ? word + report.title.slice(word.length)
    : report.title;
  const title = terminalText(spoken, Math.max(20, width - status.length - 2));
  return [`${paint.bold(title)}  ${badge}`, wrap(terminalText(report.headline, 500), width)].join('\n');
}

function factsText(report: Report, paint: Paint, width: number): string {
  const { current, baseline, window, endpoint } = report;
  const rows: string[][] = [];
  const fact = (name: string, text: string): number => rows.push([paint.dim(name), terminalText(text)]);
  if (window) fact('Window', windowText(window));
  if (endpoint !== undefined) fact('Endpoint', endpoint);
  const unknown = baseline.rows === 0 && (report.modelBias ?? report.modelExplainability) !== undefined;
  fact('Baseline', `${unknown ? 'rows not known' : sampleText(baseline)}, ${baseline.source}`);
  fact('Current', `${sampleText(current)}, ${current.source}`);
  const { read } = current;
  if (read && read.quarantined > 0) {
    const reasons = read.reasons.slice(0, 3).map(({ reason, count }) => `${countText(count)} ${reason}`);
    const more = read.reasons.length > 3 ? `; ${plural(read.reasons.length - 3, 'more reason')}` : '';
    fact('Quarantined', `${plural(read.quarantined, 'line')}: ${reasons.join('; ')}${more}`);
    const [first] = read.examples;
    if (first) {
      const place = `, line ${first.line}`;
      fact('', `first: ${tail(first.file, width - 24 - place.length)}${place}`);
    }
  }
  if (read && read.dropped > 0) fact('Left out', `${plural(read.dropped, 'record')} by the pre-processing hook`);
  if (report.mapping?.warning !== undefined) fact('Columns', report.mapping.warning);
  fact('Rule', `${report.rule}, from ${report.ruleSource}`);
  return withoutHead(
    plainTable(
      [
        { head: '', width: 12 },
        { head: '', width: Math.max(20, width - 16) },
      ],
      rows,
    ),
  );
}

/** @param explained - whether sentences follow the table; default: true. */
function violationsText(
  violations: readonly Violation[],
  report: Report,
  paint: Paint,
  width: number,
  explained: boolean = true,
): string {
  const noun = subjectNoun(report);
  const known = violations.some((violation) => violation.since !== undefined);
  // The narrowest terminals have no room for the column: the sentences say it.
  const since = known && width >= 76;
  const wide = width >= 100;
  const nameWidth = longest(violations.map(subjectText), wide ? 32 : 20);
  const rows = violations.map((violation) => {
    const [measured, limit] = measuredAndLimit(violation);
    return [
      paint.bold(terminalText(subjectText(violation), nameWidth)),
      whatHappened(violation) + (violation.rows === undefined ? '' : ` (${plural(violation.rows, 'row')})`),
      paint.red(measured),
      limit,
      ...(since ? [sinceText(violation.since) || '-'] : []),
    ];
  });
  const sinceWidth = since ? 22 : 0;
  // Squared errors of labels in the tens of thousands take ten digits and more.
  const room = 9 + Math.floor((width - nameWidth - 38 - sinceWidth) / 2);
  const most = noun === 'Metric' ? Math.max(9, Math.min(14, room)) : 9;
  const texts = violations.map(measuredAndLimit);
  const measuredWidth = longest(
    texts.map(([measured]) => measured),
    most,
    9,
  );
  const limitWidth = longest(
    texts.map(([, limit]) => limit),
    most,
    9,
  );
  const fixed = nameWidth + 2 + measuredWidth + 2 + limitWidth + 2 + sinceWidth;
  const table = plainTable(
    [
      { head: noun, width: nameWidth },
      { head: 'What happened', width: Math.max(14, Math.min(48, width - fixed - 4)) },
      { head: 'Measured', align: 'right', width: measuredWidth },
      { head: 'Limit', align: 'right', width: limitWidth },
      ...(since ? [{ head: 'Since (UTC)', width: 20 }] : []),
    ],
    rows,
    paint.dim,
  );
  if (!explained) return table;
  const explanations = violations.map((violation) =>
    wrap(
      `- ${subjectText(violation)}${since ? '' : sinceWords(violation)}: ${terminalText(violation.explanation, 500)}${impactWords(violation, report)}`,
      width,
      '  ',
    ),
  );
  return `${table}\n\n${explanations.join('\n')}`;
}

/** What the feature's drift does to predictions; empty where it is not known. */
function impactWords({ feature }: Violation, report: Report): string {
  const impact = impactOf(report, feature);
  if (impact === undefined || report.impactSource === undefined) return '';
  return ` ${impactText(impact, report.impactSource)}`;
}

/** ", since 7 Mar 2026, 00:00"; empty where it is not known. */
function sinceWords({ since }: Violation): string {
  const text = sinceText(since);
  return text === '' ? '' : `, since ${text}`;
}

/** "age", of bias "RD of sex = Female", of attribution "shap of label0". */
function subjectText({ feature, facet, label }: Violation): string {
  if (label !== undefined) return terminalText(`${feature} of ${terminalText(label, 80)}`);
  return terminalText(facet === undefined ? feature : `${feature} of ${terminalText(facet.title, 80)}`);
}

function driftText(features: readonly FeatureReport[], paint: Paint, width: number, colour: boolean): string {
  const compared = byDrift(features);
  const nameWidth = longest(
    features.map(({ name }) => terminalText(name)),
    width >= 100 ? 32 : 22,
  );
  const barWidth = Math.max(10, Math.min(30, width - nameWidth - 46));
  const scale = Math.max(...compared.map(({ drift }) => Math.max(drift!.distance, drift!.threshold)), 0);
  const wide = width >= 100;
  const rows = compared.map((feature) => {
    const drift = feature.drift!;
    const state = featureState(feature);
    const tint = state === 'violated' ? paint.red : state === 'drifting' ? paint.yellow : paint.dim;
    return [
      terminalText(feature.name, nameWidth),
      tint(bar(drift.distance / scale, drift.threshold / scale, barWidth, colour)),
      distanceText(drift.distance),
      distanceText(drift.threshold),
      ...(wide ? [distanceText(drift.lowerBound)] : []),
      tint(stateWord(state)),
    ];
  });
  const table = plainTable(
    [
      { head: 'Drift, worst first', width: Math.max(nameWidth, 18) },
      { head: `0 to ${numberText(scale, 3)}`, width: barWidth },
      { head: 'Distance', align: 'right' },
      { head: 'Limit', align: 'right' },
      ...(wide ? [{ head: 'Lower 95 %', align: 'right' as const }] : []),
      { head: 'Status' },
    ],
    rows,
    paint.dim,
  );
  const left = features.filter(({ drift }) => drift === undefined);
  const lines = left.map((feature) => {
    const why = feature.reason === undefined ? '' : `: ${feature.reason}`;
    const complete = feature.current?.completeness;
    const present = complete === undefined ? '' : ` (${percentText(complete)} present)`;
    return wrap(terminalText(`${terminalText(feature.name, nameWidth)} not compared${why}${present}`), width, '  ');
  });
  return [...(compared.length > 0 ? [table] : []), ...lines].join('\n');
}

/** A bar with a mark at the threshold: "######|###". */
function bar(share: number, threshold: number, width: number, blocks: boolean): string {
  if (!Number.isFinite(share)) return '';
  const filled = Math.round(share * width);
  const mark = Math.min(width - 1, Math.round(threshold * width));
  const cells = Array.from({ length: width }, (_, index) =>
    index < filled ? (blocks ? '█' : '#') : index === mark ? (blocks ? '┊' : '|') : ' ',
  );
  return cells.join('').trimEnd();
}

function longest(texts: readonly string[], most: number, least: number = 7): number {
  return Math.min(most, Math.max(least, ...texts.map((text) => [...text].length)));
}

/** The end of a path, cut at a slash: ".../05/02/capture.jsonl". */
function tail(path: string, length: number): string {
  if (path.length <= length) return path;
  const end = path.slice(-Math.max(20, length));
  return `...${end.slice(Math.max(0, end.indexOf('/')))}`;
}

/** plainTable() without its empty head. */
function withoutHead(table: string): string {
  return table.replace(/^\s*\n/, '');
}

function wrap(text: string, width: number, indent: string = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line += (line === '' ? '' : ' ') + word;
    }
  }
  return [...lines, line].join('\n');
}
