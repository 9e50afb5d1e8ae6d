import type { Report } from 'driftline';
import { type ComparedFeature, comparedFeatures, driftBarsFigure, driftBarsLimit } from '../charts/drift-bars.js';
import { formatNumber, formatPValue } from '../format/number-format.js';
import { chartWithTable } from '../widgets/chart-with-table.js';
import { dataTable } from '../widgets/data-table.js';
import type { LegendKey } from '../widgets/legend.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { toneWords } from './feature-state.js';

/** Every feature's distance from the baseline beside its threshold. Undefined where nothing was compared. */
export function driftPanel(
  report: Report,
  context: PanelContext,
  goTo: (feature: string) => void,
): HTMLElement | undefined {
  const { trans } = context;
  const compared = comparedFeatures(report);
  if (compared.length === 0) return undefined;
  const beyond = compared.filter(({ drift }) => drift.distance > drift.threshold).map(({ name }) => name);
  return chartWithTable(
    {
      title: trans.__('Distance from the baseline'),
      label: trans.__(
        'Bar chart of the distance from the baseline for %1 features. Beyond their threshold: %2.',
        Math.min(compared.length, driftBarsLimit),
        beyond.join(', ') || trans.__('none'),
      ),
      figure: (style) => driftBarsFigure(compared, style),
      table: () => driftTable(compared, context),
      legend: driftLegend(compared, context),
      note: driftNotes(report, compared.length, context).join(' '),
      onClick: (name) => {
        if (typeof name === 'string') goTo(name);
      },
    },
    context,
  );
}

function driftNotes({ features }: Report, compared: number, { trans }: PanelContext): string[] {
  const corrected = features.some(({ distances }) =>
    distances.some(({ name, threshold }) => name === 'linf_robust' && threshold !== undefined),
  );
  return [
    trans.__('Bar: distance of the whole window. Whisker: down to its lower 95 % bound.'),
    ...(corrected
      ? [trans.__('Bars are without the noise correction of the Robust method; violations are with it.')]
      : []),
    ...(compared > driftBarsLimit
      ? [trans.__('The %1 largest of %2; the table has all.', driftBarsLimit, compared)]
      : []),
  ];
}

function driftLegend(compared: readonly ComparedFeature[], { trans }: PanelContext): (readonly [LegendKey, string])[] {
  const has = (wanted: ComparedFeature['outcome']): boolean => compared.some(({ outcome }) => outcome === wanted);
  return [
    ...(has('violated') ? [['violated', trans.__('violation')] as const] : []),
    ...(has('drifting') ? [['drifting', trans.__('beyond threshold, no violation')] as const] : []),
    ...(has('within') ? [['baseline', trans.__('within threshold')] as const] : []),
    ['threshold', trans.__('threshold')],
  ];
}

function driftTable(compared: readonly ComparedFeature[], { trans }: PanelContext): HTMLElement {
  const words = {
    violated: trans.__('violation'),
    drifting: toneWords('drifting', trans),
    within: trans.__('within threshold'),
  };
  const number = (
    title: string,
    value: (drift: ComparedFeature['drift']) => number,
    format: (value: number) => string = formatNumber,
  ) => ({
    title,
    kind: 'number' as const,
    cell: ({ drift }: ComparedFeature) => format(value(drift)),
    sortBy: ({ drift }: ComparedFeature) => value(drift),
  });
  return dataTable<ComparedFeature>({
    caption: trans.__('Distance from the baseline by feature'),
    trans,
    rows: compared,
    columns: [
      { title: trans.__('Feature'), rowHeader: true, cell: ({ name }) => name, sortBy: ({ name }) => name },
      { title: trans.__('Outcome'), cell: ({ outcome }) => words[outcome], sortBy: ({ outcome }) => outcome },
      number(trans.__('Distance'), ({ distance }) => distance),
      number(trans.__('Threshold'), ({ threshold }) => threshold),
      number(trans.__('Lower 95 % bound'), ({ lowerBound }) => lowerBound),
      number(trans.__('Adjusted p'), ({ adjustedPValue }) => adjustedPValue, formatPValue),
      number(trans.__('Detectable'), ({ minimumDetectable }) => minimumDetectable),
    ],
  });
}
