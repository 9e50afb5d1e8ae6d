import { describe, expect, it } from 'vitest';
import {
  type ComparedMeasure,
  compareReports,
  countChances,
} from '../../../../jupyter-extension/src/panels/compare/comparison-rows.js';
import type { Report } from '../../../../kernel-lib/src/report/report.js';
import { sampleBiasReport } from '../../../support/model-bias-report.js';
import { sampleExplainabilityReport } from '../../../support/model-explainability-report.js';
import { binaryQualityReport } from '../../../support/model-quality-report.js';
import { sampleReport } from '../../../support/sample-report.js';

type Metrics = NonNullable<Report['modelQuality']>['metrics'];

/** A report of model quality in which metrics are as given: value, lower and upper bound. */
function quality(values: Readonly<Record<string, readonly number[]>>): Report {
  const report = binaryQualityReport();
  const template = report.modelQuality!.metrics[0]!;
  const metrics = Object.entries(values).map(([name, [value = 0, lower, upper]]) => ({
    ...template,
    name,
    title: name,
    current: { value, ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) },
  })) as Metrics;
  return { ...report, modelQuality: { ...report.modelQuality!, metrics } };
}

const named = (rows: readonly ComparedMeasure[], key: string): ComparedMeasure => rows.find((row) => row.key === key)!;

describe('compareReports()', () => {
  it('says that a metric moved where the intervals are apart, and not where they touch or one is unknown', () => {
    const rows = compareReports(
      quality({ apart: [0.5, 0.4, 0.6], touching: [0.5, 0.4, 0.6], unknown: [0.5] }),
      quality({ apart: [0.8, 0.7, 0.9], touching: [0.7, 0.6, 0.8], unknown: [0.8, 0.7, 0.9] }),
    );
    expect(rows.map(({ key, chance }) => [key, chance])).toEqual([
      ['apart', 'moved'],
      ['unknown', 'unknown'],
      ['touching', 'within'],
    ]);
    expect(named(rows, 'apart').change).toBeCloseTo(0.3);
    expect(countChances(rows)).toEqual({ moved: 1, within: 1, unknown: 1 });
  });

  it('has a falling metric as moved too, with a negative change', () => {
    const [row] = compareReports(quality({ f1: [0.8, 0.7, 0.9] }), quality({ f1: [0.5, 0.4, 0.6] }));
    expect(row?.chance).toBe('moved');
    expect(row?.change).toBeCloseTo(-0.3);
  });

  it('puts what only one side measured last', () => {
    const rows = compareReports(quality({ old: [0.9, 0.8, 1] }), quality({ fresh: [0.1, 0, 0.2] }));
    expect(rows.map(({ key, change }) => [key, change])).toEqual([
      ['old', undefined],
      ['fresh', undefined],
    ]);
    expect(named(rows, 'old').current).toBeUndefined();
    expect(named(rows, 'fresh').baseline).toBeUndefined();
  });

  it('compares the distances that a data-quality report judges by, whose change is not known to be more than chance', () => {
    const report = sampleReport();
    const rows = compareReports(report, report);
    expect(rows).toHaveLength(report.features.length);
    for (const { key, baseline, chance } of rows) {
      const feature = report.features.find(({ name }) => name === key)!;
      const judged = feature.distances.find(({ threshold }) => threshold !== undefined)?.value;
      expect(baseline?.value).toBe(judged ?? feature.drift?.distance);
      expect(chance).toBe('unknown');
    }
  });

  it('tells bias metrics of facets apart', () => {
    const report = sampleBiasReport();
    const rows = compareReports(report, report);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    const [facet] = report.modelBias!.facets;
    expect(rows.filter(({ of }) => of === facet!.title)).toHaveLength(facet!.metrics.length);
    expect(rows.every(({ change }) => change === undefined || change === 0)).toBe(true);
  });

  it('compares the ranking and the shares of attribution', () => {
    const report = sampleExplainabilityReport();
    const rows = compareReports(report, report);
    const [output] = report.modelExplainability!.outputs;
    const share = named(rows, `${output!.label}/share/${output!.features[0]!.feature}`);
    expect(share.unit).toBe('share');
    expect(share.current?.value).toBe(output!.features[0]!.share.current?.value);
    expect(named(rows, `${output!.label}/ndcg`).unit).toBe('ndcg');
  });
});
