import { textOf } from '../../dataset/cell-batch.js';
import { MonitorError } from '../../errors.js';
import type { Background } from '../../explain/background.js';
import type { AttributionScale, ExplainMethod } from '../../explain/explainer.js';
import type { AttributionProfile } from '../../metrics/attribution/attribution-profile.js';
import {
  attributionProfileToJson,
  parseAttributionProfile,
} from '../../metrics/attribution/attribution-profile-json.js';
import type { ExplainabilitySettings } from './settings.js';

/**
 * `attributions.json`, beside `analysis.json`: what later checks need besides its numbers. Its size depends on columns and
 * not on rows.
 */
export interface AttributionsFile {
  readonly schema: 'driftline.attributions';
  readonly version: 1;
  /** What the model was explained with, and what a check takes over where its caller says nothing. */
  readonly settings: Pick<ExplainabilitySettings, 'model' | 'config' | 'aggregation' | 'threshold'>;
  readonly scale: AttributionScale;
  readonly method: ExplainMethod;
  readonly additivityError: number;
  /** The rows that stood for absent features, so that windows are explained against the same. */
  readonly background?: KeptBackground;
  readonly profile: AttributionProfile;
}

/** A background as JSON: cells as texts. */
export interface KeptBackground {
  /** By (feature, row). */
  readonly columns: readonly (readonly (string | null)[])[];
  readonly weights: readonly number[];
  readonly source: Background['source'];
  readonly seed?: number;
}

export function keptBackground({ batch, weights, source, seed }: Background): KeptBackground {
  return {
    columns: batch.columns.map((column) => Array.from({ length: batch.rowCount }, (_, row) => textOf(column, row))),
    weights: [...weights],
    source,
    ...(seed !== undefined && { seed }),
  };
}

export function backgroundOfKept({ columns, weights, source, seed }: KeptBackground): Background {
  return {
    batch: { rowCount: weights.length, columns: columns.map((values) => ({ kind: 'text', values })) },
    weights: Float64Array.from(weights),
    source,
    ...(seed !== undefined && { seed }),
  };
}

/** The text of `attributions.json`. */
export function attributionsFileText({ profile, ...file }: Omit<AttributionsFile, 'schema' | 'version'>): string {
  const head = JSON.stringify({ schema: 'driftline.attributions', version: 1, ...file });
  return `${head.slice(0, -1)},"profile":${attributionProfileToJson(profile)}}\n`;
}

/**
 * Reads `attributions.json`.
 *
 * @throws MonitorError `FORMAT` where it is none, or of a version this release does not know.
 */
export function parseAttributionsFile(text: string, where: string): AttributionsFile {
  let file: AttributionsFile | undefined;
  try {
    file = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (file?.schema === 'driftline.attributions' && file.version === 1) {
    return { ...file, profile: parseAttributionProfile(JSON.stringify(file.profile), where) };
  }
  throw new MonitorError('FORMAT', 'Not an attributions.json that this version of driftline can read.', {
    where,
    fix: 'make the baseline again with "driftline baseline model-explainability"',
  });
}
