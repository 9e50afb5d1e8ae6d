import { MonitorError } from '../errors.js';
import { hasBaseline } from '../monitor/baseline.js';
import type { ComparedWindow } from '../monitor/compare-windows.js';
import { joinUri } from '../storage/open-storage.js';
import { resolveLocation } from './locations.js';
import type { ProjectConfig } from './project-config.js';

/** A window of what an endpoint of a project captured. */
export interface EndpointWindow {
  readonly endpoint: string;
  /** Only what this variant captured; default: all of them. */
  readonly variant?: string;
  /** Half-open, ISO times. */
  readonly start: string;
  readonly end: string;
}

/**
 * A window of an endpoint as its data-quality monitor reads it: with the names of the columns and the hook of the project
 * file, and hourly profiles that are kept.
 *
 * @throws MonitorError `CONFIGURATION` for an endpoint that the project does not have.
 */
export async function comparedWindow(
  location: string,
  config: ProjectConfig,
  { endpoint: name, variant, start, end }: EndpointWindow,
): Promise<ComparedWindow> {
  const endpoint = Object.hasOwn(config.endpoints, name) ? config.endpoints[name] : undefined;
  if (endpoint === undefined) {
    throw new MonitorError('CONFIGURATION', `There is no endpoint "${name}".`, {
      where: joinUri(location, 'driftline.yaml'),
      fix: `use one of: ${Object.keys(config.endpoints).join(', ')}`,
    });
  }
  const monitor = Object.entries(config.monitors).find(
    ([, { type, endpoint: of }]) => type === 'data-quality' && of === name,
  );
  const hook = monitor?.[1].hooks?.record;
  const { columns } = endpoint;
  const baseline = columns || monitor === undefined ? undefined : await baselineOf(location, monitor);
  const profiles = `.driftline/profiles/${name}`;
  return {
    location: resolveLocation(location, endpoint.capture),
    name,
    start,
    end,
    ...(variant !== undefined && { variant }),
    ...(columns && {
      columns: {
        ...(columns.output && { output: columns.output }),
        ...(columns.input && { input: columns.input }),
      },
    }),
    ...(baseline !== undefined && { baseline }),
    ...(hook !== undefined && { recordHook: resolveLocation(location, hook) }),
    // Apart: of each hour the newest profile is kept, and those of all variants together are the monitor's.
    profileCache: resolveLocation(location, variant === undefined ? profiles : `${profiles}/variants/${variant}`),
  };
}

/** Where the monitor's baseline lies; undefined as long as it has not been made. */
async function baselineOf(
  location: string,
  [name, { baseline }]: readonly [string, ProjectConfig['monitors'][string]],
): Promise<string | undefined> {
  const folder = resolveLocation(location, typeof baseline === 'string' ? baseline : `baseline/${name}`);
  return (await hasBaseline(folder)) ? folder : undefined;
}
