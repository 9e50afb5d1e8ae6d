import type { MetricReport } from 'driftline';
import { formatMetricAndLimit } from '../../format/metric-format.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import type { Tone } from '../../widgets/status-mark.js';

type Trans = PanelContext['trans'];

/** A metric's status, with those told apart that are beyond their limit without being a violation. */
export function metricTone({ status, current, threshold, comparison }: MetricReport): Tone {
  if (status === 'violated') return 'violated';
  if (status === 'not-judged') return 'quiet';
  if (current === undefined || threshold === undefined) return 'ok';
  const beyond = comparison === 'GreaterThanThreshold' ? current.value > threshold : current.value < threshold;
  return beyond ? 'drifting' : 'ok';
}

export function metricToneWords(tone: Tone, trans: Trans): string {
  const words: Readonly<Record<Tone, string>> = {
    violated: trans.__('violated'),
    drifting: trans.__('beyond limit, within chance'),
    ok: trans.__('ok'),
    quiet: trans.__('not judged'),
  };
  return words[tone];
}

/** What the metric must keep, as `≥ 0.731`; undefined without a constraint. */
export function limitWords({ threshold, comparison, current, unit }: MetricReport): string | undefined {
  if (threshold === undefined) return undefined;
  const sign = comparison === 'GreaterThanThreshold' ? '≤' : '≥';
  return `${sign} ${formatMetricAndLimit(current?.value, threshold, unit)[1]}`;
}

/** Metrics of a classifier that always answers the most frequent class: a yardstick, and no metric of the model. */
export function isBestConstant(name: string): boolean {
  return name.endsWith('_best_constant_classifier');
}

/** Whether a metric is of the whole model, of one class (`recall:bus`), or a yardstick. */
export type MetricGroup = 'model' | 'class' | 'best-constant';

export function metricGroup(name: string): MetricGroup {
  if (isBestConstant(name)) return 'best-constant';
  return name.includes(':') ? 'class' : 'model';
}

export function bestConstantWords(count: number, trans: Trans): string {
  return trans._n(
    '1 metric of a classifier that always answers the same class',
    '%1 metrics of a classifier that always answers the same class',
    count,
  );
}
