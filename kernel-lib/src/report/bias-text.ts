import type picocolors from 'picocolors';
import {
  biasChanceText,
  biasChangeText,
  biasIntervalText,
  biasNumberText,
  biasRangeText,
  biasValueText,
} from './bias-number-text.js';
import { allowedOf, biasByState, biasState, biasStateWord } from './bias-states.js';
import { facetSentences, noValueText, serviceText } from './bias-words.js';
import { coverageText } from './coverage-text.js';
import type {
  BiasCause,
  BiasMetricReport,
  BiasValue,
  FacetBiasReport,
  FairnessMetricReport,
  Intersection,
  ModelBiasReport,
} from './model-bias-report.js';
import { plainTable, terminalText } from './plain-table.js';
import { countText, plural } from './value-text.js';

type Paint = ReturnType<typeof picocolors.createColors>;
type Wrap = (text: string, width: number, indent?: string) => string;

/** From this on intervals and changes have columns of their own. */
const WIDE = 100;
const MOST_CELLS = 40;

/** The parts of a bias report for a terminal: coverage, then group by group its sentence, metrics and causes, then where groups meet. */
export function biasText(bias: ModelBiasReport, paint: Paint, width: number, wrap: Wrap): string[] {
  const parts = [wrap(`Labels: ${coverageText(bias.coverage)}`, width, '  ')];
  for (const facet of bias.facets) parts.push(...facetText(facet, bias, paint, width, wrap));
  for (const intersection of bias.intersections) {
    const text = intersectionText(intersection, paint, width);
    if (text !== undefined) parts.push(text);
  }
  return parts;
}

function facetText(facet: FacetBiasReport, bias: ModelBiasReport, paint: Paint, width: number, wrap: Wrap): string[] {
  const { title, others, metrics, warning, missing, fairness } = facet;
  const heading = terminalText(`${terminalText(title, 80)} against ${terminalText(others, 80)}`, width);
  const lines = facetSentences(facet, bias).map((sentence) => wrap(terminalText(sentence, 600), width, '  '));
  if (warning !== undefined) {
    lines.unshift(paint.yellow(wrap(`Too few for a verdict: ${terminalText(warning, 200)}.`, width, '  ')));
  }
  const lost = missing.current ?? 0;
  if (lost > 0) {
    const text = `${plural(lost, 'row')} without ${terminalText(facet.facet, 60)}: counted among the others, as in the service.`;
    lines.push(paint.dim(wrap(text, width, '  ')));
  }
  const causes = biasByState(metrics).flatMap(({ name, cause }) =>
    cause ? [causeText(name, cause, facet, width, wrap)] : [],
  );
  return [
    [paint.bold(heading), ...lines].join('\n'),
    ...(metrics.length > 0 ? [metricsTable(metrics, paint, width, wrap)] : []),
    ...(causes.length > 0 ? [causes.join('\n')] : []),
    ...(fairness.length > 0 && width >= WIDE ? [fairnessText(fairness, paint)] : []),
  ];
}

const tints = { violated: 'red', drifting: 'yellow', ok: 'reset', 'not-compared': 'dim' } as const;

