import type { FacetCounts } from '../../metrics/bias/counts.js';
import type { FairnessMetric } from '../../metrics/bias/fairness.js';
import type { BiasInterval, BiasMetric, BiasNumber } from '../../metrics/bias/metric.js';
import type { BiasValue } from '../../report/model-bias-report.js';

/** A metric of one group of one sample: the service's number, and what the report says. */
export interface MeasuredMetric {
  readonly service: BiasNumber;
  readonly value: BiasValue;
}

/** Computes one metric: the true number with its interval, and the service's where that misleads. */
export function measureMetric(metric: BiasMetric, counts: FacetCounts, seed: number): MeasuredMetric {
  const service = metric.service(counts);
  const exact = metric.exact?.(counts);
  const caution = metric.caution?.(counts);
  const reason = exact?.reason ?? caution;
  if ('error' in service || reason === undefined) {
    return { service, value: biasValueOf(service, 'error' in service ? undefined : metric.interval(counts, { seed })) };
  }
  const number: BiasNumber = exact === undefined ? { error: reason } : { value: exact.value };
  const interval = exact === undefined ? undefined : metric.interval(counts, { seed });
  return { service, value: { ...biasValueOf(number, interval), service: { ...plain(service.value), reason } } };
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
