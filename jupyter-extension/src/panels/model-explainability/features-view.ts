import type { FeatureAttributionReport, OutputAttributionReport } from 'driftline';
import { formatPoints, formatShare } from '../../format/attribution-format.js';
import { noValue } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { dataTable } from '../../widgets/data-table.js';
import { element, uniqueId } from '../../widgets/element.js';
import { filteredTable } from '../../widgets/filtered-table.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { changeCell, estimatedCell } from './attribution-cells.js';
import { longestName, scaleWords } from './attribution-words.js';
import { directionMark } from './direction-mark.js';
import { featureAttributionDetail } from './feature-attribution-detail.js';
import type { ShownReport } from './shown-report.js';

export interface FeaturesView {
  readonly nodes: readonly HTMLElement[];
  /** Shows a feature, and takes the reader to it. */
  goTo(feature: string): void;
}

/** Up to so many features the table has no filter. */
const seenAtOnce = 15;

/** The features in a table that can be sorted, and below it everything about the chosen one. */
export function featuresView(
  output: OutputAttributionReport,
  report: ShownReport,
  choice: { feature?: string },
  context: PanelContext,
): FeaturesView {
  const { trans, charts } = context;
  const { features } = output;
  const detailId = uniqueId('attribution');
  const detail = element('div', { id: detailId, class: 'driftline-detail', role: 'region', 'aria-live': 'off' });
  let chosen = features.find(({ feature }) => feature === choice.feature) ?? firstShown(features);
  const place = (feature: FeatureAttributionReport): string => String(features.indexOf(feature));
  const table = (rows: readonly FeatureAttributionReport[]): HTMLElement =>
    featuresTable(rows, report, context, { detailId, place, isChosen: (feature) => feature === chosen });
  const name = ({ feature }: FeatureAttributionReport): string => feature;
  const tables = element(
    'div',
    { class: 'driftline-choices driftline-attributions' },
    features.length > seenAtOnce ? filteredTable(trans, features, name, table) : table(features),
  );
  const show = (feature: FeatureAttributionReport): void => {
    chosen = feature;
    choice.feature = feature.feature;
    for (const row of tables.querySelectorAll<HTMLElement>('tr[data-feature]')) {
      const isChosen = row.dataset['feature'] === place(feature);
      row.classList.toggle('driftline-chosen', isChosen);
      row.querySelector('button')?.setAttribute('aria-pressed', String(isChosen));
    }
    charts.release(detail);
    detail.setAttribute('aria-label', shorten(feature.feature, longestName));
    detail.replaceChildren(...featureAttributionDetail(feature, output, report, context));
  };
  tables.addEventListener('click', ({ target }) => {
    const row = target instanceof Element ? target.closest<HTMLElement>('tr[data-feature]') : null;
    const feature = features[Number(row?.dataset['feature'] ?? Number.NaN)];
    if (feature === undefined || feature === chosen) return;
    show(feature);
    detail.scrollIntoView?.({ block: 'nearest' });
  });
  if (chosen) show(chosen);
  const goTo = (wanted: string): void => {
    const feature = features.find((each) => each.feature === wanted);
    if (feature === undefined) return;
    show(feature);
    detail.scrollIntoView?.({ block: 'nearest' });
    detail.querySelector<HTMLElement>('h5')?.focus({ preventScroll: true });
  };
  return { nodes: [tables, detail], goTo };
}

/** The feature whose share changed most beyond chance; without one, the first of the baseline's ranking. */
function firstShown(features: readonly FeatureAttributionReport[]): FeatureAttributionReport | undefined {
  const changed = features.filter(({ direction }) => direction === 'rose' || direction === 'fell');
  return (
    changed.sort((a, b) => Math.abs(b.shareChange?.value ?? 0) - Math.abs(a.shareChange?.value ?? 0))[0] ?? features[0]
  );
}

interface Choosing {
  readonly detailId: string;
  readonly place: (feature: FeatureAttributionReport) => string;
  readonly isChosen: (feature: FeatureAttributionReport) => boolean;
}

const directions: readonly FeatureAttributionReport['direction'][] = ['rose', 'fell', 'unchanged', 'not-judged'];

function featuresTable(
  rows: readonly FeatureAttributionReport[],
  { scale, numbers }: ShownReport,
  { trans }: PanelContext,
  { detailId, place, isChosen }: Choosing,
): HTMLElement {
  const rank = (title: string, key: 'baseline' | 'current') => ({
    title,
    kind: 'number' as const,
    cell: (feature: FeatureAttributionReport) => String(feature.rank[key] ?? noValue),
    sortBy: (feature: FeatureAttributionReport) => feature.rank[key],
  });
  const share = (title: string, key: 'baseline' | 'current') => ({
    title,
    kind: 'number' as const,
    cell: (feature: FeatureAttributionReport) => formatShare(feature.share[key]?.value),
    sortBy: (feature: FeatureAttributionReport) => feature.share[key]?.value,
  });
  return dataTable<FeatureAttributionReport>({
    caption: trans.__('Features by attribution'),
    trans,
    stack: true,
    rows,
    empty: trans.__('No feature has this in its name.'),
    rowAttributes: (feature) => ({
      'data-feature': place(feature),
      class: isChosen(feature) ? 'driftline-chosen' : undefined,
    }),
    columns: [
      {
        title: trans.__('Feature'),
        rowHeader: true,
        cell: (feature) =>
          element(
            'button',
            {
              type: 'button',
              class: 'driftline-link',
              'aria-pressed': String(isChosen(feature)),
              'aria-controls': detailId,
            },
            shorten(feature.feature, longestName),
          ),
        sortBy: ({ feature }) => feature,
      },
      {
        title: trans.__('Its share'),
        cell: ({ direction }) => directionMark(direction, trans),
        sortBy: ({ direction }) => directions.indexOf(direction),
      },
      rank(trans.__('Rank before'), 'baseline'),
      rank(trans.__('Rank now'), 'current'),
      share(trans.__('Share before'), 'baseline'),
      share(trans.__('Share now'), 'current'),
      {
        title: trans.__('Change (points)'),
        kind: 'number',
        cell: ({ shareChange }) => changeCell(shareChange, formatPoints, trans),
        sortBy: ({ shareChange }) => shareChange?.value,
      },
      {
        title: trans.__('Mean change (%1)', scaleWords(scale, trans)),
        kind: 'number',
        cell: ({ meanChange }) => estimatedCell(meanChange, numbers.step),
        sortBy: ({ meanChange }) => meanChange?.value,
      },
    ],
  });
}
