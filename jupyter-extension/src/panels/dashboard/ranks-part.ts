import type { MeasuredSeries } from 'driftline/browser';
import { measurePoints } from '../../charts/measure-points.js';
import { drawnRankLines, lastRank, type RankLine, rankTimeFigure, topRankLines } from '../../charts/rank-time.js';
import { formatShare } from '../../format/attribution-format.js';
import { noValue } from '../../format/number-format.js';
import { dataTable } from '../../widgets/data-table.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { section } from '../../widgets/section.js';
import type { Dashboard } from './dashboard.js';
import { lists } from './dashboard-args.js';
import { eventsKey } from './events-key.js';
import { measureView } from './measure-view.js';
import type { MonitorHistory } from './monitor-history.js';
import type { HistoryPart } from './monitor-tab.js';
import { timeFigure } from './time-figure.js';

/** For every output of the model: how alike its ranking is to the baseline's, and the places of the features. */
export function ranksPart(dashboard: Dashboard): HistoryPart {
  let history: MonitorHistory | undefined;
  const { context } = dashboard;
  const part = new RefreshedPart(
    {
      load: async () => history!,
      marks: true,
      make: (shown) => outputs(shown.measures).map((output) => view(dashboard, shown, output)),
    },
    context,
    'driftline-tab',
  );
  return {
    node: part.node,
    update: (next) => {
      history = next;
      const { from, to } = dashboard.span;
      return part.update(`${next.monitor} ${from.getTime()} ${to.getTime()} ${eventsKey(dashboard)} ${next.key}`);
    },
  };
}

/** One output of the model: its name, and places in the history. */
export interface RankedOutput {
  readonly label: string;
  readonly ranking?: number;
  readonly lines: readonly RankLine[];
}

/** The outputs with the rankings of their features; the baseline's is that of the newest baseline's shares. */
function outputs(measures: MeasuredSeries): RankedOutput[] {
  const { subjects } = measures;
  const labels = [...new Set(subjects.flatMap(({ label }) => label ?? []))];
  return labels.map((label): RankedOutput => {
    const own = subjects.flatMap((subject, place) => (subject.label === label ? [{ subject, place }] : []));
    const ranking = own.find(({ subject }) => subject.kind === 'ranking')?.place;
    const lines = own
      .filter(({ subject }) => subject.kind === 'share')
      .map(({ subject, place }) => {
        const points = measurePoints(measures, place);
        return {
          feature: subject.title,
          points,
          share: points.findLast(({ baseline }) => baseline !== undefined)?.baseline,
        };
      });
    const shares = lines.flatMap(({ share }) => share ?? []).sort((a, b) => b - a);
    return {
      label,
      ...(ranking !== undefined && { ranking }),
      lines: lines.map(({ feature, points, share }) => ({
        feature,
        points,
        ...(share !== undefined && { baseline: shares.indexOf(share) + 1 }),
      })),
    };
  });
}

function view(dashboard: Dashboard, history: MonitorHistory, { label, ranking, lines }: RankedOutput): HTMLElement {
  const { trans } = dashboard.context;
  const shown = topRankLines(lines);
  const moved = shown.filter((line) => line.baseline !== undefined && lastRank(line) !== line.baseline);
  const several = outputs(history.measures).length > 1;
  const name = several ? trans.__('Ranking of the features, %1', label) : trans.__('Ranking of the features');
  const choose = (feature: unknown): void => {
    if (typeof feature === 'string') dashboard.chooseGroup(lists.attribution, feature);
  };
  return section(
    name,
    timeFigure(dashboard, `${history.monitor} ranks ${label}`, {
      title: trans.__('Places, baseline against current'),
      label: trans.__(
        'Lines of the places of %1 features in the ranking by attribution, from the baseline on. Elsewhere now: %2.',
        shown.length,
        moved.map(({ feature }) => feature).join(', ') || trans.__('none'),
      ),
      legend: [
        ['from-baseline', trans.__('from the place in the baseline')],
        ['rose', trans.__('higher than in the baseline')],
        ['fell', trans.__('lower')],
        ['baseline-line', trans.__('as in the baseline')],
      ],
      figure: (style) => {
        const selected = dashboard.executionOf(history)?.scheduledTime;
        return rankTimeFigure(
          { lines, span: dashboard.span, events: dashboard.events(), ...(selected !== undefined && { selected }) },
          style,
        );
      },
      table: () => ranksTable(dashboard, lines),
      onClick: choose,
      ...(lines.length > drawnRankLines && {
        note: trans.__('The %1 highest of %2; the table has all.', drawnRankLines, lines.length),
      }),
    }),
    ranking !== undefined &&
      measureView(dashboard, history, ranking, {
        title: trans.__('Likeness of the rankings: nDCG against its limit'),
      }),
  );
}

function ranksTable(dashboard: Dashboard, lines: readonly RankLine[]): HTMLElement {
  const { trans } = dashboard.context;
  const last = ({ points }: RankLine) => points.findLast(({ value }) => value !== undefined);
  const rank = (value: number | undefined): string => (value === undefined ? noValue : String(value));
  return dataTable<RankLine>({
    caption: trans.__('Ranking of the features, baseline against current'),
    trans,
    rows: [...lines].sort((a, b) => (lastRank(a) ?? Infinity) - (lastRank(b) ?? Infinity)),
    columns: [
      { title: trans.__('Feature'), rowHeader: true, cell: ({ feature }) => feature, sortBy: ({ feature }) => feature },
      {
        title: trans.__('Place in the baseline'),
        kind: 'number',
        cell: ({ baseline }) => rank(baseline),
        sortBy: ({ baseline }) => baseline,
      },
      { title: trans.__('Place now'), kind: 'number', cell: (line) => rank(lastRank(line)), sortBy: lastRank },
      {
        title: trans.__('Share in the baseline'),
        kind: 'number',
        cell: (line) => formatShare(last(line)?.baseline),
        sortBy: (line) => last(line)?.baseline,
      },
      {
        title: trans.__('Share now'),
        kind: 'number',
        cell: (line) => formatShare(last(line)?.value),
        sortBy: (line) => last(line)?.value,
      },
      {
        title: trans.__('Places over time'),
        cell: ({ points }) => points.map((point) => rank(point.rank)).join(' '),
      },
    ],
  });
}
