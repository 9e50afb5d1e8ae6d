import type { BiasStage, BiasValue } from 'driftline';
import { biasMetricsFigure } from '../charts/model-bias/bias-metrics.js';
import type { BiasRow } from '../charts/model-bias/fair-scale.js';
import { serviceScale } from '../charts/model-bias/service-metrics.js';
import { formatBias } from '../format/bias-format.js';
import { comparedWords, stageTitle } from '../panels/model-bias/bias-words.js';
import { isRecord } from '../report/read-report.js';
import { chartWithTable } from '../widgets/chart-with-table.js';
import { chooser } from '../widgets/chooser.js';
import { copyCodeButton } from '../widgets/copy-code-button.js';
import { dataTable } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { section } from '../widgets/section.js';
import { attributionsView } from './attributions-view.js';
import { type AnalysisGroup, type AnalysisMetric, readBiasAnalysis } from './bias-analysis.js';
import { at, versionText } from './file-content.js';
import { viewerHead } from './viewer-head.js';

const stages = ['post-training', 'pre-training'] as const;
/** Up to so many groups the list has no filter. */
const seenAtOnce = 8;

/** An `analysis.json`: the bias metrics of each facet's groups, and what the model's features contribute. */
export function analysisView(value: unknown, context: PanelContext): HTMLElement {
  const { trans, path } = context;
  const { label, positive, groups } = readBiasAnalysis(value);
  const attributions = attributionsView(at(value, 'explanations', 'kernel_shap'), context);
  const explanations = at(value, 'explanations');
  const others = isRecord(explanations) ? Object.keys(explanations).filter((key) => key !== 'kernel_shap') : [];
  return element(
    'article',
    { class: 'driftline-report' },
    viewerHead(
      trans.__('Analysis'),
      [
        [trans.__('Label'), label],
        [trans.__('Positive value'), positive],
        [trans.__('Groups'), groups.length > 0 ? String(groups.length) : undefined],
        [trans.__('Format version'), versionText(value)],
      ],
      path !== undefined && copyCodeButton(({ analysisCode }, root) => analysisCode({ path, root }), trans),
    ),
    groups.length > 0 && section(trans.__('Bias by group'), groupsView(groups, context)),
    ...attributions,
    others.length > 0 &&
      element(
        'p',
        { class: 'driftline-muted' },
        trans.__('Also in the file, and not shown here: %1.', others.join(', ')),
      ),
    groups.length === 0 &&
      attributions.length === 0 &&
      element('p', { class: 'driftline-muted' }, trans.__('The file holds no metrics.')),
  );
}

function groupsView(groups: readonly AnalysisGroup[], context: PanelContext): HTMLElement {
  const { trans } = context;
  return chooser<AnalysisGroup>(
    {
      items: groups,
      name: ({ title }) => title,
      parts: (group) => [
        element(
          'span',
          { class: 'driftline-facet' },
          element('span', { class: 'driftline-name', title: group.title }, group.title),
          element('span', { class: 'driftline-muted' }, countWords(group, context)),
        ),
      ],
      detail: (group) => [
        element('div', { class: 'driftline-title' }, element('h4', { tabindex: '-1' }, group.title)),
        ...stages.filter((stage) => group.metrics[stage].length > 0).map((stage) => stageView(group, stage, context)),
      ],
      filterWords: trans.__('Filter groups'),
      countWords: (left, all) => trans.__('%1 of %2 groups', left, all),
      unfiltered: seenAtOnce,
      className: 'driftline-facets driftline-plain',
    },
    context,
  ).node;
}

function countWords({ metrics }: AnalysisGroup, { trans }: PanelContext): string {
  const all = stages.flatMap((stage) => metrics[stage]);
  const lacking = all.filter(({ value }) => value === undefined).length;
  const words = trans._n('1 metric', '%1 metrics', all.length);
  return lacking === 0 ? words : trans.__('%1, %2 without a value', words, lacking);
}

function stageView(group: AnalysisGroup, stage: BiasStage, context: PanelContext): HTMLElement {
  const { trans } = context;
  const metrics = group.metrics[stage];
  const rows = metrics.map((metric) => chartRow(metric, context));
  const title = stageTitle(stage, trans);
  const table = (): HTMLElement => metricsTable(trans.__('%1 of %2', title, group.title), metrics, context);
  if (metrics.every(({ value }) => value === undefined)) {
    return element('div', {}, element('h5', {}, title), table());
  }
  const lacking = metrics.filter(({ value }) => value === undefined);
  return chartWithTable(
    {
      title,
      level: 5,
      label: trans.__('Chart of the bias metrics of %1, around equal treatment.', group.title),
      legend: [['current-mark', trans.__('value in the file')]],
      figure: (style) => biasMetricsFigure(rows, style, { current: trans.__('value') }),
      table,
      note:
        lacking.length > 0 &&
        trans.__(
          'Without a value: %1.',
          lacking.map(({ name, error }) => (error === undefined ? name : `${name} (${error})`)).join(', '),
        ),
    },
    context,
  );
}

function chartRow({ name, description, value }: AnalysisMetric, { trans }: PanelContext): BiasRow {
  const current: BiasValue | undefined =
    value === undefined
      ? undefined
      : Number.isFinite(value)
        ? { value }
        : { infinite: value > 0 ? 'positive' : 'negative' };
  return {
    name,
    title: description === '' ? name : description.replace(` (${name})`, ''),
    words: comparedWords(name, trans),
    tone: 'ok',
    ...serviceScale(name),
    ...(current && { current }),
  };
}

function metricsTable(caption: string, rows: readonly AnalysisMetric[], { trans }: PanelContext): HTMLElement {
  const failed = rows.some(({ error }) => error !== undefined);
  return dataTable<AnalysisMetric>({
    caption,
    trans,
    stack: true,
    rows,
    columns: [
      { title: trans.__('Metric'), rowHeader: true, cell: ({ name }) => name, sortBy: ({ name }) => name },
      {
        title: trans.__('Description'),
        cell: ({ description }) => description,
        sortBy: ({ description }) => description,
      },
      {
        title: trans.__('Value'),
        kind: 'number',
        cell: ({ name, value, text }) => (value === undefined ? text : formatBias(value, serviceScale(name).unit, 4)),
        sortBy: ({ value }) => value,
      },
      ...(failed
        ? [{ title: trans.__('Why there is no value'), cell: ({ error }: AnalysisMetric) => error ?? '' }]
        : []),
    ],
  });
}
