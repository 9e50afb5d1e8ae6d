import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createDemo, type DemoSummary } from '../../../kernel-lib/src/demo/demo.js';
import type { Incident } from '../../../kernel-lib/src/demo/incidents.js';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import { loadXgboostModel } from '../../../kernel-lib/src/models/xgboost.js';
import { projectSchema } from '../../../kernel-lib/src/project/project.schema.js';

interface CaptureRecord {
  readonly captureData: { readonly endpointInput: { data: string }; readonly endpointOutput: { data: string } };
  readonly eventMetadata: { readonly eventId: string; readonly inferenceId: string; readonly inferenceTime: string };
}

/** A column of text cells. */
type Column = readonly string[];

const folder = mkdtempSync(join(tmpdir(), 'driftline-demo-test-'));
const project = join(folder, 'project');
let summary: DemoSummary;
let features: readonly string[];
let baseline: ReadonlyMap<string, Column>;
let records: readonly (CaptureRecord & { readonly path: string })[];
let labels: ReadonlyMap<string, { readonly label: string; readonly path: string }>;
let incidents: readonly Incident[];

beforeAll(async () => {
  summary = await createDemo(project);
  const [header = '', ...lines] = read('baseline/training.csv').trimEnd().split('\n');
  const names = header.split(',');
  features = names.slice(1);
  baseline = columnsOf(
    names,
    lines.map((line) => line.split(',')),
  );
  records = filesBelow('capture').flatMap((path) =>
    linesOf(path).map((line) => ({ ...(JSON.parse(line) as CaptureRecord), path })),
  );
  labels = new Map(
    filesBelow('ground-truth').flatMap((path) =>
      linesOf(path).map((line) => {
        const record = JSON.parse(line) as { groundTruthData: { data: string }; eventMetadata: { eventId: string } };
        return [record.eventMetadata.eventId, { label: record.groundTruthData.data, path }] as const;
      }),
    ),
  );
  incidents = JSON.parse(read('incidents.json')) as Incident[];
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(path: string): string {
  return readFileSync(join(project, path), 'utf8');
}

function filesBelow(path: string, root = project): string[] {
  return readdirSync(join(root, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}

function linesOf(path: string): string[] {
  const content = read(path);
  expect(content.endsWith('\n')).toBe(true);
  return content.slice(0, -1).split('\n');
}

function columnsOf(names: readonly string[], rows: readonly (readonly string[])[]): Map<string, Column> {
  return new Map(names.map((name, index) => [name, rows.map((row) => row[index]!)]));
}

function cellsOf(record: CaptureRecord): string[] {
  return [record.captureData.endpointOutput.data, ...record.captureData.endpointInput.data.split(',')];
}

/** The columns of what was captured in a window. */
function window(start: string, end: string): ReadonlyMap<string, Column> {
  const inside = records.filter(
    ({ eventMetadata: { inferenceTime } }) => start <= inferenceTime && inferenceTime < end,
  );
  return columnsOf(['probability', ...features], inside.map(cellsOf));
}

function day(date: string): ReadonlyMap<string, Column> {
  return window(`${date}T00:00:00Z`, `${date}T99`);
}

function isNumeric(name: string): boolean {
  return baseline.get(name)!.every((cell) => /^[0-9.]+$/.test(cell));
}

/** Largest gap between the empirical distribution functions of numbers, or between the shares of categories. */
function distance(name: string, current: Column): number {
  const [a, b] = [baseline.get(name)!, current];
  const numeric = isNumeric(name);
  const jumps = new Map<string, number>();
  for (const cell of a) jumps.set(cell, (jumps.get(cell) ?? 0) + 1 / a.length);
  for (const cell of b) jumps.set(cell, (jumps.get(cell) ?? 0) - 1 / b.length);
  if (!numeric) return Math.max(...[...jumps.values()].map(Math.abs));
  let [gap, largest] = [0, 0];
  for (const [, jump] of [...jumps].sort(([x], [y]) => Number(x) - Number(y))) {
    gap += jump;
    largest = Math.max(largest, Math.abs(gap));
  }
  return largest;
}

function share(column: Column, holds: (cell: string) => boolean): number {
  return column.filter(holds).length / column.length;
}

function incident(id: string): Incident {
  return incidents.find((candidate) => candidate.id === id)!;
}

describe('createDemo()', () => {
  it('says what it wrote', () => {
    expect(summary).toEqual({
      directory: project,
      captureFiles: filesBelow('capture').length,
      captureRecords: records.length,
      hours: 168,
      start: '2026-03-02T00:00:00Z',
      end: '2026-03-09T00:00:00Z',
    });
    expect(records.length).toBeGreaterThan(15_000);
    expect(records.length).toBeLessThan(20_000);
  });

  it('writes the same bytes for the same seed, and others for another', async () => {
    const digest = (root: string): string => {
      const hash = createHash('sha256');
      for (const path of filesBelow('.', root)) hash.update(path).update(readFileSync(join(root, path)));
      return hash.digest('hex');
    };
    const [again, other] = [join(folder, 'again'), join(folder, 'other')];
    await createDemo(again);
    await createDemo(other, { seed: 2 });
    expect(digest(again)).toBe(digest(project));
    expect(digest(other)).not.toBe(digest(project));
  });

  it('writes a project file that fits the schema and names the columns in the order of the baseline', () => {
    const config = projectSchema.parse(parse(read('driftline.yaml')));
    const endpoint = config.endpoints['census-income']!;
    expect([...(endpoint.columns?.output ?? []), ...(endpoint.columns?.input ?? [])]).toEqual([...baseline.keys()]);
    expect(config.monitors['census-data-quality']).toEqual({
      type: 'data-quality',
      endpoint: 'census-income',
      baseline: { dataset: 'baseline/training.csv' },
      schedule: 'cron(0 0 ? * * *)',
      output: 'reports',
    });
    for (const path of [endpoint.capture, endpoint['ground-truth']!, 'baseline']) {
      expect(filesBelow(path).length).toBeGreaterThan(0);
    }
    expect(() => loadXgboostModel(JSON.parse(read(endpoint.model!)))).not.toThrow();
  });

  it('names source and licence of the data in the README', () => {
    expect(read('README.md')).toContain('10.24432/C5XW20');
    expect(read('README.md')).toContain('Creative Commons Attribution 4.0');
  });

  it('leaves nothing of its own behind when it is stopped', async () => {
    const stop = new AbortController();
    const target = join(folder, 'stopped');
    const running = createDemo(target, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(running).rejects.toMatchObject({ code: 'ABORTED' });
    expect(readdirSync(target)).toEqual([]);
  });

  it('writes beside files that are not its own, and touches none that might be', async () => {
    const target = join(folder, 'used');
    mkdirSync(target);
    writeFileSync(join(target, 'notes.txt'), 'mine');
    await createDemo(target);
    expect(readFileSync(join(target, 'notes.txt'), 'utf8')).toBe('mine');
    writeFileSync(join(target, 'driftline.yaml'), 'edited');
    const error = await createDemo(target).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MonitorError);
    expect(error).toMatchObject({ code: 'USAGE', where: target });
    expect(readFileSync(join(target, 'driftline.yaml'), 'utf8')).toBe('edited');
  });

  it('reports progress up to the last file', async () => {
    const seen: { done: number; total?: number }[] = [];
    await createDemo(join(folder, 'watched'), { onProgress: (progress) => seen.push(progress) });
    expect(seen[0]?.done).toBe(0);
    expect(seen.at(-1)?.done).toBe(seen.at(-1)?.total);
  });
});

describe('the capture of the example project', () => {
  it('has the keys of the service, in its order', () => {
    const line = linesOf(filesBelow('capture')[0]!)[0]!;
    expect(line).toMatch(
      /^\{"captureData":\{"endpointInput":\{"observedContentType":"text\/csv","mode":"INPUT","data":"[^"]*","encoding":"CSV"\},"endpointOutput":\{"observedContentType":"text\/csv; charset=utf-8","mode":"OUTPUT","data":"0\.\d{6}","encoding":"CSV"\}\},"eventMetadata":\{"eventId":"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}","inferenceId":"census-\d{6}","inferenceTime":"[^"]+"\},"eventVersion":"0"\}$/,
    );
  });

  it('files every record under its hour, after the moment in the name of its file', () => {
    for (const { path, eventMetadata } of records) {
      const [, date, clock] = /AllTraffic\/(\d{4}\/\d\d\/\d\d\/\d\d)\/(\d\d-\d\d)-\d{3}-[0-9a-f-]{36}\.jsonl$/.exec(
        path,
      )!;
      const { inferenceTime } = eventMetadata;
      expect(inferenceTime.slice(0, 13).replace(/[-T]/g, '/')).toBe(date);
      expect(clock! <= inferenceTime.slice(14, 19).replace(':', '-')).toBe(true);
    }
  });

  it('has traffic in every hour, most of it by day', () => {
    const perHour = new Map<string, number>();
    for (const { eventMetadata } of records) {
      const hour = eventMetadata.inferenceTime.slice(0, 13);
      perHour.set(hour, (perHour.get(hour) ?? 0) + 1);
    }
    expect(perHour.size).toBe(168);
    expect(Math.min(...perHour.values())).toBeGreaterThanOrEqual(40);
    expect(Math.max(...perHour.values())).toBeLessThanOrEqual(180);
    expect(perHour.get('2026-03-03T14')!).toBeGreaterThan(1.5 * perHour.get('2026-03-03T02')!);
  });

  it('names every request once', () => {
    expect(new Set(records.map((record) => record.eventMetadata.eventId)).size).toBe(records.length);
    expect(new Set(records.map((record) => record.eventMetadata.inferenceId)).size).toBe(records.length);
  });

  it('answers each row, as it arrived, with the prediction of the model', () => {
    const model = loadXgboostModel(JSON.parse(read('model/census-model.json')));
    const predicted = model.predict(records.map((record) => cellsOf(record).slice(1)));
    const answered = records.map((record) => record.captureData.endpointOutput.data);
    expect(answered).toEqual(Array.from(predicted, (probability) => probability.toFixed(6)));
  });

  it('gets one label for every request, a day later', () => {
    expect(labels.size).toBe(records.length);
    for (const { eventMetadata } of records) {
      const collected = new Date(Date.parse(eventMetadata.inferenceTime) + 86_400_000).toISOString();
      const { label, path } = labels.get(eventMetadata.inferenceId)!;
      expect(path).toContain(`ground-truth/census-income/${collected.slice(0, 13).replace(/[-T]/g, '/')}/labels-`);
      expect(label).toMatch(/^[01]$/);
    }
  });
});

describe('the quiet days of the example project', () => {
  it('end when the first incident begins', () => {
    expect(incidents.map(({ start }) => start).sort()[0]).toBe('2026-03-04T06:00:00Z');
  });

  it.each(['2026-03-02', '2026-03-03'])('stay far below every drift threshold: %s', (date) => {
    // Thresholds are 0.1. Sampling alone gives about 0.03 for a day of 2,700 rows.
    for (const [name, column] of day(date)) expect(distance(name, column), name).toBeLessThan(0.05);
  });

  it.each(['2026-03-02', '2026-03-03'])('hold complete cells of the baseline types and categories: %s', (date) => {
    for (const [name, column] of day(date)) {
      const known = new Set(baseline.get(name));
      const pattern = name === 'probability' ? /^0\.\d{6}$/ : /^\d+$/;
      const fits = isNumeric(name) ? (cell: string) => pattern.test(cell) : (cell: string) => known.has(cell);
      expect(
        column.filter((cell) => !fits(cell)),
        name,
      ).toEqual([]);
    }
  });

  it('have a baseline of whole numbers, and a probability with a point in every row', () => {
    for (const [name, column] of baseline) {
      if (!isNumeric(name)) continue;
      const pattern = name === 'probability' ? /^[01]\.\d{6}$/ : /^\d+$/;
      expect(column.every((cell) => pattern.test(cell))).toBe(true);
    }
    expect([...baseline.keys()].filter(isNumeric)).toHaveLength(7);
  });
});

describe('the incidents of the example project', () => {
  const hours = 'hours-per-week';

  it('unit-error multiplies the hours of all rows by 60, from its first hour to its last', () => {
    const { start, end, size } = incident('unit-error');
    const inside = window(start, end).get(hours)!;
    expect(inside.every((cell) => Number(cell) % size === 0)).toBe(true);
    expect(Math.max(...window('2026-03-02', start).get(hours)!.map(Number))).toBeLessThanOrEqual(99);
    expect(Math.max(...window(end, '2026-03-10').get(hours)!.map(Number))).toBeLessThanOrEqual(99);
    expect(distance(hours, day('2026-03-04').get(hours)!)).toBeGreaterThan(0.5);
    expect(distance(hours, day('2026-03-05').get(hours)!)).toBeGreaterThan(0.5);
  });

  it('new-category brings a workclass the baseline has not, in too few rows to drift', () => {
    const { start, size } = incident('new-category');
    expect(new Set(baseline.get('workclass'))).not.toContain('Gig');
    expect(window('2026-03-02', start).get('workclass')).not.toContain('Gig');
    const workclass = window(start, '2026-03-10').get('workclass')!;
    const gig = share(workclass, (cell) => cell === 'Gig');
    expect(gig / (gig + share(workclass, (cell) => cell === 'Private'))).toBeCloseTo(size, 1.5);
    expect(distance('workclass', day('2026-03-05').get('workclass')!)).toBeLessThan(0.1);
  });

  it('missing-values empties the occupation', () => {
    const { start, size } = incident('missing-values');
    expect(window('2026-03-02', start).get('occupation')).not.toContain('');
    expect(share(window(start, '2026-03-10').get('occupation')!, (cell) => cell === '')).toBeCloseTo(size, 1.5);
  });

  it('younger-population moves age by the size it says', () => {
    const { start, size } = incident('younger-population');
    const ages = window(start, '2026-03-10').get('age')!;
    expect(Math.abs(distance('age', ages) - size)).toBeLessThan(0.03);
    expect(distance('age', window('2026-03-02', start).get('age')!)).toBeLessThan(0.02);
  });

  it('group-gets-worse turns labels of women only, and none before it starts', () => {
    const { start } = incident('group-gets-worse');
    const sex = features.indexOf('sex') + 1;
    const positive = (group: string, from: string, to: string): number => {
      const inside = records.filter(
        (record) =>
          cellsOf(record)[sex] === group &&
          from <= record.eventMetadata.inferenceTime &&
          record.eventMetadata.inferenceTime < to,
      );
      return (
        inside.filter((record) => labels.get(record.eventMetadata.inferenceId)!.label === '1').length / inside.length
      );
    };
    const [before, after] = ['2026-03-06T00:00:00Z', '2026-03-10'];
    expect(positive('Female', start, after) - positive('Female', before, start)).toBeGreaterThan(0.15);
    expect(Math.abs(positive('Male', start, after) - positive('Male', before, start))).toBeLessThan(0.05);
  });

  it('move no column past the drift threshold that incidents.json does not name', () => {
    for (const date of ['2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08']) {
      const active = incidents.filter(({ start, end }) => start < `${date}T99` && end > `${date}T00:00:00Z`);
      const named = active.flatMap((entry) => [...entry.checks.map(({ feature }) => feature), ...entry.alsoMoves]);
      for (const [name, column] of day(date)) {
        const present = column.filter((cell) => cell !== '');
        if (!named.includes(name)) expect(distance(name, present), `${date} ${name}`).toBeLessThan(0.09);
      }
    }
  });

  it('come in the order of their start and end within the week', () => {
    const starts = incidents.map(({ start }) => start);
    expect(starts).toEqual([...starts].sort());
    for (const { start, end } of incidents) {
      expect(start < end).toBe(true);
      expect(end <= summary.end).toBe(true);
    }
  });
});
