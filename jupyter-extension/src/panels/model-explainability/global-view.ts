import type { Estimated, FeatureAttributionReport, OutputAttributionReport } from 'driftline';
import {
  type AttributionMeasure,
  attributionBarsFigure,
  topFeatures,
} from '../../charts/model-explainability/attribution-bars.js';
import { beeswarmFigure, type Swarm } from '../../charts/model-explainability/beeswarm.js';
import { drawnFeatures } from '../../charts/model-explainability/feature-rows.js';
import { drawnRanks, rankSlopeFigure } from '../../charts/model-explainability/rank-slope.js';
import { formatShare } from '../../format/attribution-format.js';
import { noValue } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { type ChartOrTable, chartWithTable } from '../../widgets/chart-with-table.js';
import { dataTable } from '../../widgets/data-table.js';
import type { LegendKey } from '../../widgets/legend.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { estimatedCell } from './attribution-cells.js';
import {
  aggregatedNumbers,
  aggregatedScaleWords,
  aggregationWords,
  directionWords,
  longestName,
} from './attribution-words.js';
import { directionMark } from './direction-mark.js';
import { attributionAxis, type ShownReport } from './shown-report.js';
import { swarmLegend, swarmNote, swarmTable } from './swarm-view.js';
import { type SwitchedChoice, switchedView } from './switched-view.js';

/** The ways to look at all features together. */
export type GlobalView = 'attribution' | 'share' | 'ranks' | 'rows';

/** Features of the picture of single rows. */
const swarmedFeatures = 12;

/** What the model rests on, baseline against current: bars, shares, ranks, and how the rows spread. */
export function globalView(
  output: OutputAttributionReport,
  report: ShownReport,
  choice: SwitchedChoice<GlobalView>,
  goTo: (feature: string) => void,
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  const spread = swarmsOfFeatures(output);
  const ranked = output.features.some(({ rank }) => rank.baseline !== undefined && rank.current !== undefined);
  return switchedView<GlobalView>(
    {
      label: trans.__('What is shown of all features'),
      choices: [
        ['attribution', trans.__('Attribution')],
        ['share', trans.__('Share')],
        ...(ranked ? [['ranks', trans.__('Ranks')] as const] : []),
        ...(spread.length > 0 ? [['rows', trans.__('Rows')] as const] : []),
      ],
      choice,
      make: (view, start, onChoose) => {
        const more = { start, onChoose, onClick: clicked(goTo) };
        if (view === 'ranks') return ranksView(output, more, context);
        if (view === 'rows') return spreadView(spread, report, more, context);
        return barsView(output, report, view, more, context);
      },
    },
    context,
  );
}

interface ViewOptions {
  readonly start: ChartOrTable;
  readonly onChoose: (kind: ChartOrTable) => void;
  readonly onClick: (customdata: unknown) => void;
}

function clicked(goTo: (feature: string) => void): (customdata: unknown) => void {
  return (name) => {
    if (typeof name === 'string') goTo(name);
  };
}

function barsView(
  { features }: OutputAttributionReport,
  report: ShownReport,
  measure: AttributionMeasure,
  more: ViewOptions,
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  const shares = measure === 'share';
  const title = shares ? trans.__('Share of attribution') : trans.__('Global attribution');
  const unit = shares
    ? trans.__('share of attribution')
    : trans.__(
        '%1 (%2)',
        aggregationWords(report.aggregation, trans),
        aggregatedScaleWords(report.aggregation, report.scale, trans),
      );
  const format = shares ? formatShare : aggregatedNumbers(report.aggregation, report.numbers);
  const largest = features.find(({ rank }) => rank.current === 1);
  const before = features.find(({ rank }) => rank.baseline === 1);
  const sampled = (key: 'baseline' | 'current'): boolean => features.some((each) => each[measure][key] !== undefined);
  const legend: (readonly [LegendKey, string])[] = [
    ...(sampled('baseline') ? [['baseline', trans.__('baseline')] as const] : []),
    ...(sampled('current') ? [['current', trans.__('current')] as const] : []),
  ];
  return chartWithTable(
    {
      title,
      level: 5,
      label: [
        trans.__('Bar chart of %1 for %2 features.', unit, Math.min(features.length, drawnFeatures)),
        before && trans.__('The first in the baseline is %1.', shorten(before.feature, longestName)),
        largest && trans.__('The first now is %1.', shorten(largest.feature, longestName)),
      ]
        .filter((sentence) => typeof sentence === 'string')
        .join(' '),
      legend,
      figure: (style) =>
        attributionBarsFigure(features, measure, { title: unit, numbers: { ...report.numbers, value: format } }, style),
      table: () => measureTable(title, features, (feature) => feature[measure], format, context),
      note: [
        trans.__('Whiskers: 95 % intervals, where there are enough rows.'),
        features.length > drawnFeatures &&
          trans.__('The first %1 of %2; the table has all.', drawnFeatures, features.length),
      ]
        .filter((sentence) => typeof sentence === 'string')
        .join(' '),
      ...more,
    },
    context,
  );
}

