import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { resolveLocation } from './locations.js';
import type { MonitorConfig, ProjectConfig } from './project-config.js';

/** Something in a project file that is allowed but will not work as it stands. */
export interface ProjectWarning {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  /** What is missing, and how to fix it. */
  readonly message: string;
}

/**
 * What a valid project file promises and does not keep: local files that are not there, and monitors without labels.
 * Capture and ground truth may come later and are not looked for, nor is anything at a URL.
 *
 * @param root - the folder or S3 prefix of the file.
 */
export function projectWarnings(root: string, { endpoints, monitors }: ProjectConfig): ProjectWarning[] {
  const missing = ({ path, location }: Reference): ProjectWarning[] => {
    const place = resolveLocation(root, location);
    if (isThere(place)) return [];
    return [{ path, message: `there is no file or folder ${place}; paths are relative to driftline.yaml` }];
  };
  const models = Object.entries(endpoints).flatMap(([name, { model }]) =>
    model === undefined ? [] : missing({ path: ['endpoints', name, 'model'], location: model }),
  );
  const ofMonitors = Object.entries(monitors).flatMap(([name, monitor]) => {
    const made = isThere(resolveLocation(root, `baseline/${name}`));
    return [...references(name, monitor, made).flatMap(missing), ...withoutLabels(name, monitor, endpoints)];
  });
  return [...models, ...ofMonitors];
}

interface Reference {
  readonly path: readonly string[];
  readonly location: string;
}

/** @param made - whether the baseline was made already, so that its dataset is not needed any more. */
function references(name: string, monitor: MonitorConfig, made: boolean): Reference[] {
  const { baseline, config, background, hooks } = monitor;
  const dataset = typeof baseline === 'string' ? undefined : baseline.dataset;
  const all: readonly (readonly [string[], string | undefined])[] = [
    typeof baseline === 'string' ? [['baseline'], baseline] : [['baseline', 'dataset'], made ? undefined : dataset],
    [['config'], config],
    [['background'], background],
    [['hooks', 'record'], hooks?.record],
    [['hooks', 'check'], hooks?.check],
  ];
  return all.flatMap(([path, location]) =>
    location === undefined ? [] : [{ path: ['monitors', name, ...path], location }],
  );
}

function withoutLabels(
  name: string,
  { type, endpoint }: MonitorConfig,
  endpoints: ProjectConfig['endpoints'],
): ProjectWarning[] {
  if (type !== 'model-quality' && type !== 'model-bias') return [];
  if (endpoints[endpoint]?.['ground-truth'] !== undefined) return [];
  const message = `endpoint "${endpoint}" has no ground truth: executions fail, unless its capture has labels merged in already; give it where labels arrive (ground-truth: URI)`;
  return [{ path: ['monitors', name, 'type'], message }];
}

function isThere(place: string): boolean {
  if (place.startsWith('file://')) return existsSync(fileURLToPath(place));
  return place.includes('://') || existsSync(place);
}
