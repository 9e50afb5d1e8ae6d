import { attributionBarsFigure, type BarredFeature } from '../charts/model-explainability/attribution-bars.js';
import { drawnFeatures } from '../charts/model-explainability/feature-rows.js';
import { attributionNumbers, formatShare } from '../format/attribution-format.js';
import { formatNumber, noValue } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { isRecord } from '../report/read-report.js';
import { chartWithTable } from '../widgets/chart-with-table.js';
import { dataTable } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import { fact } from '../widgets/fact.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { section } from '../widgets/section.js';
import { asText, at } from './file-content.js';

/** A feature of one output: its place by size from 1, its value as the file has it, and its share of the sum of sizes. */
interface Attribution {
  readonly feature: string;
  readonly value: unknown;
  readonly rank?: number;
  readonly share?: number;
}

/** Characters of a name out of the file. */
const longestName = 120;

/** The `kernel_shap` part of an `analysis.json`: for each output of the model its features, the weightiest first. */
export function attributionsView(shap: unknown, context: PanelContext): HTMLElement[] {
  if (!isRecord(shap)) return [];
  const { trans } = context;
  return Object.entries(shap).map(([label, output]) => {
    const expected = at(output, 'expected_value');
    const attributions = readAttributions(at(output, 'global_shap_values'));
    return section(
      trans.__('Attributions of %1', shorten(label, longestName)),
      element(
        'dl',
        { class: 'driftline-facts' },
        expected !== undefined &&
          fact(
            trans.__('Expected value'),
            numberText(expected),
            trans.__('the output for the baseline of the analysis'),
          ),
        fact(trans.__('Features'), String(attributions.length)),
      ),
      attributionsChart(shorten(label, longestName), attributions, context),
    );
  });
}

function readAttributions(values: unknown): Attribution[] {
  const entries = Object.entries(isRecord(values) ? values : {});
  const size = (value: unknown): number => (isNumber(value) ? Math.abs(value) : -1);
  const sum = entries.reduce((total, [, value]) => total + Math.max(0, size(value)), 0);
  return entries
    .sort(([, a], [, b]) => size(b) - size(a))
    .map(([feature, value], index) => ({
      feature,
      value,
      ...(isNumber(value) && { rank: index + 1, ...(sum > 0 && { share: Math.abs(value) / sum }) }),
    }));
}

function attributionsChart(label: string, attributions: readonly Attribution[], context: PanelContext): HTMLElement {
  const { trans } = context;
  const title = trans.__('Global SHAP values');
  const table = (): HTMLElement => attributionsTable(trans.__('Attributions of %1', label), attributions, context);
  const bars = attributions.flatMap(({ feature, value, rank }): BarredFeature[] =>
    isNumber(value)
      ? [{ feature, rank: rank === undefined ? {} : { current: rank }, attribution: { current: { value } }, share: {} }]
      : [],
  );
  const [first] = bars;
  if (first === undefined) return table();
  const numbers = attributionNumbers(first.attribution.current?.value ?? 0);
  return chartWithTable(
    {
      title,
      label: trans.__(
        'Bar chart of the global SHAP values of %1 features for %2. The first is %3.',
        Math.min(bars.length, drawnFeatures),
        label,
        shorten(first.feature, longestName),
      ),
      figure: (style) =>
        attributionBarsFigure(bars, 'attribution', { title: trans.__('global SHAP value'), numbers }, style, {
          current: trans.__('value'),
        }),
      table,
      note:
        bars.length > drawnFeatures &&
        trans.__('The first %1 of %2; the table has all.', drawnFeatures, attributions.length),
    },
    context,
  );
}

function attributionsTable(caption: string, rows: readonly Attribution[], { trans }: PanelContext): HTMLElement {
  return dataTable<Attribution>({
    caption,
    trans,
    compact: true,
    rows,
    empty: trans.__('The file lists no features.'),
    columns: [
      {
        title: trans.__('Feature'),
        rowHeader: true,
        cell: ({ feature }) => shorten(feature, longestName),
        sortBy: ({ feature }) => feature,
      },
      {
        title: trans.__('Global SHAP value'),
        kind: 'number',
        cell: ({ value }) => numberText(value),
        sortBy: ({ value }) => (isNumber(value) ? value : undefined),
      },
      {
        title: trans.__('Share'),
        kind: 'number',
        cell: ({ share }) => (share === undefined ? noValue : formatShare(share)),
        sortBy: ({ share }) => share,
      },
    ],
  });
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function numberText(value: unknown): string {
  return typeof value === 'number' ? formatNumber(value).replace(/^-/, '−') : asText(value);
}
