import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../kernel-lib/src/monitor/model-explainability/explain-dataset.js';
import { driftline, type Ended, root, temporaryFolder } from '../support/driftline.js';

interface Golden {
  readonly features: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly contributions: readonly (readonly number[])[];
}

const golden = JSON.parse(readFileSync(path.join(root, 'test/golden/explain/validation.json'), 'utf8')) as Golden;
const folder = temporaryFolder();
const at = (...names: string[]): string => path.join(folder, ...names);
const model = 'census/model/census-model.json';
const validation = 'census/baseline/validation.csv';

function explain(dataset: string, output: string, ...more: string[]): Promise<Ended> {
  return driftline(['explain', '--model', model, '--dataset', dataset, '--output', output, ...more], { cwd: folder });
}

function lines(name: string): string[] {
  return readFileSync(at(name), 'utf8').trimEnd().split('\n');
}

function largestDifference(table: readonly string[]): number {
  const found = table.slice(1, golden.rows.length + 1).map((line) => line.split(',').map(Number));
  expect(found.map((row) => row.length)).toEqual(golden.contributions.map((row) => row.length));
  return Math.max(...golden.contributions.flatMap((row, i) => row.map((value, j) => Math.abs(value - found[i]![j]!))));
}

// XGBoost adds up in single precision.
const tolerance = 5e-6;

