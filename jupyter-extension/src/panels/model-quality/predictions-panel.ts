import type { ModelQualityReport, Pair } from 'driftline';
import { classShare } from '../../charts/quality-curves.js';
import { element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { confusionView } from './confusion-view.js';
import { precisionRecallView, rocView } from './curve-view.js';
import { calibrationView, liftView } from './score-views.js';

/** Predictions against labels in pictures: confusion, curves, calibration, lift. Undefined where there are none. */
export function predictionsPanel(quality: ModelQualityReport, context: PanelContext): HTMLElement | undefined {
  const { trans } = context;
  const { confusion, roc, precisionRecall, calibration, lift, metrics, addressing } = quality;
  const { baseline, current } = metrics.find(({ name }) => name === 'auc') ?? {};
  const areas = { ...(baseline && { baseline }), ...(current && { current }) };
  const prevalence = classShare(confusion.current ?? confusion.baseline, addressing.positiveLabel);
  const views = [
    confusion.baseline && confusionView(trans.__('Confusion matrix, baseline'), confusion.baseline, context),
    confusion.current && confusionView(trans.__('Confusion matrix, current'), confusion.current, context),
    some(roc) && rocView(roc, areas, context),
    some(precisionRecall) && precisionRecallView(precisionRecall, prevalence, context),
    some(calibration) && calibrationView(calibration, context),
    some(lift) && liftView(lift, context),
  ].filter((view) => view instanceof HTMLElement);
  return views.length > 0 ? element('div', { class: 'driftline-pairs' }, ...views) : undefined;
}

function some<T>(pair: Pair<T> | undefined): pair is Pair<T> {
  return pair?.baseline !== undefined || pair?.current !== undefined;
}
