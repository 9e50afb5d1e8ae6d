import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { fairnessMetrics } from '../../kernel-lib/src/metrics/bias/fairness.js';
import { biasMetrics } from '../../kernel-lib/src/metrics/bias/registry.js';
import * as binary from '../../kernel-lib/src/metrics/model/binary.js';
import * as multiclass from '../../kernel-lib/src/metrics/model/multiclass.js';
import * as regression from '../../kernel-lib/src/metrics/model/regression.js';
import { driftMetrics } from '../../kernel-lib/src/metrics/registry.js';

interface Generator {
  metricsDoc(drift: unknown, quality: unknown, bias: unknown, fairness: unknown): string;
  qualityMetrics(...modules: readonly unknown[]): unknown;
}

test('docs/metrics.md is what the metrics say; else run scripts/generate-metrics-doc.mjs', async () => {
  const script = new URL('../../scripts/generate-metrics-doc.mjs', import.meta.url);
  const { metricsDoc, qualityMetrics } = (await import(script.href)) as Generator;
  const text = metricsDoc(driftMetrics, qualityMetrics(binary, multiclass, regression), biasMetrics, fairnessMetrics);
  expect(readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8')).toBe(text);
});
