import type { Dashboard } from './dashboard.js';
import { lists } from './dashboard-args.js';
import { executionBar } from './execution-bar.js';
import { executionPart } from './execution-part.js';
import { measuresPart } from './measures-part.js';
import { type DashboardTab, monitorTab } from './monitor-tab.js';
import { ranksPart } from './ranks-part.js';

/** The ranking of features against time, the shares of attribution, and below what the chosen execution found. */
export function attributionTab(dashboard: Dashboard): DashboardTab {
  const { context } = dashboard;
  const { trans } = context;
  return monitorTab(dashboard, 'attribution', [
    ranksPart(dashboard),
    measuresPart(dashboard, {
      name: lists.attribution,
      title: trans.__('Shares of attribution over time'),
      filterWords: trans.__('Filter features'),
      countWords: (left, all) => trans.__('%1 of %2 features', left, all),
      belongs: ({ kind }) => kind === 'share',
      groupOf: ({ title }) => title,
      titleOf: ({ title }) => title,
      chartTitle: ({ label }) =>
        label === undefined ? trans.__('Share of attribution') : trans.__('Share of attribution, %1', label),
    }),
    executionBar(dashboard, trans.__('In one execution')),
    executionPart(dashboard, {
      load: () =>
        import(/* webpackChunkName: "model-explainability" */ '../model-explainability/explainability-panel.js'),
      make: ({ modelExplainability }, { explainabilityPanel }) =>
        modelExplainability === undefined ? [] : explainabilityPanel(modelExplainability, context).sections,
    }),
  ]);
}
