import { checkAttribute } from '../../capture/attribute.js';
import { CoverageCounter } from '../../capture/coverage.js';
import type { CaptureWindow } from '../../capture/hour-path.js';
import type { LabelCoverage, ReadSummary } from '../../capture/summary.js';
import { checkWindow } from '../../capture/window.js';
import { runOptions } from '../../progress.js';
import { reportHtml } from '../../report/html.js';
import type { Report } from '../../report/report.js';
import { joinUri, openStorage } from '../../storage/open-storage.js';
import { packageVersion } from '../../version.js';
import { violationsFile } from '../../violations/violations-file.js';
import type { CheckedReport, CheckedSegment, CheckOptions, DatasetFormatName } from '../check.js';
import { guessFormat } from '../dataset-format.js';
import { EncodedFeatures } from '../features.js';
import { ruleOf } from '../rule.js';
import { loadQualityBaseline, type QualityBaseline } from './load-quality-baseline.js';
import { attributesOf } from './make-quality-baseline.js';
import { type QualityFindings, qualityFindings } from './quality-findings.js';
import { buildQualityReport } from './quality-report.js';
import { qualityStatisticsText } from './quality-statistics.js';
import { type Addressing, readQualityDataset } from './read-dataset.js';
import { readLabelledCapture } from './read-labelled-capture.js';
import { type QualitySample, QualitySampleBuilder } from './sample.js';
import { readSegment, segmentConditions } from './segment-records.js';

/** The current sample and what reading it came to. */
export interface CurrentQuality {
  readonly format: DatasetFormatName;
  readonly sample: QualitySample;
  readonly features: EncodedFeatures | undefined;
  readonly read: ReadSummary;
  readonly addressing: Addressing;
  readonly coverage: LabelCoverage;
  readonly columns: number;
  readonly window: CaptureWindow | undefined;
  readonly newestHour: string | undefined;
  readonly endpoint: string | undefined;
  readonly engine: string;
  readonly notes: readonly string[];
}

/**
 * Compares predictions and their labels with a baseline. Labels come from `groundTruth`, from merged records, or from a
 * column of a dataset. Memory: 40 bytes a prediction, a byte a feature, and 40 bytes a label.
 *
 * @throws MonitorError `USAGE` for a window that ends before it begins, and what reading the baseline and the data throws.
 */
export async function checkModelQuality(options: CheckOptions): Promise<CheckedReport> {
  checkWindow(options);
  checkAttribute(options.inferenceAttribute, '--inference-attribute');
  checkAttribute(options.probabilityAttribute, '--probability-attribute');
  checkAttribute(options.groundTruthAttribute, '--ground-truth-attribute');
  const baseline = await loadQualityBaseline(options);
  const current = await readCurrent(options, baseline);
  const findings = qualityFindings(baseline, current, options);
  const { rule, ruleSource } = ruleOf(options, baseline);
  const endpoint = options.endpoint ?? current.endpoint;
  const report = buildQualityReport({
    ...(options.monitor !== undefined && { monitor: options.monitor }),
    ...(endpoint !== undefined && { endpoint }),
    createdAt: createdAt(options),
    ...(current.window && { window: current.window }),
    rule,
    ruleSource,
    producedBy: { driftline: packageVersion(), engine: current.engine, seed: options.seed ?? 0 },
    baseline,
    current: { source: options.current, ...current },
    findings,
    ...(options.previous && { previous: options.previous }),
  });
  if (options.output !== undefined) await writeResults(options.output, report, findings, baseline, options);
  return withRecords(report, baseline, current, options);
}

function withRecords(
  report: Report,
  { quality }: QualityBaseline,
  current: CurrentQuality,
  options: CheckOptions,
): CheckedReport {
  const { modelQuality, ...plain } = report;
  const segments = (modelQuality?.segments ?? []).map((segment): CheckedSegment => {
    const conditions = quality === undefined ? [] : segmentConditions(quality.plan, segment);
    const records: CheckedSegment['records'] = (how = {}) => readSegment(conditions, quality, current, options, how);
    // Not enumerable: the report stays plain JSON.
    return Object.defineProperty({ ...segment }, 'records', { value: records }) as CheckedSegment;
  });
  return {
    ...plain,
    violations: report.violations.map(withoutRecords),
    ...(modelQuality && { modelQuality: { ...modelQuality, segments } }),
  };
}

/** Metrics are of many rows together: there are no single records behind one. */
function withoutRecords(violation: Report['violations'][number]): CheckedReport['violations'][number] {
  return Object.defineProperty({ ...violation }, 'records', {
    value: async () => [],
  }) as CheckedReport['violations'][number];
}

async function readCurrent(options: CheckOptions, baseline: QualityBaseline): Promise<CurrentQuality> {
  const { quality, problemType } = baseline;
  const features = quality && new EncodedFeatures(quality.plan, problemType === 'Regression');
  const builder = new QualitySampleBuilder(problemType, quality?.classes, features);
  const format = options.datasetFormat ?? (await guessFormat(options.current, options.signal));
  if (format !== 'capture' && format !== 'merged') {
    return readCurrentDataset(options, baseline, format, builder, features);
  }
  const captured = await readLabelledCapture(
    options,
    format,
    { problemType, attributes: attributesOf(options), builder, ...(features && { features }) },
    quality && { featureNames: quality.featureNames, fallback: quality.attributes },
  );
  return { ...captured, format, sample: builder.finish(), features };
}

async function readCurrentDataset(
  options: CheckOptions,
  baseline: QualityBaseline,
  format: 'csv' | 'jsonl' | 'parquet',
  builder: QualitySampleBuilder,
  features: EncodedFeatures | undefined,
): Promise<CurrentQuality> {
  // A dataset is written as the baseline's was, unless the caller says otherwise.
  const attributes = { ...baseline.quality?.attributes, ...attributesOf(options) };
  const { read, addressing, columns } = await readQualityDataset(
    options.current,
    baseline.problemType,
    attributes,
    builder,
    features,
    {
      format,
      ...(options.header !== undefined && { header: options.header }),
      ...(options.headers && { headers: options.headers }),
      ...runOptions(options),
    },
  );
  const sample = builder.finish();
  const counter = new CoverageCounter(undefined);
  for (const label of sample.labels) counter.add(-1, label >= 0, undefined);
  const windowless = options.start !== undefined || options.end !== undefined;
  return {
    format,
    sample,
    features,
    read,
    addressing,
    coverage: counter.finish(),
    columns,
    window: undefined,
    newestHour: undefined,
    endpoint: undefined,
    engine: format === 'parquet' ? 'DuckDB' : 'dataset reader',
    notes: windowless ? ['The current data have no times: the window was not applied, all rows were read.'] : [],
  };
}

async function writeResults(
  folder: string,
  report: Report,
  findings: QualityFindings,
  { problemType }: QualityBaseline,
  options: CheckOptions,
): Promise<void> {
  const storage = openStorage(folder);
  const write = (name: string, content: string): Promise<void> => storage.write(joinUri(folder, name), content);
  const { window } = report;
  await Promise.all([
    write(
      'statistics.json',
      qualityStatisticsText(problemType, findings.metrics, findings.current, {
        ...(window && { start: window.start, end: window.end }),
        evaluated: createdAt(options),
      }),
    ),
    write('constraint_violations.json', violationsFile(report.violations, report.rule, 'metric_name')),
    reportHtml(report).then((page) => write('report.html', page)),
  ]);
  await write('report.json', `${JSON.stringify(report)}\n`);
}

function createdAt(options: CheckOptions): string {
  return (options.createdAt ?? new Date()).toISOString();
}
