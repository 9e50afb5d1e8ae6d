import { isBestConstant } from '../model-quality/metric-words.js';
import type { Dashboard } from './dashboard.js';
import { lists } from './dashboard-args.js';
import { executionBar } from './execution-bar.js';
import { executionPart } from './execution-part.js';
import { measuresPart } from './measures-part.js';
import { type DashboardTab, monitorTab } from './monitor-tab.js';

/** Metrics against time with intervals, limits and estimates; below, what the chosen execution found. */
export function modelQualityTab(dashboard: Dashboard): DashboardTab {
  const { trans } = dashboard.context;
  return monitorTab(dashboard, 'model-quality', [
    measuresPart(dashboard, {
      name: lists['model-quality'],
      title: trans.__('Metrics over time'),
      filterWords: trans.__('Filter metrics'),
      countWords: (left, all) => trans.__('%1 of %2 metrics', left, all),
      belongs: ({ kind }) => kind === 'metric',
      groupOf: ({ key }) => key,
      titleOf: ({ title }) => title,
      last: ({ key }) => isBestConstant(key),
    }),
    executionBar(dashboard, trans.__('In one execution')),
    executionPart(dashboard, {
      load: () => import(/* webpackChunkName: "model-quality" */ '../model-quality/quality-panel.js'),
      make: ({ modelQuality, violations }, { qualityPanel }) =>
        modelQuality === undefined ? [] : qualityPanel(modelQuality, violations, dashboard.context).sections,
    }),
  ]);
}
