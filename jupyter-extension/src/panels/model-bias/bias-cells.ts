import type { BiasMetricReport, BiasValue } from 'driftline';
import { biasNumber, formatBiasInterval, formatBiasValue } from '../../format/bias-format.js';
import { noValue } from '../../format/number-format.js';
import { type Child, element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import { statusMark } from '../../widgets/status-mark.js';
import { biasTone, biasToneWords } from './bias-state.js';

type Unit = BiasMetricReport['unit'];

/** A value over its interval; `–` where there is none. */
export function valueCell(value: BiasValue | undefined, unit: Unit): Child {
  if (biasNumber(value) === undefined) return noValue;
  const interval = formatBiasInterval(value, unit);
  const text = formatBiasValue(value, unit);
  if (interval === undefined) return text;
  return element(
    'span',
    { class: 'driftline-since' },
    text,
    element('span', { class: 'driftline-muted' }, ` ${interval}`),
  );
}

/** A metric's status, and why it has no other. */
export function statusCell(metric: BiasMetricReport, trans: PanelContext['trans']): Child {
  const tone = biasTone(metric);
  const reason = metric.reason ?? metric.current?.error ?? metric.baseline?.error;
  return element(
    'div',
    { class: 'driftline-what' },
    statusMark(tone, biasToneWords(metric, tone, trans)),
    reason !== undefined && element('span', { class: 'driftline-muted' }, reason),
  );
}
