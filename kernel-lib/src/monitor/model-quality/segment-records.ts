import type { CellCondition } from '../../capture/condition.js';
import { type CapturedRow, type ReadRecordsOptions, readRecords } from '../../capture/records.js';
import { openDataset } from '../../dataset/dataset.js';
import { readDatasetRecords } from '../../dataset/records.js';
import type { SegmentPlan } from '../../metrics/segments/binning.js';
import type { SegmentReport } from '../../report/model-quality-report.js';
import type { CheckOptions } from '../check.js';
import type { CurrentQuality } from './check-model-quality.js';
import type { QualityFile } from './quality-file.js';

/** What a row's cells must be like to be in the group; a group of rare categories is those that are not frequent. */
export function segmentConditions(plan: SegmentPlan, { conditions }: SegmentReport): CellCondition[] {
  return conditions.map((condition): CellCondition => {
    const { feature } = condition;
    if (condition.kind === 'missing') return { kind: 'missing', feature };
    if (condition.kind === 'range') {
      const { from, to } = condition;
      return { kind: 'interval', feature, ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
    }
    const planned = plan.features.find(({ name }) => name === feature);
    const categories = planned?.kind === 'categorical' ? planned.categories : [];
    return categories.includes(condition.value) || categories.length === 0
      ? { kind: 'in', feature, values: [condition.value] }
      : { kind: 'not-in', feature, values: categories };
  });
}

/** The rows that meet all conditions, out of what the check read. */
export async function readSegment(
  conditions: readonly CellCondition[],
  quality: QualityFile | undefined,
  { format, window }: Pick<CurrentQuality, 'format' | 'window'>,
  { current, columns, header, headers, signal: outer }: CheckOptions,
  options: ReadRecordsOptions,
): Promise<CapturedRow[]> {
  const signal = options.signal ?? outer;
  const how = { ...options, ...(signal && { signal }) };
  if (format === 'capture' || format === 'merged') {
    const input = columns?.input ?? quality?.featureNames;
    const names = { ...(columns?.output && { output: columns.output }), ...(input && { input }) };
    const selection = { source: current, condition: conditions, ...(window && { window }) };
    return readRecords(selection, { parts: ['output', 'input'], names }, how);
  }
  const dataset = await openDataset(current, {
    format,
    ...(header !== undefined && { header }),
    ...(headers && { columns: headers }),
    ...(signal && { signal }),
  });
  try {
    const names = dataset.columns.map(({ name }) => name);
    return await readDatasetRecords(dataset, names, conditions, how);
  } finally {
    await dataset.close();
  }
}