function measureTable(
  caption: string,
  rows: readonly FeatureAttributionReport[],
  of: (feature: FeatureAttributionReport) => FeatureAttributionReport['share'],
  format: (value: number | undefined) => string,
  { trans }: PanelContext,
): HTMLElement {
  const column = (title: string, key: 'baseline' | 'current') => ({
    title,
    kind: 'number' as const,
    cell: (feature: FeatureAttributionReport) => estimatedCell(of(feature)[key] as Estimated | undefined, format),
    sortBy: (feature: FeatureAttributionReport) => of(feature)[key]?.value,
  });
  return dataTable<FeatureAttributionReport>({
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
      column(trans.__('Baseline'), 'baseline'),
      column(trans.__('Current'), 'current'),
    ],
  });
}

function ranksView({ features }: OutputAttributionReport, more: ViewOptions, context: PanelContext): HTMLElement {
  const { trans } = context;
  const title = trans.__('Ranks before and after');
  const moved = features.filter(({ rank }) => rank.baseline !== rank.current).length;
  const has = (wanted: FeatureAttributionReport['direction']): boolean =>
    topFeatures(features, drawnRanks).some(({ direction }) => direction === wanted);
  const legend: (readonly [LegendKey, string])[] = [
    ...(has('rose') ? [['rose', trans.__('share rose beyond chance')] as const] : []),
    ...(has('fell') ? [['fell', trans.__('share fell beyond chance')] as const] : []),
    ...(has('unchanged') || has('not-judged')
      ? [['baseline-line', trans.__('within chance or not judged')] as const]
      : []),
  ];
  return chartWithTable(
    {
      title,
      level: 5,
      label: trans.__(
        'Slope chart of the places of %1 features in the ranking, baseline on the left, current on the right. %2 of all %3 features changed their place.',
        Math.min(features.length, drawnRanks),
        moved,
        features.length,
      ),
      legend,
      figure: (style) => rankSlopeFigure(features, style),
      table: () =>
        dataTable<FeatureAttributionReport>({
          caption: title,
          trans,
          compact: true,
          rows: features,
          columns: [
            {
              title: trans.__('Feature'),
              rowHeader: true,
              cell: ({ feature }) => shorten(feature, longestName),
              sortBy: ({ feature }) => feature,
            },
            {
              title: trans.__('Baseline'),
              kind: 'number',
              cell: ({ rank }) => String(rank.baseline ?? noValue),
              sortBy: ({ rank }) => rank.baseline,
            },
            {
              title: trans.__('Current'),
              kind: 'number',
              cell: ({ rank }) => String(rank.current ?? noValue),
              sortBy: ({ rank }) => rank.current,
            },
            {
              title: trans.__('Share'),
              cell: ({ direction }) => directionMark(direction, trans),
              sortBy: ({ direction }) => directionWords(direction, trans),
            },
          ],
        }),
      ...more,
    },
    context,
  );
}

/** The current rows of the first features as dots; of the baseline where there are no current ones. */
function swarmsOfFeatures({ features }: OutputAttributionReport): Swarm[] {
  return topFeatures(features, swarmedFeatures).flatMap(({ feature, distribution }): Swarm[] => {
    const counts = distribution?.current ?? distribution?.baseline;
    if (distribution === undefined || counts === undefined) return [];
    const levels = distribution.current === undefined ? distribution.baselineLevel : distribution.currentLevel;
    return [{ name: feature, edges: distribution.edges, counts, ...(levels && { levels }) }];
  });
}

function spreadView(
  swarms: readonly Swarm[],
  report: ShownReport,
  more: ViewOptions,
  context: PanelContext,
): HTMLElement {
  const { trans } = context;
  const title = trans.__('Attributions of the rows');
  return chartWithTable(
    {
      title,
      level: 5,
      label: trans.__(
        'Dots for the attributions of the rows of %1 features, each on a line of its own; more dots are more rows.',
        swarms.length,
      ),
      legend: swarmLegend(swarms, trans),
      figure: (style) => beeswarmFigure(swarms, attributionAxis(report, trans), style),
      table: () => swarmTable(title, trans.__('Feature'), swarms, report.numbers, trans),
      note: swarmNote(swarms, trans),
      ...more,
    },
    context,
  );
}
