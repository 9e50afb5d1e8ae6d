import { element } from '../../widgets/element.js';
import type { Dashboard } from './dashboard.js';
import { listEntry, lists } from './dashboard-args.js';
import { executionBar } from './execution-bar.js';
import { executionPart } from './execution-part.js';
import { measuresPart } from './measures-part.js';
import { type DashboardTab, monitorTab } from './monitor-tab.js';

/** Each bias metric against time, for every group, within the range that it may have; below, the chosen execution. */
export function biasTab(dashboard: Dashboard): DashboardTab {
  const { context } = dashboard;
  const { trans } = context;
  return monitorTab(dashboard, 'bias', [
    measuresPart(dashboard, {
      name: lists.bias,
      title: trans.__('Bias over time'),
      filterWords: trans.__('Filter metrics'),
      countWords: (left, all) => trans.__('%1 of %2 metrics', left, all),
      belongs: ({ kind }) => kind === 'bias',
      groupOf: ({ key }) => listEntry('bias', key),
      titleOf: ({ key, title }) => `${listEntry('bias', key)}, ${title}`,
      chartTitle: ({ facet = '' }) => facet,
      about: ({ places }, { measures }) => {
        const fair = measures.subjects[places[0]!]?.fair;
        return fair === undefined
          ? []
          : [
              element(
                'p',
                { class: 'driftline-muted' },
                trans.__('Equal treatment is %1. A value is allowed within the green range.', fair),
              ),
            ];
      },
    }),
    executionBar(dashboard, trans.__('In one execution')),
    executionPart(dashboard, {
      load: () => import(/* webpackChunkName: "model-bias" */ '../model-bias/bias-panel.js'),
      make: (report, { biasPanel }) => {
        const { modelBias } = report;
        return modelBias === undefined ? [] : biasPanel({ ...report, modelBias }, context).sections;
      },
    }),
  ]);
}
