import type { CurvePoints, MetricValue, Pair } from 'driftline';
import { type CurveNames, precisionRecallFigure, readCurve, rocFigure } from '../../charts/quality-curves.js';
import { formatMetric } from '../../format/metric-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import type { LegendKey } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';

const tenths = Array.from({ length: 11 }, (_, index) => index / 10);

/** The ROC curve; `areas` are the areas under it. */
export function rocView(
  curves: Pair<CurvePoints>,
  areas: Pair<MetricValue>,
  context: PanelContext,
  names: CurveNames = {},
): HTMLElement {
  const { trans } = context;
  const area = (name: string, value: MetricValue | undefined): string =>
    value === undefined ? name : trans.__('%1, area %2', name, formatMetric(value.value, 'fraction'));
  return chartWithTable(
    {
      title: trans.__('ROC curve'),
      label: trans.__(
        'Line chart of the true positive rate against the false positive rate: %1.',
        samples(curves, names, context)
          .map(([key, name]) => area(name, areas[key]))
          .join('; '),
      ),
      legend: [
        ...samples(curves, names, context).map(([key, name]) => [lineKeys[key], area(name, areas[key])] as const),
        ['guess', trans.__('guessing')],
      ],
      figure: (style) => rocFigure(curves, style, names),
      table: () =>
        curveTable(
          {
            caption: trans.__('True positive rate, read from the curve'),
            x: trans.__('False positive rate'),
            curves,
            names,
          },
          context,
        ),
    },
    context,
  );
}

/** Precision against recall; `prevalence` is the share of positives in the current sample. */
export function precisionRecallView(
  curves: Pair<CurvePoints>,
  prevalence: number | undefined,
  context: PanelContext,
  names: CurveNames = {},
): HTMLElement {
  const { trans } = context;
  return chartWithTable(
    {
      title: trans.__('Precision and recall'),
      label: trans.__('Line chart of precision against recall over all thresholds of the score.'),
      legend: [
        ...samples(curves, names, context).map(([key, name]) => [lineKeys[key], name] as const),
        ...(prevalence === undefined
          ? []
          : [['guess', trans.__('guessing, share of positives %1', formatMetric(prevalence, 'fraction'))] as const]),
      ],
      figure: (style) => precisionRecallFigure(curves, prevalence, style, names),
      table: () =>
        curveTable(
          { caption: trans.__('Precision, read from the curve'), x: trans.__('Recall'), curves, names },
          context,
        ),
    },
    context,
  );
}

const lineKeys = { baseline: 'baseline-line', current: 'current-line' } as const satisfies Record<string, LegendKey>;

function samples(
  curves: Pair<unknown>,
  names: CurveNames,
  { trans }: PanelContext,
): (readonly ['baseline' | 'current', string])[] {
  const all = [
    ['baseline', names.baseline ?? trans.__('baseline')],
    ['current', names.current ?? trans.__('current')],
  ] as const;
  return all.filter(([key]) => curves[key] !== undefined);
}

function curveTable(
  {
    caption,
    x,
    curves,
    names,
  }: {
    readonly caption: string;
    readonly x: string;
    readonly curves: Pair<CurvePoints>;
    readonly names: CurveNames;
  },
  context: PanelContext,
): HTMLElement {
  return dataTable<number>({
    caption,
    trans: context.trans,
    rows: tenths,
    columns: [
      { title: x, kind: 'number', rowHeader: true, cell: (at) => at.toFixed(1) },
      ...samples(curves, names, context).map(([key, name]) => ({
        title: name.charAt(0).toUpperCase() + name.slice(1),
        kind: 'number' as const,
        cell: (at: number) => formatMetric(curves[key] && readCurve(curves[key], at), 'fraction'),
      })),
    ],
  });
}
