import { type RunOptions, runOptions } from '../../progress.js';
import type { CheckOptions } from '../check.js';
import type { ExplainabilityBaseline } from './load-explainability-baseline.js';
import { openRows, type RowReader } from './read-rows.js';
import type { ExplainabilitySettings } from './settings.js';

/** Which rows are looked at, and how they are read: see `CheckOptions`. */
type WindowOptions = RunOptions &
  Pick<
    CheckOptions,
    'current' | 'start' | 'end' | 'datasetFormat' | 'header' | 'headers' | 'columns' | 'recordHook' | 'seed'
  >;

/**
 * Opens the rows of a window; cells without names take the baseline's features, by position.
 *
 * @param lineShare - see `RowsOptions`.
 */
export function openWindowRows(
  options: WindowOptions,
  baseline: ExplainabilityBaseline | undefined,
  { config }: ExplainabilitySettings,
  lineShare: number = 1,
): Promise<RowReader> {
  const headers = options.headers ?? config.headers;
  const featureNames = baseline?.own?.profile.features ?? baseline?.outputs[0]?.features;
  const { start, end, datasetFormat, header, columns, recordHook } = options;
  return openRows(options.current, {
    ...(start !== undefined && { start }),
    ...(end !== undefined && { end }),
    ...(datasetFormat && { datasetFormat }),
    ...(header !== undefined && { header }),
    ...(headers && { headers }),
    ...(columns && { columns }),
    ...(recordHook !== undefined && { recordHook }),
    ...(config.features !== undefined && { featuresAttribute: config.features }),
    ...(featureNames && { featureNames }),
    lineShare,
    ...(options.seed !== undefined && { seed: options.seed }),
    ...runOptions(options),
  });
}
