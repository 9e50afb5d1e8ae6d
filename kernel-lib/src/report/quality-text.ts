import type picocolors from 'picocolors';
import { coverageText } from './coverage-text.js';
import type { Estimated, MetricReport, ModelQualityReport } from './model-quality-report.js';
import { plainTable, terminalText } from './plain-table.js';
import {
  changeText,
  estimateVerdict,
  intervalText,
  isBestConstant,
  isOfClass,
  limitText,
  metricState,
  metricStateWord,
  metricsByClass,
  metricsByState,
  metricText,
  noSegmentsText,
} from './quality-words.js';
import { countText, plural, probabilityText } from './value-text.js';

type Paint = ReturnType<typeof picocolors.createColors>;
type Wrap = (text: string, width: number, indent?: string) => string;

/** The parts of a model-quality report for a terminal: coverage, metrics, groups of rows, estimate. */
export function qualityText(quality: ModelQualityReport, paint: Paint, width: number, wrap: Wrap): string[] {
  const { coverage, estimate } = quality;
  const unlabelled = coverage.labelled === 0;
  const parts = [wrap(coverageText(coverage), width)];
  const metrics = metricsTable(quality, paint, width);
  if (!unlabelled && metrics !== undefined) parts.push(metrics);
  const classes = unlabelled ? undefined : classTable(quality, paint);
  if (classes !== undefined) parts.push(classes);
  const none = noSegmentsText(quality);
  if (quality.segments.length > 0) parts.push(segmentsTable(quality, paint, width));
  else if (none !== undefined) parts.push(wrap(none, width));
  if (estimate !== undefined && estimate.metrics.length > 0) {
    const doubts = estimate.doubts.map((doubt) => wrap(`- ${terminalText(doubt, 500)}`, width, '  '));
    const { kind, text } = estimateVerdict(quality);
    const verdict = wrap(terminalText(text, 500), width);
    parts.push(
      `${estimateTable(quality, paint, width)}\n${[kind === 'trusted' ? verdict : paint.yellow(verdict), ...doubts].join('\n')}`,
    );
  }
  return parts;
}

function metricsTable({ metrics }: ModelQualityReport, paint: Paint, width: number): string | undefined {
  const own = metricsByState(metrics.filter((metric) => !isBestConstant(metric) && !isOfClass(metric)));
  if (own.length === 0) return undefined;
  const wide = width >= 100;
  const rows = own.map((metric) => {
    const { unit, baseline, current } = metric;
    return [
      baseline === undefined ? '-' : metricText(baseline.value, unit),
      current === undefined ? '-' : metricText(current.value, unit),
      current === undefined ? '-' : (intervalText(current, unit) ?? '-'),
      limitCell(metric, wide),
      statusCell(metric, wide),
    ];
  });
  const nameWidth = roomFor(rows, ['Baseline', 'Current', '95 %', 'Limit', 'Status'], width);
  return plainTable(
    [
      { head: 'Metric' },
      { head: 'Baseline', align: 'right' },
      { head: 'Current', align: 'right' },
      { head: '95 %', align: 'right' },
      { head: 'Limit', align: 'right' },
      { head: 'Status' },
    ],
    rows.map(([baseline, current, interval, limit, status], index) => {
      const state = metricState(own[index]!);
      const tint = { violated: paint.red, drifting: paint.yellow, ok: paint.green, 'not-compared': paint.dim }[state];
      const value = state === 'violated' ? tint(current!) : current!;
      return [nameCell(own[index]!, wide, nameWidth), baseline!, value, interval!, limit!, tint(status!)];
    }),
    paint.dim,
  );
}

/** What the other columns leave for names. */
function roomFor(rows: readonly (readonly string[])[], heads: readonly string[], width: number): number {
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => (row[column] ?? '').length)));
  return Math.max(12, width - widths.reduce((sum, each) => sum + each + 2, 0));
}

function nameCell({ name, title }: Pick<MetricReport, 'name' | 'title'>, wide: boolean, room: number): string {
  return terminalText(wide ? title : name, Math.min(40, room));
}

function statusCell(metric: MetricReport, wide: boolean): string {
  const { current, reason } = metric;
  if (current === undefined && reason !== undefined) return terminalText(reason, wide ? 40 : 22);
  const state = metricState(metric);
  if (wide) return metricStateWord(state);
  return state === 'drifting' ? 'in noise' : state === 'not-compared' ? '-' : metricStateWord(state);
}

const MOST_CLASSES = 12;

