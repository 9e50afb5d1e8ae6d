import type { ModelQualityReport } from 'driftline';
import { formatNumber } from '../../format/number-format.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { coverageChart, coverageFacts } from '../label-coverage.js';

/** Where label and prediction were found, how many predictions have their label, and how late labels come. */
export function coveragePanel({ coverage, ...quality }: ModelQualityReport, context: PanelContext): HTMLElement[] {
  const facts = [...coverageFacts(coverage, context), ...addressFacts(quality, context)];
  return [element('dl', { class: 'driftline-facts' }, ...facts), coverageChart(coverage, context)].filter(
    (part) => part instanceof HTMLElement,
  );
}

function addressFacts(
  { addressing, problemType }: Pick<ModelQualityReport, 'addressing' | 'problemType'>,
  { trans }: PanelContext,
): HTMLElement[] {
  const { label, prediction, probability, threshold, positiveLabel } = addressing;
  const problems: Readonly<Record<string, string>> = {
    BinaryClassification: trans.__('binary classification'),
    MulticlassClassification: trans.__('multiclass classification'),
    Regression: trans.__('regression'),
  };
  return [
    fact(
      trans.__('Problem'),
      problems[problemType] ?? problemType,
      positiveLabel !== undefined && trans.__('positive class %1', positiveLabel),
    ),
    fact(trans.__('Label'), label),
    fact(trans.__('Prediction'), prediction),
    ...(probability === undefined
      ? []
      : [
          fact(
            trans.__('Probability'),
            probability,
            threshold !== undefined && trans.__('positive above %1', formatNumber(threshold)),
          ),
        ]),
  ];
}
