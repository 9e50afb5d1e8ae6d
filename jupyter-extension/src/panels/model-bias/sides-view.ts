import type { BiasSide, FacetBiasReport } from 'driftline';
import { type SideMatrix, sideMatricesFigure } from '../../charts/model-bias/side-matrices.js';
import { formatCount, formatFraction, noValue } from '../../format/number-format.js';
import { chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import type { PanelContext } from '../../widgets/panel-context.js';

type Sample = 'baseline' | 'current';

/** One side in one sample. */
interface SideSample {
  readonly title: string;
  readonly sample: string;
  readonly side: BiasSide;
}

/** Predictions against labels of both sides, baseline and current; without predictions a table of their labels. */
export function sidesView(facet: FacetBiasReport, context: PanelContext): HTMLElement | undefined {
  const { trans } = context;
  const sides = sideSamples(facet, context);
  if (sides.length === 0) return undefined;
  const matrices = sides.flatMap(({ title, sample, side }): SideMatrix[] =>
    side.confusion === undefined || total(side.confusion) === 0 ? [] : [{ title, sample, confusion: side.confusion }],
  );
  const title = trans.__('Predictions against labels');
  if (matrices.length === 0) return sidesTable(trans.__('Labels of both sides'), sides, context, true);
  return chartWithTable(
    {
      title,
      level: 5,
      label: trans.__(
        'Confusion matrices of both sides. Right predictions: %1.',
        matrices
          .map(({ title: name, sample, confusion }) => {
            const right = confusion.truePositives + confusion.trueNegatives;
            return `${name}, ${sample} ${formatFraction(right / total(confusion))}`;
          })
          .join('; '),
      ),
      figure: (style) => sideMatricesFigure(matrices, style),
      table: () => sidesTable(title, sides, context),
    },
    context,
  );
}

/** The group before the others in each sample, the baseline first. */
function sideSamples(
  { title, others, disadvantaged, advantaged }: FacetBiasReport,
  { trans }: PanelContext,
): SideSample[] {
  const names: Readonly<Record<Sample, string>> = { baseline: trans.__('baseline'), current: trans.__('current') };
  return (['baseline', 'current'] as const).flatMap((key) =>
    [
      { title, sample: names[key], side: disadvantaged[key] },
      { title: others, sample: names[key], side: advantaged[key] },
    ].flatMap(({ side, ...rest }) => (side === undefined ? [] : [{ ...rest, side }])),
  );
}

function total({ truePositives, falseNegatives, falsePositives, trueNegatives }: SideMatrix['confusion']): number {
  return truePositives + falseNegatives + falsePositives + trueNegatives;
}

/** A rate with the counts that it is made of. */
function rate(part: number, whole: number): string {
  return whole > 0 ? formatFraction(part / whole) : noValue;
}

interface Quantity {
  readonly title: string;
  readonly of: (side: BiasSide) => string;
}

function quantities(predicted: boolean, { trans }: PanelContext): Quantity[] {
  const count = (title: string, key: keyof SideMatrix['confusion']): Quantity => ({
    title,
    of: ({ confusion }) => formatCount(confusion?.[key]),
  });
  const share = (
    title: string,
    parts: (matrix: SideMatrix['confusion']) => readonly [part: number, whole: number],
  ): Quantity => ({ title, of: ({ confusion }) => (confusion === undefined ? noValue : rate(...parts(confusion))) });
  return [
    { title: trans.__('Rows'), of: ({ rows }) => formatCount(rows) },
    { title: trans.__('Positive labels'), of: ({ rows, positiveLabels }) => rate(positiveLabels, rows) },
    ...(predicted
      ? [
          share(trans.__('Positive predictions'), (m) => [m.truePositives + m.falsePositives, total(m)]),
          share(trans.__('Accuracy'), (m) => [m.truePositives + m.trueNegatives, total(m)]),
          share(trans.__('Recall'), (m) => [m.truePositives, m.truePositives + m.falseNegatives]),
          share(trans.__('False positive rate'), (m) => [m.falsePositives, m.falsePositives + m.trueNegatives]),
          share(trans.__('Precision'), (m) => [m.truePositives, m.truePositives + m.falsePositives]),
          count(trans.__('True positives'), 'truePositives'),
          count(trans.__('False negatives'), 'falseNegatives'),
          count(trans.__('False positives'), 'falsePositives'),
          count(trans.__('True negatives'), 'trueNegatives'),
        ]
      : []),
  ];
}

function sidesTable(
  caption: string,
  sides: readonly SideSample[],
  context: PanelContext,
  showCaption: boolean = false,
): HTMLElement {
  const { trans } = context;
  return dataTable<Quantity>({
    caption,
    showCaption,
    trans,
    compact: true,
    rows: quantities(
      sides.some(({ side }) => side.confusion !== undefined),
      context,
    ),
    columns: [
      { title: trans.__('Of the rows'), rowHeader: true, cell: ({ title }) => title },
      ...sides.map(({ title, sample, side }) => ({
        title: trans.__('%1, %2', title, sample),
        kind: 'number' as const,
        cell: ({ of }: Quantity) => of(side),
      })),
    ],
  });
}
