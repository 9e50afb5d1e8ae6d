import { attributionBarsFigure } from '../charts/model-explainability/attribution-bars.js';
import { drawnFeatures } from '../charts/model-explainability/feature-rows.js';
import { attributionNumbers, formatAttribution } from '../format/attribution-format.js';
import { noValue } from '../format/number-format.js';
import { shorten } from '../format/shorten.js';
import { isRecord } from '../report/read-report.js';
import { at } from '../viewers/file-content.js';
import { chartWithTable } from '../widgets/chart-with-table.js';
import { dataTable } from '../widgets/data-table.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { section } from '../widgets/section.js';
import { changeOf, type NumberPair, numberColumns } from './side-by-side.js';

const longestName = 120;

/** The attributions of each output of two `analysis.json`, side by side: a section an output. */
export function attributionComparison(baseline: unknown, current: unknown, context: PanelContext): HTMLElement[] {
  return outputsOf(baseline, current).map(({ label, features }) => attributionsView(label, features, context));
}

/** A feature's global SHAP value on both sides, and its rank by size, from 1. */
interface FeaturePair extends NumberPair {
  readonly feature: string;
  readonly ranks: NumberPair;
}

function outputsOf(
  baseline: unknown,
  current: unknown,
): { readonly label: string; readonly features: readonly FeaturePair[] }[] {
  const [before, now] = [at(baseline, 'explanations', 'kernel_shap'), at(current, 'explanations', 'kernel_shap')];
  const labels = new Set([before, now].flatMap((shap) => (isRecord(shap) ? Object.keys(shap) : [])));
  return [...labels].map((label) => {
    const sides = [valuesOf(before, label), valuesOf(now, label)] as const;
    const ranks = sides.map(ranksOf);
    const names = new Set(sides.flatMap((values) => [...values.keys()]));
    const features = [...names].map((feature) => ({
      feature,
      baseline: sides[0].get(feature),
      current: sides[1].get(feature),
      ranks: { baseline: ranks[0]?.get(feature), current: ranks[1]?.get(feature) },
    }));
    const best = ({ ranks: of }: FeaturePair): number => of.baseline ?? of.current ?? Infinity;
    return { label, features: features.sort((a, b) => best(a) - best(b)) };
  });
}

function valuesOf(shap: unknown, label: string): Map<string, number> {
  const values = at(shap, label, 'global_shap_values');
  const entries = isRecord(values) ? Object.entries(values) : [];
  return new Map(
    entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number' && Number.isFinite(entry[1])),
  );
}

function ranksOf(values: ReadonlyMap<string, number>): Map<string, number> {
  const order = [...values].sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
  return new Map(order.map(([feature], index) => [feature, index + 1]));
}

function attributionsView(label: string, features: readonly FeaturePair[], context: PanelContext): HTMLElement {
  const { trans } = context;
  const name = shorten(label, longestName);
  const table = (): HTMLElement => attributionsTable(trans.__('Attributions of %1', name), features, context);
  const largest = Math.max(
    0,
    ...features.flatMap(({ baseline = 0, current = 0 }) => [baseline, current].map(Math.abs)),
  );
  const barred = features.map(({ feature, baseline, current, ranks }) => ({
    feature: shorten(feature, longestName),
    rank: defined(ranks),
    attribution: {
      ...(baseline !== undefined && { baseline: { value: baseline } }),
      ...(current !== undefined && { current: { value: current } }),
    },
    share: {},
  }));
  const moved = features.filter(({ ranks }) => (changeOf(ranks) ?? 0) !== 0).length;
  return section(
    trans.__('Attributions of %1', name),
    chartWithTable(
      {
        title: trans.__('Global SHAP values'),
        label: trans.__(
          'Bar chart of the global SHAP values of %1 features for %2, baseline and current.',
          Math.min(features.length, drawnFeatures),
          name,
        ),
        legend: [
          ['baseline', trans.__('baseline')],
          ['current', trans.__('current')],
        ],
        figure: (style) =>
          attributionBarsFigure(
            barred,
            'attribution',
            { title: trans.__('global SHAP value'), numbers: attributionNumbers(largest) },
            style,
          ),
        table,
        note: moved > 0 && trans._n('1 feature has another rank now.', '%1 features have another rank now.', moved),
      },
      context,
    ),
  );
}

function attributionsTable(caption: string, rows: readonly FeaturePair[], { trans }: PanelContext): HTMLElement {
  const rank = (value: number | undefined): string => (value === undefined ? noValue : String(value));
  return dataTable<FeaturePair>({
    caption,
    trans,
    compact: true,
    rows,
    columns: [
      {
        title: trans.__('Feature'),
        rowHeader: true,
        cell: ({ feature }) => shorten(feature, longestName),
        sortBy: ({ feature }) => feature,
      },
      ...numberColumns<FeaturePair>((pair) => pair, formatAttribution, trans),
      {
        title: trans.__('Rank before'),
        kind: 'number',
        cell: ({ ranks }) => rank(ranks.baseline),
        sortBy: ({ ranks }) => ranks.baseline,
      },
      {
        title: trans.__('Rank now'),
        kind: 'number',
        cell: ({ ranks }) => rank(ranks.current),
        sortBy: ({ ranks }) => ranks.current,
      },
    ],
  });
}

function defined({ baseline, current }: NumberPair): { baseline?: number; current?: number } {
  return { ...(baseline !== undefined && { baseline }), ...(current !== undefined && { current }) };
}
