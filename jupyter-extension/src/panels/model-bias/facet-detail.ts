import type { BiasMetricReport, BiasStage, FacetBiasReport, ModelBiasReport, Report, Violation } from 'driftline';
import { formatCount } from '../../format/number-format.js';
import type { ChartOrTable } from '../../widgets/chart-with-table.js';
import { choiceSwitch } from '../../widgets/choice-switch.js';
import { button, element, uniqueId } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusIcon, statusMark } from '../../widgets/status-mark.js';
import { biasTone, facetState, firstMetric, stagesOf, violationsOf } from './bias-state.js';
import { againstWords, stageWords } from './bias-words.js';
import { facetSentences } from './facet-sentence.js';
import { fairnessView } from './fairness-view.js';
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
  return [
    element(
      'div',
      { class: 'driftline-title' },
      element('h4', { tabindex: '-1' }, facet.title),
      statusMark(tone, words),
      element('span', { class: 'driftline-muted' }, againstWords(facet, trans)),
    ),
    findings(facet, modelBias, context),
    ...metricParts(facet, modelBias, own, choice, context),
    sidesView(facet, context),
    fairnessView(facet, context),
  ].filter((part) => part instanceof HTMLElement);
}

function findings(facet: FacetBiasReport, bias: ModelBiasReport, { trans }: PanelContext): HTMLElement | undefined {
  const sentences = facetSentences(facet, bias, trans);
  const missing = facet.missing.current ?? 0;
  const missed =
    missing > 0 &&
    trans._n(
      '%2 row has no %3; it counts among the others.',
      '%2 rows have no %3; they count among the others.',
      missing,
      formatCount(missing),
      facet.facet,
    );
  if (sentences.length === 0 && facet.warning === undefined && !missed) return undefined;
  return element(
    'div',
    { class: 'driftline-finding' },
    sentences.length > 0 && element('p', {}, sentences.join(' ')),
    facet.warning !== undefined &&
      element('p', { class: 'driftline-service' }, statusIcon('drifting'), element('span', {}, facet.warning)),
    missed && element('p', { class: 'driftline-muted' }, missed),
  );
}

/** The chart of all metrics of a stage, and below it one of them in full. */
function metricParts(
  facet: FacetBiasReport,
  bias: ModelBiasReport,
  violations: readonly Violation[],
  choice: FacetChoice,
  context: PanelContext,
): HTMLElement[] {
  const { trans, charts } = context;
  const stages = stagesOf(facet);
  const first = facet.metrics.find(({ name }) => name === choice.metric) ?? firstMetric(facet, violations);
  if (first === undefined) {
    return [element('p', { class: 'driftline-muted' }, trans.__('No metric of this group could be computed.'))];
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
  return [stageSwitch, overview, element('div', { class: 'driftline-metric' }, chips, detail)].filter(
    (part) => part instanceof HTMLElement,
  );
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
