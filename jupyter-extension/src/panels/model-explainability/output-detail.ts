import type { ModelExplainabilityReport, OutputAttributionReport } from 'driftline';
import { shorten } from '../../format/shorten.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusMark } from '../../widgets/status-mark.js';
import { attributionSegmentsView } from './attribution-segments-view.js';
import { longestName, rankingTone, rankingToneWords } from './attribution-words.js';
import { examplesView } from './examples-view.js';
import { featuresView } from './features-view.js';
import { type GlobalView, globalView } from './global-view.js';
import { ndcgView, rankingView } from './ranking-view.js';
import { shownReport } from './shown-report.js';
import type { SwitchedChoice } from './switched-view.js';
import { type TimeView, timeView } from './time-view.js';

/** What the reader has chosen; kept while another output is shown. */
export interface OutputChoice {
  feature?: string;
  readonly all: SwitchedChoice<GlobalView>;
  readonly time: SwitchedChoice<TimeView>;
}

/** Everything about one output: its ranking, all features together, over time, one by one, in groups and single rows. */
export function outputDetail(
  output: OutputAttributionReport,
  explained: ModelExplainabilityReport,
  choice: OutputChoice,
  context: PanelContext,
): HTMLElement[] {
  const { trans } = context;
  const report = shownReport(explained, output);
  const tone = rankingTone(output);
  const features = featuresView(output, report, choice, context);
  const time = timeView(output, report, choice.time, context);
  const part = (title: string, ...nodes: readonly HTMLElement[]): HTMLElement =>
    element('div', { class: 'driftline-part' }, element('h4', {}, title), ...nodes);
  return [
    element(
      'div',
      { class: 'driftline-title' },
      element(
        'h4',
        { tabindex: '-1' },
        report.outputs.length > 1 ? shorten(output.label, longestName) : trans.__('The ranking of the features'),
      ),
      statusMark(tone, rankingToneWords(tone, trans)),
      report.outputs.length === 1 &&
        element('span', { class: 'driftline-muted' }, trans.__('output %1', shorten(output.label, longestName))),
    ),
    rankingView(output, report, features.goTo, context),
    ndcgView(output, context),
    globalView(output, report, choice.all, features.goTo, context),
    ...(time === undefined ? [] : [time]),
    part(trans.__('Feature by feature'), ...features.nodes),
    ...(output.segments.length > 0
      ? [
          part(
            trans.__('Groups that rest on other features'),
            attributionSegmentsView(output.segments, report, context),
          ),
        ]
      : []),
    ...(output.examples.length > 0 ? [part(trans.__('Single requests'), examplesView(output, report, context))] : []),
  ];
}
