import type { ColumnType, EndpointConfig, InferredType, MonitorConfig, ProjectConfig, RecordPart } from 'driftline';
import { resolveColumns } from 'driftline/browser-files';
import { projectsAbove } from '../../project/projects-above.js';
import { isBelow, joinPath, type ServerFiles } from '../../project/server-files.js';
import { parseJson } from '../../report/parse-json.js';
import { readFeatureStatistics } from '../feature-statistics.js';

/** Names for captured cells that come without one, and where they are from. */
export interface CaptureNames {
  readonly names: Readonly<Partial<Record<RecordPart, readonly string[]>>>;
  /** The project file, from the server's root, and the endpoint in it. */
  readonly from?: { readonly project: string; readonly endpoint: string; readonly source: 'columns' | 'baseline' };
  /** Names look misplaced, and why. */
  readonly warning?: string;
}

const projectFile = 'driftline.yaml';
/** Lines by which columns are told apart. */
const sampledLines = 50;

/**
 * Looks for the project that a captured file belongs to, from its folder up to the server's root: a `driftline.yaml` with an
 * endpoint whose capture, or with a monitor whose results, lie above the file. Its columns name the cells, else those of the
 * endpoint's data-quality baseline do, by position as in a check. Without a project there are no names.
 *
 * @param lines - the first lines of the file.
 */
export async function findCaptureNames(
  path: string,
  lines: readonly string[],
  files: ServerFiles,
): Promise<CaptureNames> {
  const found = await findEndpoint(path, files).catch(() => undefined);
  if (found === undefined) return { names: {} };
  const { folder, name, endpoint, config } = found;
  const { columns } = endpoint;
  const baseline = columns?.output && columns.input ? undefined : await baselineColumns(folder, name, config, files);
  if (columns === undefined && baseline === undefined) return { names: {} };
  const sample = lines.slice(0, sampledLines);
  const { plan, mapping } = resolveColumns(sample, {
    ...(columns && {
      configured: { ...(columns.output && { output: columns.output }), ...(columns.input && { input: columns.input }) },
    }),
    ...(baseline && { baseline }),
  });
  return {
    names: plan.names,
    from: {
      project: joinPath(folder, projectFile),
      endpoint: name,
      source: mapping.source === 'baseline-position' ? 'baseline' : 'columns',
    },
    ...(mapping.warning !== undefined && { warning: mapping.warning }),
  };
}

interface FoundEndpoint {
  /** Of the project file. */
  readonly folder: string;
  readonly name: string;
  readonly endpoint: EndpointConfig;
  readonly config: ProjectConfig;
}

async function findEndpoint(path: string, files: ServerFiles): Promise<FoundEndpoint | undefined> {
  const { parseProjectFile } = await import(/* webpackChunkName: "project" */ 'driftline/browser');
  for await (const folder of projectsAbove(path, files)) {
    const where = joinPath(folder, projectFile);
    const config = parseProjectFile(await files.read(where), where);
    const name = endpointOf(path, folder, config);
    const endpoint = name === undefined ? undefined : config.endpoints[name];
    if (name !== undefined && endpoint !== undefined) return { folder, name, endpoint, config };
  }
  return undefined;
}

/** The endpoint in whose capture a file lies, by its own folder where several share one; or whose monitor wrote it. */
function endpointOf(path: string, folder: string, { endpoints, monitors }: ProjectConfig): string | undefined {
  const lies = (location: string): boolean =>
    isBelow(location) && `${path}/`.startsWith(`${joinPath(folder, location)}/`);
  const captured = Object.entries(endpoints)
    .filter(([, { capture }]) => lies(capture))
    .sort(([, a], [, b]) => b.capture.length - a.capture.length)
    .map(([name]) => name);
  const written = Object.values(monitors)
    .filter(({ output }) => lies(output))
    .map(({ endpoint }) => endpoint);
  const candidates = captured.length > 0 ? captured : written;
  return candidates.find((name) => path.split('/').includes(name)) ?? candidates[0];
}

/** The columns of the endpoint's first data-quality baseline that is there. */
async function baselineColumns(
  folder: string,
  endpoint: string,
  { monitors }: ProjectConfig,
  files: ServerFiles,
): Promise<ReadonlyMap<string, ColumnType> | undefined> {
  for (const [name, monitor] of Object.entries(monitors)) {
    if (monitor.endpoint !== endpoint || monitor.type !== 'data-quality') continue;
    const location = baselineFolder(name, monitor);
    if (!isBelow(location)) continue;
    const text = await files.read(joinPath(folder, location, 'statistics.json')).catch(() => undefined);
    const parsed = text === undefined ? undefined : parseJson(text);
    if (parsed === undefined || 'error' in parsed) continue;
    const features = readFeatureStatistics(parsed.value);
    if (features.length > 0) {
      return new Map(features.map(({ name: column, inferredType }) => [column, inferredType as InferredType]));
    }
  }
  return undefined;
}

/** Where the baseline lies, made on the first run where a dataset is given. */
function baselineFolder(monitor: string, { baseline }: MonitorConfig): string {
  return typeof baseline === 'string' ? baseline : `baseline/${monitor}`;
}
