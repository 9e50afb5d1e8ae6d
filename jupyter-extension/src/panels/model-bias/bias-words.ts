import type { BiasMetricReport, BiasStage, FacetBiasReport, ModelBiasReport } from 'driftline';
import type { PanelContext } from '../../widgets/panel-context.js';

type Trans = PanelContext['trans'];

/** Characters of a group's title; its middle is cut out beyond it, since values of data may be of any length. */
export const longestTitle = 140;

/** What a metric of the service compares, in two or three words; empty for one that is not known here. */
export function comparedWords(name: string, trans: Trans): string {
  const words: Readonly<Record<string, string>> = {
    CI: trans.__('sizes of the groups'),
    DPL: trans.__('positive labels'),
    KL: trans.__('labels, Kullback-Leibler'),
    JS: trans.__('labels, Jensen-Shannon'),
    LP: trans.__('labels, Euclidean'),
    TVD: trans.__('labels, total variation'),
    KS: trans.__('labels, largest difference'),
    CDDL: trans.__('labels within subgroups'),
    DPPL: trans.__('positive predictions'),
    DI: trans.__('positive predictions, ratio'),
    DCA: trans.__('labels per positive prediction'),
    DCR: trans.__('labels per negative prediction'),
    RD: trans.__('recall'),
    SD: trans.__('specificity'),
    DAR: trans.__('right among positive predictions'),
    DRR: trans.__('right among negative predictions'),
    AD: trans.__('right predictions'),
    TE: trans.__('missed per wrongly found'),
    CDDPL: trans.__('predictions within subgroups'),
    FT: trans.__('similar rows, flip test'),
    GE: trans.__('spread of benefit over all rows'),
  };
  return Object.hasOwn(words, name) ? (words[name] ?? '') : '';
}

/** An explanation without the sentences about its cause, where these stand by themselves. */
export function withoutCause(explanation: string, metric: BiasMetricReport | undefined): string {
  const cause = metric?.cause?.explanation ?? '';
  return cause === '' || explanation === cause ? explanation : explanation.replace(cause, '').trim();
}

export function stageWords(stage: BiasStage, trans: Trans): string {
  return stage === 'pre-training' ? trans.__('Before training') : trans.__('After training');
}

/** What the metrics of a stage are about. */
export function stageTitle(stage: BiasStage, trans: Trans): string {
  return stage === 'pre-training'
    ? trans.__('Labels: every metric before training')
    : trans.__('Predictions: every metric after training');
}

/** "income = 1", "income in (0.5, 1.0]". */
export function positiveWords({ name, positive }: ModelBiasReport['label'], trans: Trans): string {
  return /^[([]/.test(positive) ? trans.__('%1 in %2', name, positive) : trans.__('%1 = %2', name, positive);
}

/** Whom the group is compared with. */
export function againstWords({ others }: FacetBiasReport, trans: Trans): string {
  return trans.__('against %1', others);
}
