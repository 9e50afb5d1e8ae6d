import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { MonitorError } from '../errors.js';
import { parseXgboostModel } from '../models/xgboost.js';
import type { RunOptions } from '../progress.js';
import { Random } from '../stats/random.js';
import { type Census, type CensusRow, loadCensus } from './census.js';
import { projectFile, projectReadme } from './demo-texts.js';
import { incidents, weekEnd, weekStart } from './incidents.js';
import { formatProbability, type ServedHour, type ServedRow, serveWeek, uuid } from './week.js';

export interface DemoOptions extends RunOptions {
  /** An integer; the same seed writes the same bytes. Default 1. */
  readonly seed?: number;
}

/** What {@link createDemo} wrote. */
export interface DemoSummary {
  /** Absolute. */
  readonly directory: string;
  readonly captureFiles: number;
  readonly captureRecords: number;
  readonly hours: number;
  /** The first and the last moment of the capture, half-open, ISO 8601 in UTC. */
  readonly start: string;
  readonly end: string;
}

/** A file of the project: its path inside it, and its content. */
type DemoFile = readonly [path: string, content: string];

const filesPerHour = 6;
const dayMs = 86_400_000;
const hourMs = 3_600_000;

/**
 * Writes the example project into a folder: census data (UCI Adult, CC BY 4.0), a model trained on them, a week of
 * capture with five incidents, the ground truth, and the project file. All or nothing: the files appear when all of them
 * are written, `driftline.yaml` last. About 15 MB, a second or two.
 *
 * @param directory - Made where it is missing. It may hold other files.
 * @throws MonitorError `USAGE` where one of the project's own files or folders is there already.
 */
export async function createDemo(directory: string, options: DemoOptions = {}): Promise<DemoSummary> {
  const { seed = 1 } = options;
  const target = resolve(directory);
  await checkTarget(target);
  const census = await loadCensus();
  const hours = serveWeek(census, seed);
  const captures = hours.flatMap((hour) => captureFiles(hour, new Random(seed * 16 + 8 + hour.startMs / hourMs)));
  const files: DemoFile[] = [
    ...baselineFiles(census),
    ['model/census-model.json', census.model],
    ...captures,
    ...hours.map((hour) => groundTruthFile(hour)),
    ['README.md', projectReadme()],
    ['incidents.json', `${JSON.stringify(incidents, null, 2)}\n`],
    // The last one: whoever finds it finds all.
    ['driftline.yaml', projectFile(census.features)],
  ];
  await writeTogether(target, files, options);
  return {
    directory: target,
    captureFiles: captures.length,
    captureRecords: hours.reduce((sum, hour) => sum + hour.rows.length, 0),
    hours: hours.length,
    start: weekStart,
    end: weekEnd,
  };
}

const topLevel = ['baseline', 'model', 'capture', 'ground-truth', 'README.md', 'incidents.json', 'driftline.yaml'];

async function checkTarget(target: string): Promise<void> {
  await mkdir(target, { recursive: true }).catch((cause: unknown) => {
    throw new MonitorError('FILE_NOT_WRITABLE', 'The folder for the example project cannot be made.', {
      where: target,
      fix: 'name a folder that you may write to',
      cause,
    });
  });
  const taken = (await readdir(target)).filter((name) => topLevel.includes(name));
  if (taken.length === 0) return;
  throw new MonitorError('USAGE', `The folder already holds ${taken.join(', ')}.`, {
    where: target,
    fix: 'name a new folder, or delete these first',
  });
}

function baselineFiles(census: Census): DemoFile[] {
  const model = parseXgboostModel(census.model);
  const table = (
    header: readonly string[],
    rows: readonly CensusRow[],
    lead: (row: CensusRow, p: number) => string[],
  ) => {
    const probabilities = model.predict(rows.map((row) => row.cells));
    const lines = rows.map((row, index) => csvLine([...lead(row, probabilities[index]!), ...row.cells]));
    return `${[csvLine([...header, ...census.features]), ...lines].join('\n')}\n`;
  };
  const prediction = (probability: number): string => (probability >= 0.5 ? '1' : '0');
  return [
    ['baseline/training.csv', table(['probability'], census.training, (_, p) => [formatProbability(p)])],
    [
      'baseline/validation.csv',
      table(['income', 'prediction', 'probability'], census.validation, (row, p) => [
        row.income,
        prediction(p),
        formatProbability(p),
      ]),
    ],
  ];
}

