import type { BiasMetricReport } from 'driftline';

type Scale = Pick<BiasMetricReport, 'fair' | 'unit'>;

const values: ReadonlySet<string> = new Set(['KL', 'JS', 'LP', 'DCA', 'DCR', 'GE', 'TE']);

/** The scale of a metric of the service, which `analysis.json` does not say: by far the most are differences of shares. */
export function serviceScale(name: string): Scale {
  if (name === 'DI') return { fair: 1, unit: 'ratio' };
  return { fair: 0, unit: values.has(name) ? 'value' : 'fraction' };
}
