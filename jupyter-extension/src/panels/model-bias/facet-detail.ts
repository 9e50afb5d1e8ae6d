import type { BiasMetricReport, BiasStage, FacetBiasReport, ModelBiasReport, Report, Violation } from 'driftline';
import type { ChartOrTable } from '../../widgets/chart-with-table.js';
import { choiceSwitch } from '../../widgets/choice-switch.js';
import { button, element, uniqueId } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusIcon, statusMark } from '../../widgets/status-mark.js';
import { biasTone, facetState, firstMetric, stagesOf, violationsOf } from './bias-state.js';
import { againstWords, stageWords } from './bias-words.js';
import { fairnessView } from './fairness-view.js';
import { findingsView } from './findings-view.js';
import { biasMetricDetail } from './metric-detail.js';
import { metricsView } from './metrics-view.js';
import { sidesView } from './sides-view.js';

/** What the reader has chosen within a facet; kept while another facet is shown. */
export interface FacetChoice {
  metric?: string;
  view?: ChartOrTable;
}

/** Everything about one facet group: what was found, every metric, one of them in full, and both sides. */
export function facetDetail(
  facet: FacetBiasReport,
  { modelBias, violations, rule }: Pick<Report, 'violations' | 'rule'> & { readonly modelBias: ModelBiasReport },
  choice: FacetChoice,
  context: PanelContext,
): HTMLElement[] {
  const { trans } = context;
  const { tone, words } = facetState(facet, violations, rule, trans);
  const own = violationsOf(facet, violations).filter(({ rules }) => rules.includes(rule));
  const parts = metricParts(facet, modelBias, own, choice, context);
  return [
    element(
      'div',
      { class: 'driftline-title' },
      element('h4', { tabindex: '-1' }, facet.title),
      statusMark(tone, words),
      element('span', { class: 'driftline-muted' }, againstWords(facet, trans)),
    ),
    findingsView(facet, modelBias, own, (metric) => parts.goTo(metric), context),
    ...parts.nodes,
    sidesView(facet, context),
    fairnessView(facet, context),
  ].filter((part) => part instanceof HTMLElement);
}

interface MetricParts {
  readonly nodes: readonly HTMLElement[];
  /** Shows one metric in full, and takes the reader to it. */
  goTo(metric: string): void;
}

/** The chart of all metrics of a stage, and below it one of them in full. */
function metricParts(
  facet: FacetBiasReport,
  bias: ModelBiasReport,
  violations: readonly Violation[],
  choice: FacetChoice,
  context: PanelContext,
): MetricParts {
  const { trans, charts } = context;
  const stages = stagesOf(facet);
  const first = facet.metrics.find(({ name }) => name === choice.metric) ?? firstMetric(facet, violations);
  if (first === undefined) {
    const none = element('p', { class: 'driftline-muted' }, trans.__('No metric of this group could be computed.'));
    return { nodes: [none], goTo: () => undefined };
  }
  const [overviewId, detailId] = [uniqueId('stage'), uniqueId('metric')];
  const overview = element('div', { id: overviewId });
  const chips = element('div', { class: 'driftline-chips', role: 'group', 'aria-label': trans.__('Metric in full') });
  const detail = element('div', { id: detailId, class: 'driftline-detail', role: 'region', 'aria-live': 'off' });
  let stage: BiasStage = first.stage;

  const showMetric = (metric: BiasMetricReport): void => {
    choice.metric = metric.name;
    for (const chip of chips.querySelectorAll<HTMLElement>('button')) {
      chip.setAttribute('aria-pressed', String(chip.dataset['metric'] === metric.name));
    }
    charts.release(detail);
    detail.setAttribute('aria-label', metric.title);
    detail.replaceChildren(...biasMetricDetail(metric, facet, bias, violations, context));
  };
  const goTo = (name: string): void => {
    const metric = facet.metrics.find((each) => each.name === name);
    if (metric === undefined) return;
    if (metric.stage !== stage) {
      stageSwitch?.press(metric.stage);
      showStage(metric.stage);
    }
    showMetric(metric);
    detail.scrollIntoView?.({ block: 'nearest' });
    detail.querySelector<HTMLElement>('h5')?.focus({ preventScroll: true });
  };
  const showStage = (wanted: BiasStage): void => {
    stage = wanted;
    charts.release(overview);
    const onChoose = (view: ChartOrTable): void => {
      choice.view = view;
    };
    overview.replaceChildren(
      metricsView(facet, { stage, start: choice.view ?? 'chart', onChoose, goTo }, context),
      ...withoutValue(facet, stage, context),
    );
    chips.replaceChildren(
      ...facet.metrics
        .filter((metric) => metric.stage === stage)
        .map((metric) => metricChip(metric, detailId, () => showMetric(metric))),
    );
  };
  showStage(stage);
  showMetric(first);
  const changeStage = (wanted: BiasStage): void => {
    showStage(wanted);
    const inStage = { ...facet, metrics: facet.metrics.filter((metric) => metric.stage === wanted) };
    const metric = firstMetric(inStage, violations);
    if (metric !== undefined) showMetric(metric);
  };
  const stageSwitch =
    stages.length > 1
      ? choiceSwitch<BiasStage>(
          {
            label: trans.__('Stage'),
            choices: stages.map((each) => [each, stageWords(each, trans)] as const),
            chosen: stage,
            controls: overviewId,
          },
          changeStage,
        )
      : undefined;
  const nodes = [stageSwitch?.node, overview, element('div', { class: 'driftline-metric' }, chips, detail)];
  return { nodes: nodes.filter((part) => part instanceof HTMLElement), goTo };
}

function metricChip(metric: BiasMetricReport, controls: string, show: () => void): HTMLElement {
  const tone = biasTone(metric);
  return button(
    {
      class: 'driftline-chip',
      title: metric.title,
      'data-metric': metric.name,
      'aria-controls': controls,
      'aria-pressed': 'false',
    },
    show,
    (tone === 'violated' || tone === 'drifting') && statusIcon(tone),
    metric.name,
  );
}

/** Metrics of a stage that no sample has a number for, by the reason why. */
function withoutValue(facet: FacetBiasReport, stage: BiasStage, { trans }: PanelContext): HTMLElement[] {
  const byReason = new Map<string, string[]>();
  for (const { stage: own, name, current, baseline, reason } of facet.metrics) {
    const numbers = [current, baseline].filter((value) => value?.value !== undefined || value?.infinite !== undefined);
    if (own !== stage || numbers.length > 0) continue;
    const why = current?.error ?? reason ?? baseline?.error ?? trans.__('no value');
    byReason.set(why, [...(byReason.get(why) ?? []), name]);
  }
  if (byReason.size === 0) return [];
  const lines = [...byReason].map(([why, names]) => element('li', {}, trans.__('%1: %2', names.join(', '), why)));
  return [
    element(
      'div',
      { class: 'driftline-note' },
      trans.__('Without a value:'),
      element('ul', { class: 'driftline-values' }, ...lines),
    ),
  ];
}