/** An hour's records in a few files, each named after the time of its first record, as the service names them. */
function captureFiles(hour: ServedHour, random: Random): DemoFile[] {
  const sliceMs = hourMs / filesPerHour;
  const files: DemoFile[] = [];
  for (let slice = 0; slice < filesPerHour; slice++) {
    const rows = hour.rows.filter((row) => Math.floor((row.timeMs - hour.startMs) / sliceMs) === slice);
    const first = rows[0];
    if (first === undefined) continue;
    const name = `${new Date(first.timeMs).toISOString().slice(14, 23).replace(/[:.]/g, '-')}-${uuid(random)}.jsonl`;
    const folder = `capture/census-income/AllTraffic/${hourFolder(hour.startMs)}`;
    files.push([`${folder}/${name}`, jsonLines(rows.map(captureRecord))]);
  }
  return files;
}

/** Labels arrive a day late, in one file an hour. */
function groundTruthFile(hour: ServedHour): DemoFile {
  const collected = hour.startMs + dayMs;
  const stamp = new Date(hour.startMs).toISOString().slice(0, 13).replace(/[-T]/g, '');
  return [
    `ground-truth/census-income/${hourFolder(collected)}/labels-${stamp}.jsonl`,
    jsonLines(hour.rows.map(groundTruthRecord)),
  ];
}

/** Keys in the service's order. */
function captureRecord(row: ServedRow): unknown {
  return {
    captureData: {
      endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: csvLine(row.cells), encoding: 'CSV' },
      endpointOutput: {
        observedContentType: 'text/csv; charset=utf-8',
        mode: 'OUTPUT',
        data: row.probability,
        encoding: 'CSV',
      },
    },
    eventMetadata: {
      eventId: row.eventId,
      inferenceId: row.inferenceId,
      inferenceTime: `${new Date(row.timeMs).toISOString().slice(0, 19)}Z`,
    },
    eventVersion: '0',
  };
}

/** Its `eventId` is the captured inference id. */
function groundTruthRecord(row: ServedRow): unknown {
  return {
    groundTruthData: { data: row.label, encoding: 'CSV' },
    eventMetadata: { eventId: row.inferenceId },
    eventVersion: '0',
  };
}

function jsonLines(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

function csvLine(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}

/** `yyyy/mm/dd/hh`, UTC. */
function hourFolder(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 13).replace(/[-T]/g, '/');
}

async function writeTogether(target: string, files: readonly DemoFile[], options: DemoOptions): Promise<void> {
  const staging = await mkdtemp(join(target, '.driftline-demo-'));
  try {
    await writeFiles(staging, files, options);
    for (const name of topLevel) await rename(join(staging, name), join(target, name));
  } catch (cause) {
    if (cause instanceof MonitorError) throw cause;
    throw new MonitorError('FILE_NOT_WRITABLE', 'The example project could not be written.', {
      where: target,
      fix: 'check the free space (15 MB) and the rights on the folder',
      cause,
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function writeFiles(staging: string, files: readonly DemoFile[], options: DemoOptions): Promise<void> {
  const folders = new Set<string>();
  for (const [index, [path, content]] of files.entries()) {
    if (index % 50 === 0) {
      checkAborted(options.signal);
      options.onProgress?.({ stage: 'writing the example project', done: index, total: files.length, unit: 'files' });
    }
    const folder = dirname(join(staging, path));
    if (!folders.has(folder)) await mkdir(folder, { recursive: true });
    folders.add(folder);
    await writeFile(join(staging, path), content);
  }
  options.onProgress?.({
    stage: 'writing the example project',
    done: files.length,
    total: files.length,
    unit: 'files',
  });
}

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new MonitorError('ABORTED', 'Making the example project was stopped.');
}
