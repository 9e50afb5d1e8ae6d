import { element } from '../../widgets/element.js';
import { fact } from '../../widgets/fact.js';
import { section } from '../../widgets/section.js';
import { statusIcon } from '../../widgets/status-mark.js';
import { impactSentences } from '../impact-view.js';
import { certainties, ruleAnswers } from './evidence.js';
import type { FoundViolation } from './find-violation.js';
import type { ViolationContext } from './violation-context.js';

/** What both rules say and from which numbers, and what it does to predictions where that is known. */
export function certaintyView({ report, violation }: FoundViolation, context: ViolationContext): HTMLElement {
  const { trans } = context;
  const feature = report.features.find(({ name }) => name === violation.feature);
  const impact = feature === undefined ? [] : impactSentences(feature, report.impactSource, context);
  const numbers = certainties(report, violation, trans);
  return element(
    'div',
    { class: 'driftline-violation-column' },
    section(
      trans.__('How sure'),
      element(
        'ul',
        { class: 'driftline-violation-rules' },
        ...ruleAnswers(report, violation, trans).map(({ rule, violated, decides, because }) =>
          element(
            'li',
            {},
            statusIcon(violated ? 'violated' : 'ok'),
            element(
              'span',
              {},
              element('strong', {}, decides ? trans.__('Rule %1, which decides:', rule) : trans.__('Rule %1:', rule)),
              ` ${violated ? trans.__('violated') : trans.__('kept')}, ${because}.`,
            ),
          ),
        ),
      ),
      numbers.length > 0 &&
        element('dl', { class: 'driftline-facts' }, ...numbers.map(({ name, value, more }) => fact(name, value, more))),
    ),
    impact.length > 0 && section(trans.__('What it does to predictions'), ...impact),
  );
}