/** The worst first; what has no value is listed below with its reason. */
function metricsTable(metrics: readonly BiasMetricReport[], paint: Paint, width: number, wrap: Wrap): string {
  const known = biasByState(metrics).filter(({ current, baseline }) =>
    [current, baseline].some((value) => biasValueText(value) !== undefined),
  );
  const wide = width >= WIDE;
  const rows = known.map((metric) => {
    const { name, baseline, current, change } = metric;
    const tint = paint[tints[biasState(metric)]];
    return [
      tint(terminalText(name, 8)),
      biasValueText(baseline) ?? '-',
      tint(biasValueText(current) ?? '-'),
      ...(wide ? [(current && biasValueText(current) !== undefined && biasIntervalText(current)) || '-'] : []),
      biasRangeText(allowedOf(metric)) ?? '-',
      ...(wide ? [change === undefined ? '-' : biasChangeText(change.value), chance(metric)] : []),
      tint(biasStateWord(metric)),
    ];
  });
  const right = { align: 'right' } as const;
  const table = plainTable(
    [
      { head: 'Metric', width: 8 },
      { head: 'Baseline', ...right },
      { head: 'Current', ...right },
      ...(wide ? [{ head: '95 %', ...right }] : []),
      { head: 'Allowed', ...right },
      ...(wide
        ? [
            { head: 'Change', ...right },
            { head: 'Adjusted p', ...right },
          ]
        : []),
      { head: 'Status', width: width >= 110 || (width >= 70 && !wide) ? 17 : 12 },
    ],
    rows,
    paint.dim,
  );
  const notes = metrics.flatMap((metric) => {
    const name = terminalText(metric.name, 8);
    const service = serviceText(metric.current);
    const none = biasValueText(metric.current) === undefined ? [`no value: ${noValueText(metric)}.`] : [];
    const said = [...none, ...(service === '' ? [] : [service])].join(' ');
    return said === '' ? [] : [paint.dim(wrap(terminalText(`${name}: ${said}`, 500), width, '  '))];
  });
  return [table, ...notes].join('\n');
}

function chance(metric: BiasMetricReport): string {
  return biasChanceText(metric)?.replace(/^adjusted p (= )?/, '') ?? '-';
}

function causeText(
  name: string,
  cause: BiasCause,
  { title, others }: FacetBiasReport,
  width: number,
  wrap: Wrap,
): string {
  const { sides, parts, segments } = cause;
  const texts = [
    `${terminalText(name, 8)} moved by ${terminalText(title, 60)} ${biasChangeText(sides.disadvantaged)}, ${terminalText(others, 60)} ${biasChangeText(sides.advantaged)}`,
    `by sizes ${biasChangeText(rounded(parts.population))}, predictions ${biasChangeText(rounded(parts.predictions))}, labels by prediction ${biasChangeText(rounded(parts.labels))}`,
    ...segments
      .slice(0, 2)
      .map(({ title: rows, contribution }) => `${biasChangeText(contribution)} from ${terminalText(rows, 60)}`),
  ];
  return wrap(`- ${texts.join('; ')}.`, width, '  ');
}

/** A part that is nothing but rounding is none. */
function rounded(value: number): number {
  return Math.abs(value) < 1e-12 ? 0 : value;
}

function fairnessText(metrics: readonly FairnessMetricReport[], paint: Paint): string {
  const text = (value: BiasValue | undefined): string => biasValueText(value) ?? '-';
  return plainTable(
    [
      { head: 'In Fairlearn and AIF360', width: 31 },
      { head: 'Library', width: 21 },
      { head: 'Baseline', align: 'right' },
      { head: 'Current', align: 'right' },
    ],
    metrics.map(({ name, library, baseline, current }) => [
      terminalText(name, 60),
      terminalText(library, 21),
      text(baseline),
      text(current),
    ]),
    paint.dim,
  );
}

/** Cells where two groups meet, one a line. */
function intersectionText(
  { facets, rows, columns, cells }: Intersection,
  paint: Paint,
  width: number,
): string | undefined {
  const names = ['DPL', 'DPPL', 'RD', 'AD'].filter((name) => cells.some(({ values }) => values[name]?.current));
  if (names.length === 0) return undefined;
  const room = Math.max(13, Math.min(60, width - 9 * names.length - 11));
  const table = plainTable(
    [
      { head: `Where ${terminalText(facets[0], 30)} and ${terminalText(facets[1], 30)} meet`, width: room },
      { head: 'Rows', align: 'right', width: 7 },
      ...names.map((name) => ({ head: name, align: 'right' as const, width: 7 })),
    ],
    cells.slice(0, MOST_CELLS).map(({ row, column, size, values }) => [
      `${terminalText(rows[row] ?? '', 60)}, ${terminalText(columns[column] ?? '', 60)}`,
      size.current === undefined ? '-' : countText(size.current),
      ...names.map((name) => {
        const value = values[name]?.current?.value;
        return value === undefined ? '-' : biasNumberText(value);
      }),
    ]),
    paint.dim,
  );
  const left = cells.length - MOST_CELLS;
  return left > 0 ? `${table}\n${plural(left, 'more cell')}` : table;
}