/** Recall, precision and F1 of the classes that lost most, each after what it was in the baseline. */
function classTable({ metrics }: ModelQualityReport, paint: Paint): string | undefined {
  const classes = metricsByClass(metrics);
  if (classes.length === 0) return undefined;
  const value = (of: MetricReport | undefined, side: 'baseline' | 'current'): string => {
    const known = of?.[side];
    return known === undefined ? '-' : metricText(known.value, 'fraction');
  };
  const table = plainTable(
    [
      { head: 'Class' },
      ...['Recall', 'Precision', 'F1'].flatMap((head) => [
        { head, align: 'right' as const },
        { head: 'was', align: 'right' as const },
      ]),
    ],
    classes
      .slice(0, MOST_CLASSES)
      .map(({ name, metrics: of }) => [
        terminalText(name, 24),
        ...[of.recall, of.precision, of.f1].flatMap((metric) => [value(metric, 'current'), value(metric, 'baseline')]),
      ]),
    paint.dim,
  );
  const more = classes.length - MOST_CLASSES;
  return more > 0 ? `${table}\n${paint.dim(`${countText(more)} more in the report.`)}` : table;
}

/** ">= 0.625", "<= 28.34"; without the sign in narrow terminals. */
function limitCell(metric: MetricReport, wide: boolean): string {
  const limit = limitText(metric);
  if (limit === undefined) return '-';
  return wide ? `${metric.comparison === 'GreaterThanThreshold' ? '<=' : '>='} ${limit}` : limit;
}

const MOST_SEGMENTS = 10;

function segmentsTable(quality: ModelQualityReport, paint: Paint, width: number): string {
  const { segments, segmentsSearched, problemType } = quality;
  const unit = problemType === 'Regression' ? 'value' : 'fraction';
  const wide = width >= 100;
  const shown = segments.slice(0, MOST_SEGMENTS);
  const rows = shown.map(({ title, rows: count, baseline, current, change, adjustedPValue }) => [
    terminalText(title, wide ? 200 : 120),
    countText(count),
    metricText(baseline.value, unit),
    metricText(current.value, unit),
    paint.red(changeText(change.value, unit)),
    ...(wide ? [changeInterval(change, unit)] : []),
    probabilityText(adjustedPValue),
  ]);
  const longest = Math.max(...shown.map(({ title }) => terminalText(title).length));
  const table = plainTable(
    [
      { head: 'Worse group of rows', width: Math.max(19, Math.min(longest, width - (wide ? 76 : 52))) },
      { head: 'Rows', align: 'right' },
      { head: 'Baseline', align: 'right' },
      { head: 'Current', align: 'right' },
      { head: 'Change', align: 'right' },
      ...(wide ? [{ head: '95 %', align: 'right' as const }] : []),
      { head: 'p (adj.)', align: 'right' },
    ],
    rows,
    paint.dim,
  );
  const more =
    segments.length > shown.length ? `, ${countText(segments.length - shown.length)} more in the report` : '';
  return `${table}\n${paint.dim(`By ${terminalText(segments[0]!.metric, 60)}; ${plural(segmentsSearched, 'group')} looked at${more}.`)}`;
}

function changeInterval({ lower, upper }: Estimated, unit: MetricReport['unit']): string {
  return lower === undefined || upper === undefined ? '-' : `${changeText(lower, unit)} to ${changeText(upper, unit)}`;
}

function estimateTable({ estimate, metrics }: ModelQualityReport, paint: Paint, width: number): string {
  const all = estimate?.metrics ?? [];
  const wide = width >= 100;
  const errors = all.some(({ error }) => error !== undefined);
  const heads = [
    'Baseline',
    'Estimated',
    '95 %',
    ...(errors ? ['Realised', 'Off by'] : []),
    ...(wide ? ['Method'] : []),
  ];
  const rows = all.map(({ name, method, whole, error }) => {
    const metric = metrics.find((each) => each.name === name);
    const unit = metric?.unit ?? 'value';
    const text = (value: Estimated | undefined): string => (value === undefined ? '-' : metricText(value.value, unit));
    return [
      text(metric?.baseline),
      text(whole),
      whole === undefined ? '-' : (intervalText(whole, unit) ?? '-'),
      ...(errors ? [text(metric?.current), error === undefined ? '-' : changeText(error, unit)] : []),
      ...(wide ? [method] : []),
    ];
  });
  const nameWidth = roomFor(rows, heads, width);
  return plainTable(
    [
      { head: 'Without labels' },
      ...heads.map((head) => ({ head, align: head === 'Method' ? ('left' as const) : ('right' as const) })),
    ],
    rows.map((row, index) => [nameCell(all[index]!, wide, nameWidth), ...row]),
    paint.dim,
  );
}
