import { biasExplanation, biasHeadline } from '../../kernel-lib/src/report/bias-words.js';
import type { FacetBiasReport, ModelBiasReport } from '../../kernel-lib/src/report/model-bias-report.js';
import type { Report, Violation } from '../../kernel-lib/src/report/report.js';
import { metricSince } from '../../kernel-lib/src/violations/metric-since.js';
import { type BiasScene, censusFacets, censusIntersections } from './census-bias-facets.js';
import { type CensusRow, censusRows } from './census-bias-rows.js';
import { hostileTexts } from './hostile-report.js';

const HOUR_MS = 3_600_000;

const march7: BiasScene = {
  start: '2026-03-07T00:00:00Z',
  hours: 24,
  rows: 4900,
  seed: 2,
  incidentFrom: 0,
  bucket: 'hour',
  found: 'labelled',
};

/** A day of the census endpoint on which 33 % of the women's labels are positive, 11 % in the baseline; predictions stayed. */
export const sampleBiasReport = (): Report => made('sample', march7);

/** A week of it: the labels turned on its fourth day. Occupation is the group variable. */
export const weekBiasReport = (): Report =>
  made('week', {
    ...{ start: '2026-03-04T00:00:00Z', hours: 168, rows: 33_600, seed: 3, incidentFrom: 72 },
    ...{ bucket: 'day', conditional: true, found: 'labelled' },
  });

/** A day as in the baseline. */
export const quietBiasReport = (): Report =>
  made('quiet', { ...march7, start: '2026-03-05T00:00:00Z', seed: 4, incidentFrom: 24, conditional: true });

/** Labels alone: metrics before training only. */
export const labelsOnlyBiasReport = (): Report => made('labels', { ...march7, predicted: false });

/** A baseline that the service made: numbers without intervals. */
export const serviceBaselineBiasReport = (): Report => made('service', { ...march7, serviceBaseline: true });

/** A day of which no prediction has its label yet. */
export const noLabelsBiasReport = (): Report => made('no labels', { ...march7, found: 'unlabelled' });

/** A day on which nothing was captured. */
export const noDataBiasReport = (): Report => made('no data', { ...march7, found: 'nothing' });

/** The sample with texts as names, groups, reasons and explanations that try to leave their place. */
export function hostileBiasReport(): Report {
  const report = sampleBiasReport();
  const bias = report.modelBias!;
  const nasty = (index: number): string => hostileTexts[index % hostileTexts.length]!;
  const facets = bias.facets.map((facet, at): FacetBiasReport => {
    const [name, value, title] = [nasty(at), nasty(at + 1), nasty(at)];
    return {
      ...facet,
      ...{ facet: name, value, title, others: nasty(at + 7), warning: nasty(at + 3) },
      metrics: facet.metrics.map((metric, index) => ({
        ...metric,
        ...{ title: nasty(index), definition: nasty(index + 2), reason: nasty(index + 4) },
        ...(metric.cause && {
          cause: {
            ...metric.cause,
            explanation: nasty(index + 1),
            segments: metric.cause.segments.map((segment, place) => ({ ...segment, title: nasty(place + 1) })),
          },
        }),
        ...(metric.current && { current: { ...metric.current, method: nasty(index + 6) } }),
      })),
      fairness: facet.fairness.map((metric, index) => ({
        ...metric,
        ...{ name: nasty(index), title: nasty(index + 1), library: nasty(index + 2), definition: nasty(index + 3) },
      })),
    };
  });
  return {
    ...report,
    ...{ title: nasty(3), headline: nasty(1), monitor: nasty(0), endpoint: nasty(1), ruleSource: nasty(2) },
    modelBias: {
      ...bias,
      label: { name: nasty(0), positive: nasty(3) },
      addressing: { label: nasty(0), prediction: nasty(1), probability: nasty(7), groupVariable: nasty(8) },
      facets,
      intersections: bias.intersections.map((one) => ({
        ...one,
        ...{ facets: [nasty(0), nasty(1)] as const, rows: one.rows.map((_, at) => nasty(at + 1)) },
        columns: one.columns.map((_, at) => nasty(at + 7)),
      })),
    },
    violations: report.violations.map((violation, index) => ({
      ...violation,
      explanation: nasty(index),
      description: nasty(index + 3),
      ...(violation.facet && { facet: { name: nasty(0), value: nasty(1), title: nasty(index) } }),
    })),
    notes: [...hostileTexts],
  };
}

const reports = new Map<string, Report>();
let baselineRows: CensusRow[] | undefined;

function made(name: string, scene: BiasScene): Report {
  const report = reports.get(name) ?? buildReport(scene);
  reports.set(name, report);
  return structuredClone(report);
}

