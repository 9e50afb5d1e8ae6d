import { isRecord } from '../report/read-report.js';

/** The kinds of file that have a view of their own. */
export type FileKind = 'report' | 'statistics' | 'constraints' | 'violations' | 'analysis';

const analysisKeys = ['pre_training_bias_metrics', 'post_training_bias_metrics', 'explanations'];

/** What a JSON value is, by its own keys and not by its file's name; undefined where it is none of them. */
export function fileKind(value: unknown): FileKind | undefined {
  if (!isRecord(value)) return undefined;
  const keys = Object.keys(value);
  if (value['schema'] === 'driftline.report') return 'report';
  if (Array.isArray(value['violations'])) return 'violations';
  if (analysisKeys.some((key) => isRecord(value[key]))) return 'analysis';
  if (keys.some((key) => key.endsWith('_constraints')) || 'monitoring_config' in value) return 'constraints';
  if (keys.some((key) => key.endsWith('_metrics'))) return 'statistics';
  if (!Array.isArray(value['features'])) return undefined;
  const features = value['features'].filter(isRecord);
  const profiled = features.some((feature) => 'numerical_statistics' in feature || 'string_statistics' in feature);
  return profiled || 'dataset' in value ? 'statistics' : 'constraints';
}

/** Reads a key of a value that may be anything. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

/** A finite number, or undefined. */
export function numberAt(value: unknown, ...path: readonly string[]): number | undefined {
  const found = at(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

/** Any value as text: text as it is, other things as JSON; `–` for nothing. */
export function asText(value: unknown): string {
  if (value === undefined || value === null) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The records of a list, or of nothing. */
export function recordsAt(value: unknown, ...path: readonly string[]): Readonly<Record<string, unknown>>[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found.filter(isRecord) : [];
}

/** The `version` of the service's files, which it writes as `0.0` or `"1.0"`. */
export function versionText(value: unknown): string | undefined {
  const version = at(value, 'version');
  if (version === undefined) return undefined;
  return typeof version === 'number' && Number.isInteger(version) ? version.toFixed(1) : asText(version);
}
