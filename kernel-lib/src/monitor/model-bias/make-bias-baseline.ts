import { analysisText } from '../../constraints/analysis.js';
import type { DatasetFormat } from '../../dataset/dataset.js';
import { MonitorError, placed } from '../../errors.js';
import type { BiasMetric, BiasNumber } from '../../metrics/bias/metric.js';
import { biasMetrics } from '../../metrics/bias/registry.js';
import type { SegmentCellsState } from '../../metrics/bias/segment-cells.js';
import { planSegments } from '../../metrics/segments/binning.js';
import { shownModel } from '../../models/endpoint-address.js';
import { openModel } from '../../models/open-model.js';
import { runOptions } from '../../progress.js';
import { loadAnalysisConfig } from '../analysis-config.js';
import type { BaselineFile, BaselineOptions } from '../baseline.js';
import { guessFormat } from '../dataset-format.js';
import { writeBaseline } from '../write-baseline.js';
import { baselineNotes } from './baseline-notes.js';
import type { BiasColumn } from './bias-column.js';
import { type BiasFile, biasFileText } from './bias-file.js';
import type { BiasReading } from './bias-reading.js';
import { type BiasSample, BiasSampleBuilder } from './bias-sample.js';
import { groupingsOf } from './grouping.js';
import { countIntersections } from './intersections.js';
import { type MeasuredGroup, measureBias } from './measure.js';
import { planBias } from './plan.js';
import { predictSample } from './predict-sample.js';
import { readBiasDataset } from './read-bias-dataset.js';
import { withFlips } from './run-flip-test.js';
import { type BiasSettings, biasSettings } from './settings.js';
import { SegmentCounter } from './why.js';

/**
 * Makes a bias baseline from a dataset with labels, and with predictions or a model that makes them: `analysis.json` as
 * the service writes it, `bias.json` with the counts behind it (intervals, segments and intersections of later checks),
 * and `driftline.json`. Without predictions it has the metrics before training only. Memory: 8 bytes a cell.
 */
export async function makeBiasBaseline(options: BaselineOptions): Promise<BaselineFile> {
  const asked = await biasSettings(options);
  const format = await datasetFormat(options);
  const builder = new BiasSampleBuilder(asked.attributes.probabilityThreshold);
  const reading = await readBiasDataset(options.dataset, asked, builder, {
    format,
    ...(options.header !== undefined && { header: options.header }),
    ...(options.headers && { headers: options.headers }),
    withoutAnswers: options.model !== undefined,
    ...runOptions(options),
  });
  const { settings } = reading;
  const read = builder.finish(options.dataset);
  requireRows(read, reading, options.dataset);
  const sample = await withPredictions(read, settings, options);
  const plan = planBias(sample, settings, options.dataset);
  const seed = options.seed ?? 0;
  const counted = measureBias(sample, plan, options.dataset);
  const measured = await withFlips(sample, counted, settings, { ...options, seed });
  const { groups } = measured;
  const segmentPlan = planSegments(sample.columns.map(thinned));
  const counter = new SegmentCounter(segmentPlan, sample, measured);
  const label = { name: reading.labelName, positive: measured.positive };
  const metrics = metricsFor(settings, measured.rows.predictions !== undefined);
  const texts = {
    'analysis.json': analysisText(
      label,
      groups.map((group) => ({ facet: group.facet, value: group.value, numbers: numbersOf(group, metrics) })),
      metrics.map(({ name }) => name),
    ),
    'bias.json': biasFileText({
      settings,
      label: { ...label, grouping: plan.label, ...(plan.classes && { classes: plan.classes }) },
      rows: sample.rows,
      groups: groups.map((group) => groupState(group, counter.of(group).toState())),
      ...(measured.groupValues && { groupValues: measured.groupValues }),
      intersections: countIntersections(sample, plan, measured.rows, options.dataset),
      featureNames: sample.names,
      plan: segmentPlan,
    }),
  };
  return writeBaseline(options, texts, {
    monitorType: 'model-bias',
    inputs: { dataset: options.dataset, format },
    rows: sample.rows,
    columns: reading.columns,
    quarantined: reading.read.quarantined,
    reasons: {},
    notes: baselineNotes(reading, sample, plan, groups),
  });
}

