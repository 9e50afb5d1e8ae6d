import { MonitorError } from '../errors.js';
import type { HoursFile } from '../report/hours.js';
import type { MonitorType } from '../report/report.js';
import type { AnnotationsFile } from './annotations.js';
import type { ExecutionsFile } from './execution-record.js';
import type { MeasuresFile } from './measures.js';
import type { StatusFile } from './status.js';

/** Whose history it is. */
export interface HistoryOf {
  readonly monitor: string;
  readonly endpoint: string;
  readonly monitorType: MonitorType;
}

/** @throws MonitorError `FORMAT`. */
export function parseExecutions(text: string, where: string): ExecutionsFile {
  return parse<ExecutionsFile>(text, 'driftline.executions', where);
}

/** @throws MonitorError `FORMAT`. */
export function parseMeasures(text: string, where: string): MeasuresFile {
  return parse<MeasuresFile>(text, 'driftline.measures', where);
}

/** @throws MonitorError `FORMAT`. */
export function parseStatus(text: string, where: string): StatusFile {
  return parse<StatusFile>(text, 'driftline.status', where);
}

/** @throws MonitorError `FORMAT`. */
export function parseAnnotations(text: string, where: string): AnnotationsFile {
  return parse<AnnotationsFile>(text, 'driftline.annotations', where);
}

/** `hours.json`. @throws MonitorError `FORMAT`. */
export function parseHours(text: string, where: string): HoursFile {
  return parse<HoursFile>(text, 'driftline.hours', where);
}

function parse<File extends { readonly schema: string; readonly version: number }>(
  text: string,
  schema: File['schema'],
  where: string,
): File {
  let value: Partial<File> | null | undefined;
  let cause: unknown;
  try {
    value = JSON.parse(text) as Partial<File> | null;
  } catch (error) {
    cause = error;
  }
  if (value?.schema === schema && value.version === 1) return value as File;
  throw new MonitorError('FORMAT', `This is no ${schema} file that this version of driftline can read.`, {
    where,
    fix: 'use the version that wrote it, or move the file away',
    cause,
  });
}
