import { type CapturedRow, readRecords } from '../capture/records.js';
import { MonitorError } from '../errors.js';
import type { RunOptions } from '../progress.js';
import type { RecordsQuery, Report } from '../report/report.js';
import type { CheckOptions, DatasetFormatName } from './check.js';
import { guessFormat } from './dataset-format.js';
import { baselineColumns, loadBaseline } from './load-baseline.js';
import { planCapture } from './plan-capture.js';

/** Whose records are asked for: a violation, by its id, or a place in the report's `modelQuality.segments`. */
export type RecordsOf = string | { readonly segment: number };

/** A column of records. */
export interface RecordColumn {
  readonly name: string;
  /** The part of the captured record in which its values stand; absent where that is not known. */
  readonly part?: 'output' | 'input' | 'ground-truth' | 'file' | 'hook';
}

/** Records and their columns. */
export interface FoundRecords {
  readonly columns: readonly RecordColumn[];
  /** In the order of the capture. */
  readonly rows: readonly CapturedRow[];
  /** Whether there are more than were asked for. */
  readonly capped: boolean;
}

/** How many records to read. */
export interface ReportRecordsOptions extends RunOptions {
  /** Default 50. */
  readonly limit?: number;
}

/**
 * The records behind a violation of a report that was made before, or in one of its segments, read again out of the
 * capture. There are none behind a violation that no single row carries: missing columns, metrics, bias, attribution.
 *
 * @param options - those of the check that made the report; its window is the report's.
 * @throws MonitorError `USAGE` where the report has no such violation or segment, and what reading throws.
 */
export async function reportRecords(
  report: Report,
  of: RecordsOf,
  options: CheckOptions,
  limit = 50,
): Promise<FoundRecords> {
  const rows = await (typeof of === 'string'
    ? violationRows(report, of, options, limit + 1)
    : segmentRows(report, of.segment, options, limit + 1));
  return {
    columns: columnsOf(report, rows),
    rows: rows.slice(0, limit),
    capped: rows.length > limit,
  };
}

async function violationRows(report: Report, id: string, options: CheckOptions, limit: number): Promise<CapturedRow[]> {
  const violation = report.violations.find((known) => known.id === id);
  if (violation === undefined) {
    throw new MonitorError('USAGE', `The report has no violation "${id}".`, {
      where: report.title,
      fix:
        report.violations.length === 0 ? 'it has none' : `use one of: ${report.violations.map((v) => v.id).join(', ')}`,
    });
  }
  const { query } = violation;
  if (query === undefined) return [];
  const format = options.datasetFormat ?? (await guessFormat(options.current, options.signal));
  return format === 'capture' || format === 'merged'
    ? capturedRows(query, options, limit)
    : datasetRows(report, query, format, options, limit);
}

async function capturedRows(
  { window, condition }: RecordsQuery,
  options: CheckOptions,
  limit: number,
): Promise<CapturedRow[]> {
  const { current, signal, columns, recordHook } = options;
  const { resolved } = await planCapture(current, {
    ...window,
    ...(signal && { signal }),
    ...(columns && { columns }),
    ...(recordHook !== undefined && { recordHook }),
    baselineColumns: baselineColumns(await loadBaseline(options)),
  });
  if (resolved === undefined) return [];
  const selection = { source: current, ...(window && { window }), condition };
  return readRecords(selection, resolved.plan, { limit, ...(signal && { signal }) });
}

async function datasetRows(
  { mapping }: Report,
  { condition }: RecordsQuery,
  format: Exclude<DatasetFormatName, 'capture' | 'merged'>,
  { current, header, headers, signal }: CheckOptions,
  limit: number,
): Promise<CapturedRow[]> {
  const [{ openDataset }, { readDatasetRecords }] = await Promise.all([
    import('../dataset/dataset.js'),
    import('../dataset/records.js'),
  ]);
  const dataset = await openDataset(current, {
    format,
    ...(header !== undefined && { header }),
    ...(headers && { columns: headers }),
    ...(signal && { signal }),
  });
  try {
    const names = (mapping ?? dataset).columns.map(({ name }) => name);
    return await readDatasetRecords(dataset, names, condition, { limit, ...(signal && { signal }) });
  } finally {
    await dataset.close();
  }
}

async function segmentRows(
  report: Report,
  place: number,
  options: CheckOptions,
  limit: number,
): Promise<CapturedRow[]> {
  const segment = report.modelQuality?.segments[place];
  if (segment === undefined) {
    throw new MonitorError('USAGE', `The report has no segment ${place}.`, {
      where: report.title,
      fix: `it has ${report.modelQuality?.segments.length ?? 0} segments; the first one is 0`,
    });
  }
  const [{ loadQualityBaseline }, { readSegment, segmentConditions }] = await Promise.all([
    import('./model-quality/load-quality-baseline.js'),
    import('./model-quality/segment-records.js'),
  ]);
  const { quality } = await loadQualityBaseline(options);
  if (quality === undefined) return [];
  const format = options.datasetFormat ?? (await guessFormat(options.current, options.signal));
  const current = { format, window: report.window };
  return readSegment(segmentConditions(quality.plan, segment), quality, current, options, { limit });
}

/** As the report's mapping has them; else as the rows do, which can have columns of their own in JSON. */
function columnsOf({ mapping, features }: Report, rows: readonly CapturedRow[]): RecordColumn[] {
  const parts = new Map(features.map(({ name, part }) => [name, part]));
  const columns = new Map<string, RecordColumn>(mapping?.columns.map(({ name, part }) => [name, { name, part }]));
  for (const { values } of rows) {
    for (const name of Object.keys(values)) {
      if (columns.has(name)) continue;
      const part = parts.get(name);
      columns.set(name, { name, ...(part !== undefined && { part }) });
    }
  }
  return [...columns.values()];
}
