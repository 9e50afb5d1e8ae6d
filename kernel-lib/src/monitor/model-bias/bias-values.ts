import type { FacetCounts } from '../../metrics/bias/counts.js';
import type { FairnessMetric } from '../../metrics/bias/fairness.js';
import type { BiasInterval, BiasMetric, BiasNumber } from '../../metrics/bias/metric.js';
import type { BiasValue } from '../../report/model-bias-report.js';

/** A metric of one group of one sample: the service's number, and what the report says. */
export interface MeasuredMetric {
  readonly service: BiasNumber;
  readonly value: BiasValue;
}

/** Computes one metric: the true number with its interval, and the service's answer where that misleads. */
export function measureMetric(metric: BiasMetric, counts: FacetCounts, seed: number): MeasuredMetric {
  const service = metric.service(counts);
  const exact = metric.exact?.(counts);
  const reason = exact?.reason ?? metric.caution?.(counts);
  const interval = (): BiasInterval | undefined => metric.interval(counts, { seed });
  if (reason === undefined) {
    return { service, value: biasValueOf(service, 'error' in service ? undefined : interval()) };
  }
  const value = exact === undefined ? { error: reason } : biasValueOf({ value: exact.value }, interval());
  const answer = 'error' in service ? { reason: `${service.error}; ${reason}` } : { ...plain(service.value), reason };
  return { service, value: { ...value, service: answer } };
}

/** A metric under its name in another library. */
export function measureFairness(metric: FairnessMetric, counts: FacetCounts): BiasValue {
  const number = metric.value(counts);
  return biasValueOf(number, 'error' in number ? undefined : metric.interval(counts));
}

/** A number as the report has it, without infinities; what the service wrote has no interval. */
export function biasValueOf(number: BiasNumber, interval?: BiasInterval): BiasValue {
  if ('error' in number) return { error: number.error };
  return {
    ...plain(number.value),
    ...(interval && {
      ...(Number.isFinite(interval.lower) && { lower: interval.lower }),
      ...(Number.isFinite(interval.upper) && { upper: interval.upper }),
      method: interval.method,
    }),
  };
}

function plain(value: number): Pick<BiasValue, 'value' | 'infinite'> {
  return Number.isFinite(value) ? { value } : { infinite: value > 0 ? 'positive' : 'negative' };
}