function buildReport(scene: BiasScene): Report {
  baselineRows ??= censusRows({ seed: 1, rows: 32_561, hours: 0 });
  const all = scene.found === 'nothing' ? [] : censusRows(scene);
  const modelBias = biasOf(scene, baselineRows, all);
  const { coverage } = modelBias;
  const violations = violationsOf(modelBias);
  const decided = violations.filter(({ rules }) => rules.includes('significant'));
  const end = hourText(Date.parse(scene.start) + scene.hours * HOUR_MS);
  const day = scene.start.slice(0, 10);
  return {
    ...{ schema: 'driftline.report', version: 1, monitorType: 'model-bias', features: [] },
    title: `census-bias, ${scene.bucket === 'day' ? `${day} to 2026-03-10` : day}`,
    monitor: 'census-bias',
    endpoint: 'census-income',
    createdAt: '2026-03-12T02:07:12.000Z',
    window: { start: scene.start, end },
    status: coverage.labelled === 0 ? 'no-data' : decided.length > 0 ? 'violations' : 'ok',
    headline: headlineOf(modelBias, violations),
    rule: 'significant',
    ruleSource: 'driftline.json beside the baseline',
    producedBy: { driftline: '0.1.0', engine: 'capture reader', seed: 0 },
    baseline: { source: 'notebooks/census/bias-baseline', rows: scene.serviceBaseline ? 0 : 32_561, columns: 14 },
    current: {
      ...{ source: 'notebooks/census/capture/census-income', rows: coverage.predictions, columns: 14 },
      read: {
        ...{ files: scene.found === 'nothing' ? 0 : scene.hours, bytes: all.length * 431, records: all.length },
        ...{ rows: all.length, dropped: 0, quarantined: 0, reasons: [], examples: [] },
      },
    },
    newestCapture: '2026-03-06T23:00:00Z',
    hours: coverage.hours.map(({ hour, predictions }) => ({ hour, rows: predictions })),
    violations,
    modelBias,
    notes:
      coverage.labelled === 0
        ? []
        : ['96.0 % of the predictions have their label; bias is measured on these alone, as in the service.'],
  };
}

function headlineOf(modelBias: ModelBiasReport, violations: readonly Violation[]): string {
  const { predictions, labelled } = modelBias.coverage;
  if (predictions === 0) return 'Nothing was captured in this window, so nothing was compared.';
  if (labelled === 0) return `None of ${predictions.toLocaleString('en-US')} predictions has its label yet.`;
  return biasHeadline(modelBias, violations, 'significant');
}

function biasOf(scene: BiasScene, baseline: readonly CensusRow[], all: readonly CensusRow[]): ModelBiasReport {
  const { predicted = true, conditional = false, found } = scene;
  const current = found === 'labelled' ? all : [];
  return {
    label: { name: 'income', positive: '>50K' },
    addressing: {
      label: 'ground truth, column 0',
      ...(predicted && { prediction: 'output 0', probability: 'output 1', threshold: 0.5 }),
      ...(conditional && { groupVariable: 'occupation' }),
    },
    coverage: coverageOf(scene, all.length),
    bucket: scene.bucket,
    ...censusFacets(scene, baseline, current),
    intersections: scene.serviceBaseline ? [] : censusIntersections(baseline, current, predicted),
  };
}

/** Of 25 predictions of an hour one has no label. */
function coverageOf({ found, hours, start }: BiasScene, rows: number): ModelBiasReport['coverage'] {
  const labelled = found === 'labelled' ? Math.round(rows / hours) : 0;
  const predictions = found === 'labelled' ? Math.round(rows / hours / 0.96) : Math.round(rows / hours);
  return {
    predictions: found === 'labelled' ? Math.round(rows / 0.96) : rows,
    labelled: found === 'labelled' ? rows : 0,
    ...{ unmatchedLabels: labelled > 0 ? 2 : 0, repeatedLabels: 0 },
    hours: Array.from({ length: found === 'nothing' ? 0 : hours }, (_, hour) => ({
      hour: hourText(Date.parse(start) + hour * HOUR_MS),
      ...{ predictions, labelled },
    })),
    ...(labelled > 0 && { delayHours: { median: 26, p95: 31, max: 40 } }),
  };
}

function hourText(time: number): string {
  return new Date(time).toISOString().replace('.000', '');
}

/** Those of the deciding rule first, the surest of them first; of the other rule only the ratio of age. */
function violationsOf(modelBias: ModelBiasReport): Violation[] {
  const found = modelBias.facets.flatMap((of) => {
    const { facet, value, title } = of;
    return of.metrics.flatMap((metric): (Violation & { readonly order: number })[] => {
      const { name, current, baseline, allowed, series, fair, unit } = metric;
      if (current?.value === undefined || baseline?.value === undefined) return [];
      const byThreshold = Math.abs(current.value) > Math.abs(baseline.value);
      if (metric.status !== 'violated' && !(byThreshold && facet !== 'native-country')) return [];
      const above = current.value >= fair;
      const id = `${facet}/${value}/${name}/bias_drift_check`;
      // The week before is known to have been as the baseline.
      const since = metricSince(id, series, baseline.value, above ? 'higher' : 'lower', {});
      return [
        {
          id,
          feature: name,
          facet: { name: facet, value, title },
          check: 'bias_drift_check',
          description: `Metric value ${current.value} doesn't meet the baseline constraint requirement ${baseline.value}`,
          explanation: biasExplanation(of, metric, modelBias),
          measured: current.value,
          limit: (above ? allowed?.upper : allowed?.lower) ?? baseline.value,
          baselineValue: baseline.value,
          unit: unit === 'fraction' ? 'distance' : 'value',
          rules: [
            ...(metric.status === 'violated' ? (['significant'] as const) : []),
            ...(byThreshold ? (['threshold'] as const) : []),
          ],
          ...(since && { since }),
          order: metric.change?.adjustedPValue ?? 1,
        },
      ];
    });
  });
  const significant = ({ rules }: Violation): number => Number(rules.includes('significant'));
  return found
    .sort((a, b) => significant(b) - significant(a) || a.order - b.order)
    .map(({ order: _, ...violation }) => violation);
}
