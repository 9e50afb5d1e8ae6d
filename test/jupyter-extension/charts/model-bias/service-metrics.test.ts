import { expect, it } from 'vitest';
import { serviceScale } from '../../../../jupyter-extension/src/charts/model-bias/service-metrics.js';
import { biasMetrics } from '../../../../kernel-lib/src/metrics/bias/registry.js';

it('has the scale of every metric as the library has it', () => {
  const scales = biasMetrics.map(({ name, fair, unit }) => [name, { fair, unit }]);
  expect(biasMetrics.map(({ name }) => [name, serviceScale(name)])).toEqual(scales);
});
