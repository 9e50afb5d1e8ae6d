import type { Background } from '../../explain/background.js';
import { runOptions } from '../../progress.js';
import type { CheckOptions } from '../check.js';
import { backgroundOfKept } from './attributions-file.js';
import type { ExplainabilityBaseline } from './load-explainability-baseline.js';
import { openRows, type RowReader } from './read-rows.js';
import type { ExplainabilitySettings } from './settings.js';

/**
 * Opens the rows of a check's window; cells without names take the baseline's features, by position.
 *
 * @param lineShare - see `RowsOptions`.
 */
export function openWindowRows(
  options: CheckOptions,
  baseline: ExplainabilityBaseline,
  { config }: ExplainabilitySettings,
  lineShare: number = 1,
): Promise<RowReader> {
  const headers = options.headers ?? config.headers;
  const featureNames = baseline.own?.profile.features ?? baseline.outputs[0]!.features;
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
    featureNames,
    lineShare,
    ...(options.seed !== undefined && { seed: options.seed }),
    ...runOptions(options),
  });
}

/** Where nothing else is said, the rows that stood for absent features in the baseline do so in the window. */
export function withBackground(
  options: CheckOptions,
  { own }: ExplainabilityBaseline,
): Omit<CheckOptions, 'background'> & { readonly background?: string | Background } {
  if (options.background !== undefined || own?.background === undefined) return options;
  return { ...options, background: backgroundOfKept(own.background) };
}
