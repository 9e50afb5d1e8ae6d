import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { DriftMetric } from '../../kernel-lib/src/metrics/metric.js';
import { driftMetrics } from '../../kernel-lib/src/metrics/registry.js';

test('docs/metrics.md is what the registry says; else run scripts/generate-metrics-doc.mjs', async () => {
  const script = new URL('../../scripts/generate-metrics-doc.mjs', import.meta.url);
  const { metricsDoc } = (await import(script.href)) as { metricsDoc(metrics: readonly DriftMetric[]): string };
  expect(readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8')).toBe(metricsDoc(driftMetrics));
});
