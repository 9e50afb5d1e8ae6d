import type { ModelExplainabilityReport, OutputAttributionReport } from 'driftline';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { attributionSegmentsView } from '../model-explainability/attribution-segments-view.js';
import { examplesView } from '../model-explainability/examples-view.js';
import { featuresView } from '../model-explainability/features-view.js';
import { globalView } from '../model-explainability/global-view.js';
import { ndcgView, rankingView } from '../model-explainability/ranking-view.js';
import { shownReport } from '../model-explainability/shown-report.js';
import { timeView } from '../model-explainability/time-view.js';

/** The ranking of one output: what changed in it, how far, and over the window; single features and rows are folded. */
export function attributionDetail(
  output: OutputAttributionReport,
  explained: ModelExplainabilityReport,
  context: PanelContext,
): HTMLElement[] {
  const { trans } = context;
  const report = shownReport(explained, output);
  const features = featuresView(output, report, {}, context);
  const folded = (title: string, ...nodes: readonly HTMLElement[]): HTMLDetailsElement =>
    element('details', { class: 'driftline-folded' }, element('summary', {}, title), ...nodes);
  const single = folded(trans.__('Feature by feature'), ...features.nodes);
  const goTo = (feature: string): void => {
    single.open = true;
    features.goTo(feature);
  };
  const time = timeView(output, report, { view: 'change', shown: 'chart' }, context);
  return [
    rankingView(output, report, goTo, context),
    ndcgView(output, context),
    globalView(output, report, { view: 'ranks', shown: 'chart' }, goTo, context),
    ...(time === undefined ? [] : [time]),
    single,
    ...(output.segments.length > 0
      ? [
          folded(
            trans.__('Groups of rows that rest on other features'),
            attributionSegmentsView(output.segments, report, context),
          ),
        ]
      : []),
    ...(output.examples.length > 0 ? [folded(trans.__('Single requests'), examplesView(output, report, context))] : []),
  ];
}
