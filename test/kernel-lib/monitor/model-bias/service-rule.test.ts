import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Analysis } from '../../../../kernel-lib/src/constraints/analysis.schema.js';
import { makeBaseline } from '../../../../kernel-lib/src/monitor/baseline.js';
import { type CheckedReport, type CheckOptions, check } from '../../../../kernel-lib/src/monitor/check.js';
import {
  analysisDifferences,
  biasGolden,
  comparableText,
  goldenCsv,
  sortedGroups,
} from '../../../support/bias-golden.js';
import { temporaryFolder } from '../../../support/driftline.js';

const folder = temporaryFolder();
const at = (...parts: string[]): string => path.join(folder, ...parts);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read<T>(...parts: string[]): T {
  return JSON.parse(readFileSync(at(...parts), 'utf8')) as T;
}

interface Found {
  readonly facet: string;
  readonly facet_value: string;
  readonly metric_name: string;
  readonly description: string;
}

/** Violations in one order, as groups come in another one, keys in the order of the file. */
function comparable(violations: readonly Found[]): string[] {
  return violations
    .map((found) => ({ ...found, description: comparableText(found.metric_name, found.description) }))
    .map((found) => JSON.stringify(found))
    .sort();
}

describe.each(biasGolden.checks.map((golden) => [golden.name, golden] as const))('%s', (_, golden) => {
  beforeAll(async () => {
    const [header, ...lines] = goldenCsv(golden.dataset).trimEnd().split('\n');
    const part = (rows: readonly string[]): string => `${[header, ...rows].join('\n')}\n`;
    writeFileSync(at('before.csv'), part(lines.slice(0, golden.split)));
    writeFileSync(at('now.csv'), part(lines.slice(golden.split)));
    writeFileSync(at('analysis_config.json'), golden.config);
    await makeBaseline('model-bias', {
      dataset: at('before.csv'),
      config: at('analysis_config.json'),
      output: at('baseline'),
    });
    // As the service leaves it: no counts, Clarify's configuration beside.
    rmSync(at('service'), { recursive: true, force: true });
    mkdirSync(at('service'));
    writeFileSync(at('service', 'analysis.json'), JSON.stringify(golden.baseline));
    writeFileSync(at('service', 'analysis_config.json'), golden.config);
  });

  const run = (options: Partial<CheckOptions>): Promise<CheckedReport> =>
    check('model-bias', { current: at('now.csv'), output: at('report'), rule: 'threshold', ...options });

  test.each([
    ['a baseline made here', { baseline: 'baseline' }],
    ["the service's baseline", { baseline: 'service' }],
    ["the service's analysis.json alone", { constraints: 'service/analysis.json', config: 'analysis_config.json' }],
  ] as const)('measures and judges as the service does against %s', async (_name, names) => {
    const places = Object.fromEntries(Object.entries(names).map(([key, name]) => [key, at(name)]));
    const report = await run({ ...places, config: at('analysis_config.json') });
    const analysis = read<Analysis>('report', 'analysis.json');
    expect(analysisDifferences(sortedGroups(analysis), sortedGroups(golden.current))).toEqual([]);
    const { version, violations } = read<{ version: string; violations: Found[] }>(
      'report',
      'constraint_violations.json',
    );
    expect(version).toBe('1.0');
    const expected = golden.violations.map(({ facet, facet_value, metric_name, description }) => ({
      ...{ facet, facet_value, metric_name, constraint_check_type: 'bias_drift_check', description },
    }));
    expect(comparable(violations)).toEqual(comparable(expected));
    expect(report.violations.filter(({ rules }) => rules.includes('threshold'))).toHaveLength(violations.length);
  });

  test('finds nothing in the baseline itself, and takes away the violations of a run before', async () => {
    await run({ baseline: at('baseline') });
    expect(existsSync(at('report', 'constraint_violations.json'))).toBe(true);
    for (const baseline of ['baseline', 'service']) {
      const report = await run({ baseline: at(baseline), current: at('before.csv') });
      expect([baseline, report.status, report.violations]).toEqual([baseline, 'ok', []]);
    }
    expect(existsSync(at('report', 'constraint_violations.json'))).toBe(false);
    const analysis = sortedGroups(read<Analysis>('report', 'analysis.json'));
    expect(analysisDifferences(analysis, sortedGroups(golden.baseline))).toEqual([]);
  });
});
