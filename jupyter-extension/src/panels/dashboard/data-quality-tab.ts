import { element } from '../../widgets/element.js';
import { RefreshedPart } from '../../widgets/refreshed-part.js';
import { featureDetail } from '../feature-detail.js';
import type { Dashboard } from './dashboard.js';
import { chosenCell } from './drift-choice.js';
import { driftMapPart } from './drift-map-part.js';
import { eventsKey } from './events-key.js';
import { executionBar } from './execution-bar.js';
import { executionPart } from './execution-part.js';
import { featureHourPart } from './feature-hour-part.js';
import { HoursFiles } from './hours-files.js';
import { measureView } from './measure-view.js';
import type { MonitorHistory } from './monitor-history.js';
import { type DashboardTab, type HistoryPart, monitorTab } from './monitor-tab.js';
import { rowsPart } from './rows-part.js';

/** Drift by feature and time; below it the chosen feature: in an hour, over the range, and in the window of an execution. */
export function dataQualityTab(dashboard: Dashboard): DashboardTab {
  const { trans } = dashboard.context;
  const hour = featureHourPart(dashboard, new HoursFiles(dashboard.store));
  const showHour = (): void => {
    const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches ?? true;
    hour.node.scrollIntoView?.({ block: 'nearest', behavior: still ? 'auto' : 'smooth' });
  };
  return monitorTab(dashboard, 'data-quality', [
    driftMapPart(dashboard, showHour),
    hour,
    featureTimePart(dashboard),
    rowsPart(dashboard),
    executionBar(dashboard, trans.__('In the whole window')),
    windowPart(dashboard),
  ]);
}

/** The distance of the chosen feature, execution by execution. */
function featureTimePart(dashboard: Dashboard): HistoryPart {
  const { trans } = dashboard.context;
  let history: MonitorHistory | undefined;
  const part = new RefreshedPart(
    {
      load: async () => history!,
      marks: true,
      make: (shown) => {
        const cell = chosenCell(dashboard, shown);
        if (cell === undefined) return [];
        return [measureView(dashboard, shown, cell.row.place, { title: trans.__('%1 over time', cell.row.name) })];
      },
    },
    dashboard.context,
  );
  return {
    node: part.node,
    update: (next) => {
      history = next;
      const { from, to } = dashboard.span;
      const feature = chosenCell(dashboard, next)?.row.name;
      const range = `${from.getTime()} ${to.getTime()}`;
      return part.update(`${next.monitor} ${feature}\n${range} ${eventsKey(dashboard)} ${next.key}`);
    },
  };
}

/** What the report of the chosen execution says of the feature. */
function windowPart(dashboard: Dashboard): HistoryPart {
  const { context } = dashboard;
  let feature: string | undefined;
  const part = executionPart(dashboard, {
    load: async () => undefined,
    key: () => feature ?? '',
    make: ({ features, violations, impactSource }) => {
      const report = features.find(({ name }) => name === feature) ?? features[0];
      if (report === undefined) {
        return [element('p', { class: 'driftline-muted' }, context.trans.__('Nothing was compared in this window.'))];
      }
      const own = violations.filter((violation) => violation.feature === report.name);
      return [element('div', { class: 'driftline-detail' }, ...featureDetail(report, own, context, impactSource))];
    },
  });
  return {
    node: part.node,
    update: (history) => {
      feature = chosenCell(dashboard, history)?.row.name;
      return part.update(history);
    },
  };
}