beforeAll(async () => {
  await driftline(['demo', at('census'), '--quiet']);
  writeFileSync(at('headless.csv'), golden.rows.map((row) => `${row.join(',')}\n`).join(''));
  const objects = golden.rows.map((row) =>
    Object.fromEntries(golden.features.map((name, i) => [name, typed(row[i]!)])),
  );
  writeFileSync(at('rows.jsonl'), objects.map((object) => `${JSON.stringify(object)}\n`).join(''));
  const engine = await (await DuckDBInstance.create()).connect();
  await engine.run(`COPY (SELECT * FROM read_json('${at('rows.jsonl')}')) TO '${at('rows.parquet')}' (FORMAT parquet)`);
  engine.closeSync();
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function capturedRecords(day: string, hours: number): { eventId: string; time: string; probability: number }[] {
  return Array.from({ length: hours }, (_, hour) => path.join(day, String(hour).padStart(2, '0'))).flatMap((hour) =>
    readdirSync(at(hour))
      .sort()
      .flatMap((file) => lines(path.join(hour, file)))
      .map((line) => {
        const { captureData, eventMetadata } = JSON.parse(line);
        return {
          eventId: eventMetadata.eventId,
          time: eventMetadata.inferenceTime,
          probability: Number(captureData.endpointOutput.data),
        };
      }),
  );
}

function typed(cell: string): string | number | null {
  if (cell === '') return null;
  return Number.isNaN(Number(cell)) ? cell : Number(cell);
}

describe('driftline explain', () => {
  it('writes the contributions of XGBoost for the validation data of the example project, a line for each row', async () => {
    const { code, out, error } = await explain(validation, 'out.csv');
    expect([code, error]).toEqual([0, '']);
    const table = lines('out.csv');
    expect(table[0]).toBe([...golden.features, 'expected_value'].join(','));
    expect(table.length).toBe(lines(validation).length);
    expect(largestDifference(table)).toBeLessThan(tolerance);
    expect(out).toContain(
      `${(table.length - 1).toLocaleString('en-US')} rows explained by exact TreeSHAP, path-dependent: out.csv`,
    );
    expect(out).toMatch(/\nmarital-status +0\.\d+\nage +0\.\d+\n/);
    expect(out).toMatch(/add up to the model's margin within \d(\.\d)?e-\d/);
  });

  it('explains so that each line sums to the log-odds of the captured probability', async () => {
    await explain(validation, 'sums.csv', '--quiet');
    const probabilities = lines(validation)
      .slice(1)
      .map((line) => Number(line.split(',')[2]));
    for (const [row, line] of lines('sums.csv').slice(1).entries()) {
      const margin = line.split(',').reduce((sum, cell) => sum + Number(cell), 0);
      // The example project writes six decimals.
      expect(Math.abs(1 / (1 + Math.exp(-margin)) - probabilities[row]!)).toBeLessThan(1e-6);
    }
  });

  it.each(['headless.csv', 'rows.jsonl', 'rows.parquet'])('reads the same rows from %s', async (dataset) => {
    const { code, error } = await explain(dataset, `${dataset}.out.csv`);
    expect([code, error]).toEqual([0, '']);
    expect(largestDifference(lines(`${dataset}.out.csv`))).toBeLessThan(tolerance);
  });

  it('prints the result as JSON, features in the order of the model', async () => {
    const { out, error } = await explain('headless.csv', 'json.csv', '--json');
    const explanation = JSON.parse(out) as Explanation;
    expect(error).toBe('');
    expect(explanation).toMatchObject({ output: 'json.csv', rows: 50, matchedBy: 'position', unreadLines: 0 });
    expect(explanation.features.map(({ feature }) => feature)).toEqual(golden.features);
    for (const [column, { meanAbs }] of explanation.features.entries()) {
      const mean = golden.contributions.reduce((sum, row) => sum + Math.abs(row[column]!), 0) / 50;
      expect(Math.abs(meanAbs - mean)).toBeLessThan(tolerance);
    }
    expect(Math.abs(explanation.expectedValues[0]! - golden.contributions[0]!.at(-1)!)).toBeLessThan(tolerance);
    expect(explanation.worstAdditivityError).toBeLessThan(tolerance);
  });

  it('writes Parquet with the same numbers, by its extension', async () => {
    await explain('headless.csv', 'same.csv', '--quiet');
    const { code, error } = await explain('headless.csv', 'same.parquet', '--quiet');
    expect([code, error]).toEqual([0, '']);
    const engine = await (await DuckDBInstance.create()).connect();
    const reader = await engine.runAndReadAll(`SELECT * FROM read_parquet('${at('same.parquet')}')`);
    expect(reader.columnNames()).toEqual([...golden.features, 'expected_value']);
    const rows = lines('same.csv').slice(1);
    expect(reader.getRows()).toEqual(rows.map((line) => line.split(',').map(Number)));
    engine.closeSync();
    expect(readdirSync(folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  it("explains captured requests of a window in their order, with each record's id and time where asked", async () => {
    const window = ['--start', '2026-03-05T00:00:00Z', '--end', '2026-03-05T06:00:00Z'];
    const { code } = await explain('census/capture', 'captured.csv', '--ids', '--quiet', ...window);
    expect(code).toBe(0);
    const [header, ...rows] = lines('captured.csv').map((line) => line.split(','));
    expect(header).toEqual(['event_id', 'time', ...golden.features, 'expected_value']);
    const captured = capturedRecords('census/capture/census-income/AllTraffic/2026/03/05', 6);
    expect(rows.map(([id]) => id)).toEqual(captured.map(({ eventId }) => eventId));
    for (const [index, [, time, ...cells]] of rows.entries()) {
      expect(Date.parse(time!)).toBe(Date.parse(captured[index]!.time));
      const margin = cells.reduce((sum, cell) => sum + Number(cell), 0);
      expect(Math.abs(1 / (1 + Math.exp(-margin)) - captured[index]!.probability)).toBeLessThan(1e-6);
    }
    await explain('census/capture', 'without.csv', '--quiet', ...window);
    expect(lines('without.csv').slice(1)).toEqual(rows.map((cells) => cells.slice(2).join(',')));
  });

  it('gives the same bytes on every number of threads', async () => {
    // More rows than are explained before threads are started.
    const [header, ...rows] = lines(validation);
    writeFileSync(at('long.csv'), `${[header, ...rows, ...rows, ...rows, ...rows].join('\n')}\n`);
    const hashes = [];
    for (const threads of ['1', '2', '3']) {
      const { code, error } = await explain('long.csv', `threads-${threads}.csv`, '--quiet', '--threads', threads);
      expect([code, error]).toEqual([0, '']);
      hashes.push(
        createHash('sha256')
          .update(readFileSync(at(`threads-${threads}.csv`)))
          .digest('hex'),
      );
    }
    expect(new Set(hashes).size).toBe(1);
    expect(lines('threads-1.csv').length).toBe(4 * rows.length + 1);
  });

  it('says how many lines could not be read, and explains the others', async () => {
    writeFileSync(at('broken.csv'), `${golden.features.join(',')}\n${golden.rows[0]!.join(',')}\n1,2,3\n`);
    const { code, out, error } = await explain('broken.csv', 'broken-out.csv');
    expect(code).toBe(0);
    expect(out).toContain('1 row explained');
    expect(error).toMatch(
      /^1 line could not be read and were left out; the first: .*broken\.csv:3 has 3 columns, expected 14\n$/,
    );
    expect(lines('broken-out.csv').length).toBe(2);
  });
});

describe('driftline explain of models that are asked', () => {
  /** Log-odds of two numbers and a text; with `failing` it fails from its so-manieth call on. */
  const module = (failing: string): string => `
    import { existsSync } from 'node:fs';
    let calls = 0;
    export default async (rows) => {
      calls++;
      if (${failing}) throw new Error('the endpoint is gone');
      return rows.map((row) => {
        if (typeof row.age !== 'number') throw new Error('age is no number: ' + row.age);
        return 0.5 + 0.004 * row.age * (row.sex === 'Male' ? 1 : 0.5) - 0.002 * row.hours;
      });
    };
  `;
  const rows = Array.from({ length: 120 }, (_, row) => [
    20 + (row % 50),
    row % 3 === 0 ? 'Male' : 'Female',
    30 + (row % 7),
  ]);

  beforeAll(() => {
    writeFileSync(at('asked.csv'), `age,sex,hours\n${rows.map((row) => row.join(',')).join('\n')}\n`);
    writeFileSync(at('background.csv'), 'age,sex,hours\n40,Female,40\n');
    writeFileSync(at('good.mjs'), module('false'));
    writeFileSync(at('failing.mjs'), module("!existsSync('mended') && calls > 5"));
  });

  const asked = (name: string, output: string, ...more: string[]): Promise<Ended> => {
    const args = ['--model', name, '--dataset', 'asked.csv', '--background', 'background.csv', '--output', output];
    return driftline(['explain', ...args, ...more], { cwd: folder });
  };

  it('gives exact Shapley values where all coalitions are asked about', async () => {
    const { code, out } = await asked('good.mjs', 'asked-out.csv');
    expect(code).toBe(0);
    expect(out).toContain('120 rows explained by Kernel SHAP, 6 coalitions, which are all');
    const table = lines('asked-out.csv').map((line) => line.split(','));
    expect(table[0]).toEqual(['age', 'sex', 'hours', 'expected_value']);
    for (const [index, [age, sex, hours]] of rows.entries()) {
      const found = table[index + 1]!.map(Number);
      const value = (years: number, male: boolean): number => 0.004 * years * (male ? 1 : 0.5);
      const [own, male] = [Number(age), sex === 'Male'];
      // Both orders of age and sex, from 40 and Female.
      const byAge = (value(own, false) - value(40, false) + value(own, male) - value(40, male)) / 2;
      const bySex = (value(40, male) - value(40, false) + value(own, male) - value(own, false)) / 2;
      const expected = [byAge, bySex, -0.002 * (Number(hours) - 40), 0.5 + value(40, false) - 0.08];
      for (const [column, number] of expected.entries()) expect(found[column]).toBeCloseTo(number, 12);
    }
  });

  it('keeps what was explained when the model fails, and goes on from there', async () => {
    const failed = await asked('failing.mjs', 'resumed.csv');
    expect(failed.code).toBe(3);
    expect(failed.error).toMatch(/the endpoint is gone.* \d+ rows were explained and are kept\./);
    expect(failed.error).toContain('run the same command again');
    expect(existsSync(at('resumed.csv'))).toBe(false);
    const kept = lines('resumed.csv.partial').length;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(rows.length);
    writeFileSync(at('mended'), '');
    const { code, out } = await asked('failing.mjs', 'resumed.csv');
    expect(code).toBe(0);
    expect(out).toContain(`${kept} rows of them by an earlier run.`);
    expect(readFileSync(at('resumed.csv'), 'utf8')).toBe(readFileSync(at('asked-out.csv'), 'utf8'));
    expect(readdirSync(folder).filter((name) => name.includes('.partial'))).toEqual([]);
  });

  it('begins anew where the input is another', async () => {
    rmSync(at('mended'));
    expect((await asked('failing.mjs', 'other.csv')).code).toBe(3);
    writeFileSync(at('mended'), '');
    const { code, out } = await asked('failing.mjs', 'other.csv', '--seed', '7');
    expect(code).toBe(0);
    expect(out).not.toContain('by an earlier run');
  });
});

describe('driftline explain refuses', () => {
  const refused = async (dataset: string, output: string, ...more: string[]): Promise<Ended> => {
    const ended = await explain(dataset, output, ...more);
    expect(ended.out).toBe('');
    expect(existsSync(at(output))).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
    return ended;
  };

  it('data without a column of the model, and names it', async () => {
    const kept = golden.features.slice(2);
    writeFileSync(
      at('absent.csv'),
      `${kept.join(',')}\n${golden.rows.map((row) => row.slice(2).join(',')).join('\n')}\n`,
    );
    const { code, error } = await refused('absent.csv', 'refused.csv');
    expect(code).toBe(2);
    expect(error).toContain('The model asks for age, workclass, which the data lack.');
  });

  it('text in a numeric column half-way, with file, row and column, and leaves no file', async () => {
    const rows = golden.rows.map((row, index) => (index === 30 ? ['old', ...row.slice(1)] : row));
    writeFileSync(at('text.csv'), `${[golden.features, ...rows].map((row) => row.join(',')).join('\n')}\n`);
    const { code, error } = await refused('text.csv', 'refused.csv');
    expect(code).toBe(3);
    expect(error).toContain('The model takes a number for "age", not "old".\n  at: text.csv, row 31, column "age"');
  });

  it('data without names and with another number of columns', async () => {
    writeFileSync(at('narrow.csv'), golden.rows.map((row) => `${row.slice(1).join(',')}\n`).join(''));
    const { code, error } = await refused('narrow.csv', 'refused.csv', '--no-header');
    expect(code).toBe(3);
    expect(error).toContain('The data have no names, the number of columns is 13, and the model takes 14.');
  });

  it('a dataset without rows', async () => {
    writeFileSync(at('empty.csv'), `${golden.features.join(',')}\n`);
    const { code, error } = await refused('empty.csv', 'refused.csv');
    expect(code).toBe(3);
    expect(error).toContain('The dataset has no rows.');
  });

  it.each([
    ['a JSON file that is no model', 'census/incidents.json', 'This is not an XGBoost model: "learner" is missing.', 3],
    ['a model that is not there', 'absent.json', 'There is no such file.', 2],
  ])('%s', async (_, name, what, exitCode) => {
    const args = ['explain', '--model', name, '--dataset', validation, '--output', 'refused.csv'];
    const { code, error } = await driftline(args, { cwd: folder });
    expect(code).toBe(exitCode);
    expect(error).toContain(what);
    expect(error).toContain(name);
  });

  it('JSON Lines as output', async () => {
    const { code, error } = await refused(validation, 'out.jsonl');
    expect(code).toBe(2);
    expect(error).toContain('Attributions are written as CSV or Parquet.');
  });

  it('an explainer that is not for the model', async () => {
    const { code, error } = await refused(validation, 'refused.csv', '--explainer', 'linear');
    expect(code).toBe(2);
    expect(error).toContain('The explainer "linear" is not for this model, which is trees.');
  });

  it('to write over the data', async () => {
    const before = readFileSync(at('headless.csv'), 'utf8');
    const { code, error } = await explain('headless.csv', './headless.csv');
    expect(code).toBe(2);
    expect(error).toContain('The output is a file of the dataset.');
    expect(readFileSync(at('headless.csv'), 'utf8')).toBe(before);
  });
});