/** Every so many rows of a long column: where ranges begin and end is told well enough by 100,000 rows. */
function thinned(column: BiasColumn): BiasColumn {
  const step = Math.ceil(column.values.length / 100_000);
  if (step <= 1) return column;
  return column.kind === 'numeric'
    ? { ...column, values: column.values.filter((_, row) => row % step === 0) }
    : { ...column, values: column.values.filter((_, row) => row % step === 0) };
}

/** The metrics that were asked for; of the labels alone where there are no predictions. */
export function metricsFor({ metrics }: BiasSettings, predicted: boolean): readonly BiasMetric[] {
  return biasMetrics.filter(({ name, stage }) => metrics.includes(name) && (predicted || stage === 'pre-training'));
}

/** The service's numbers of a group. */
function numbersOf({ counts }: MeasuredGroup, metrics: readonly BiasMetric[]): Record<string, BiasNumber> {
  return Object.fromEntries(metrics.map((metric) => [metric.name, metric.service(counts)]));
}

/** The sample with the predictions of `model`, where one is named; `config` says how an endpoint is asked. */
export async function withPredictions(
  sample: BiasSample,
  settings: BiasSettings,
  options: Pick<BaselineOptions, 'model' | 'config' | 'signal' | 'onProgress'>,
): Promise<BiasSample> {
  if (options.model === undefined || sample.rows === 0) return sample;
  const config = options.config === undefined ? undefined : await loadAnalysisConfig(options.config);
  const where = shownModel(options.model);
  const [label] = groupingsOf(sample.label, settings.labelValues, 'label', where);
  const how = {
    threshold: settings.attributes.probabilityThreshold ?? 0.5,
    continuous: label?.kind === 'threshold',
    ...(settings.labelHeaders && { classes: settings.labelHeaders }),
  };
  const model = await openModel(options.model, { config });
  try {
    return await predictSample(sample, model, how, runOptions(options));
  } catch (error) {
    throw error instanceof MonitorError && error.where === undefined ? placed(error, where) : error;
  } finally {
    await model.close?.();
  }
}

async function datasetFormat(options: BaselineOptions): Promise<DatasetFormat> {
  const format = options.datasetFormat ?? (await guessFormat(options.dataset, options.signal));
  if (format !== 'capture' && format !== 'merged') return format;
  throw new MonitorError('USAGE', 'A bias baseline is made from a dataset with labels.', {
    where: options.dataset,
    fix: 'name a CSV, JSON Lines or Parquet dataset, such as the training data with predictions',
  });
}

function requireRows(sample: BiasSample, { read, unlabelled }: BiasReading, where: string): void {
  if (sample.rows > 0) return;
  const what =
    unlabelled > 0
      ? 'None of the rows has a label.'
      : read.quarantined > 0
        ? `None of the ${read.quarantined} rows can be used: ${read.reasons[0]?.reason ?? ''}.`
        : 'The dataset has no rows.';
  const fix =
    unlabelled + read.quarantined > 0
      ? 'check label, predictor and features in --config'
      : 'name a dataset with rows, or check what should have written them';
  throw new MonitorError('NO_DATA', what, { where, fix });
}

function groupState(group: MeasuredGroup, segments: SegmentCellsState): BiasFile['groups'][number] {
  const { facet, value, title, others, grouping, missing, counts } = group;
  return {
    ...{ facet, value, title, others, grouping, missing },
    cells: [...counts.cells],
    predicted: counts.predicted,
    ...(counts.groups && { groups: counts.groups.map((cells) => [...cells]) }),
    ...(counts.flips && { flips: counts.flips }),
    segments,
  };
}
