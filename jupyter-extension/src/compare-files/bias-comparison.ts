import type { BiasValue } from 'driftline';
import { biasMetricsFigure } from '../charts/model-bias/bias-metrics.js';
import type { BiasRow } from '../charts/model-bias/fair-scale.js';
import { serviceScale } from '../charts/model-bias/service-metrics.js';
import { formatBias } from '../format/bias-format.js';
import { comparedWords, stageTitle } from '../panels/model-bias/bias-words.js';
import { type AnalysisGroup, type AnalysisMetric, readBiasAnalysis } from '../viewers/bias-analysis.js';
import { chartWithTable } from '../widgets/chart-with-table.js';
import { chooser } from '../widgets/chooser.js';
import { dataTable } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { section } from '../widgets/section.js';
import { joinByKey, type NumberPair, numberColumns } from './side-by-side.js';

const stages = ['post-training', 'pre-training'] as const;
/** Up to so many groups the list has no filter. */
const seenAtOnce = 8;

/** The bias metrics of each group of two `analysis.json`, side by side; undefined where neither has any. */
export function biasComparison(baseline: unknown, current: unknown, context: PanelContext): HTMLElement | undefined {
  const groups = joinByKey(readBiasAnalysis(baseline).groups, readBiasAnalysis(current).groups, ({ facet, value }) =>
    JSON.stringify([facet, value]),
  );
  return groups.length === 0 ? undefined : section(context.trans.__('Bias by group'), groupsView(groups, context));
}

interface GroupPair {
  readonly baseline: AnalysisGroup | undefined;
  readonly current: AnalysisGroup | undefined;
}

interface MetricPair extends NumberPair {
  readonly name: string;
  readonly description: string;
}

function groupsView(groups: readonly GroupPair[], context: PanelContext): HTMLElement {
  const { trans } = context;
  const title = ({ baseline, current }: GroupPair): string => (current ?? baseline)?.title ?? '';
  return chooser<GroupPair>(
    {
      items: groups,
      name: title,
      parts: (group) => [
        element(
          'span',
          { class: 'driftline-facet' },
          element('span', { class: 'driftline-name', title: title(group) }, title(group)),
          element('span', { class: 'driftline-muted' }, sideWords(group, context)),
        ),
      ],
      detail: (group) => [
        element('div', { class: 'driftline-title' }, element('h4', { tabindex: '-1' }, title(group))),
        ...stages.flatMap((stage) => {
          const pairs = metricPairs(group.baseline?.metrics[stage] ?? [], group.current?.metrics[stage] ?? []);
          return pairs.length === 0 ? [] : [biasView(stageTitle(stage, trans), title(group), pairs, context)];
        }),
      ],
      filterWords: trans.__('Filter groups'),
      countWords: (left, all) => trans.__('%1 of %2 groups', left, all),
      unfiltered: seenAtOnce,
      className: 'driftline-facets driftline-plain',
    },
    context,
  ).node;
}

function sideWords({ baseline, current }: GroupPair, { trans }: PanelContext): string {
  if (baseline === undefined) return trans.__('only in current');
  return current === undefined ? trans.__('only in the baseline') : trans.__('in both');
}

function metricPairs(baseline: readonly AnalysisMetric[], current: readonly AnalysisMetric[]): MetricPair[] {
  return joinByKey(baseline, current, ({ name }) => name).map((pair) => ({
    name: (pair.current ?? pair.baseline)?.name ?? '',
    description: (pair.current ?? pair.baseline)?.description ?? '',
    baseline: pair.baseline?.value,
    current: pair.current?.value,
  }));
}

function biasView(title: string, group: string, pairs: readonly MetricPair[], context: PanelContext): HTMLElement {
  const { trans } = context;
  const table = (): HTMLElement =>
    dataTable<MetricPair>({
      caption: trans.__('%1 of %2', title, group),
      trans,
      rows: pairs,
      columns: [
        { title: trans.__('Metric'), rowHeader: true, cell: ({ name }) => name, sortBy: ({ name }) => name },
        { title: trans.__('Description'), cell: ({ description }) => description },
        ...numberColumns<MetricPair>(
          (pair) => pair,
          (value, { name }) => formatBias(value, serviceScale(name).unit, 4),
          trans,
        ),
      ],
    });
  return chartWithTable(
    {
      title,
      level: 5,
      label: trans.__('Chart of the bias metrics of %1, baseline and current, around equal treatment.', group),
      legend: [
        ['baseline-mark', trans.__('baseline')],
        ['current-mark', trans.__('current')],
      ],
      figure: (style) =>
        biasMetricsFigure(
          pairs.map((pair) => chartRow(pair, context)),
          style,
        ),
      table,
    },
    context,
  );
}

function chartRow({ name, description, baseline, current }: MetricPair, { trans }: PanelContext): BiasRow {
  const [before, now] = [biasValue(baseline), biasValue(current)];
  return {
    name,
    title: description === '' ? name : description.replace(` (${name})`, ''),
    words: comparedWords(name, trans),
    tone: 'ok',
    ...serviceScale(name),
    ...(before && { baseline: before }),
    ...(now && { current: now }),
  };
}

function biasValue(value: number | undefined): BiasValue | undefined {
  if (value === undefined) return undefined;
  return Number.isFinite(value) ? { value } : { infinite: value > 0 ? 'positive' : 'negative' };
}
