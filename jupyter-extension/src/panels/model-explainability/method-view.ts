import type { ModelExplainabilityReport, Pair } from 'driftline';
import { formatCount, formatNumber, noValue } from '../../format/number-format.js';
import { shorten } from '../../format/shorten.js';
import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { aggregationWords, longestName, scaleWords } from './attribution-words.js';

/** How the attributions were found, of what, and how well they add up. */
export function methodView(report: ModelExplainabilityReport, { trans }: PanelContext): HTMLElement {
  const { method, scale, aggregation, model, explained, additivityError, comparisons } = report;
  const { exact, backgroundRows, samples, seed } = method;
  const how = [
    !exact && trans.__('estimated'),
    samples !== undefined && trans.__('%1 coalitions a row', formatCount(samples)),
    backgroundRows !== undefined &&
      trans._n('%2 background row', '%2 background rows', backgroundRows, formatCount(backgroundRows)),
    seed !== undefined && trans.__('seed %1', seed),
  ].filter((part) => typeof part === 'string');
  return element(
    'dl',
    { class: 'driftline-facts' },
    fact(trans.__('Method'), method.title, how.join(', ')),
    fact(trans.__('Model'), shorten(model, longestName)),
    fact(trans.__('Scale'), scaleWords(scale, trans), scaleMore(scale, trans)),
    fact(trans.__('One number a feature'), aggregationWords(aggregation, trans)),
    fact(trans.__('Rows explained'), pairText(explained, formatCount, trans)),
    fact(
      trans.__('Largest additivity error'),
      pairText(additivityError, (value) => formatNumber(value, 3), trans),
      trans.__('a row’s sum against the model’s own answer'),
    ),
    ...(comparisons > 0
      ? [
          fact(
            trans.__('Comparisons'),
            formatCount(comparisons),
            trans.__('p-values are corrected for looking at so many'),
          ),
        ]
      : []),
  );
}

function scaleMore(scale: ModelExplainabilityReport['scale'], trans: PanelContext['trans']): string {
  const words: Readonly<Record<ModelExplainabilityReport['scale'], string>> = {
    'log-odds': trans.__('of the probability; attributions add up to it'),
    margin: trans.__('before the link function; attributions add up to it'),
    prediction: trans.__('the model’s answer itself; attributions add up to it'),
  };
  return words[scale] ?? '';
}

function pairText(
  { baseline, current }: Pair<number>,
  format: (value: number | undefined) => string,
  trans: PanelContext['trans'],
): string {
  const text = (value: number | undefined): string => (value === undefined ? noValue : format(value));
  return trans.__('baseline %1, current %2', text(baseline), text(current));
}
