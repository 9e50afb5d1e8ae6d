import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../kernel-lib/src/report/report.js';
import { driftline, type Ended, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const at = (...names: string[]): string => path.join(folder, ...names);
const env = { DRIFTLINE_CACHE: at('cache') };
const run = (...args: string[]): Promise<Ended> => driftline(args, { cwd: folder, env });

interface Person {
  readonly age: number;
  readonly income: number;
  readonly job: string | null;
}

const trained: Person[] = Array.from({ length: 2000 }, (_, i) => ({
  age: 18 + ((i * 37) % 63),
  income: ((i * 7919) % 5000) + 0.25,
  job: i % 10 === 0 ? null : ['clerk', 'nurse', '医者'][i % 3]!,
}));
const older: Person[] = trained.slice(0, 1000).map((row) => ({ ...row, age: row.age + 30 }));

function csv(rows: readonly Person[]): string {
  return ['age,income,job', ...rows.map(({ age, income, job }) => `${age},${income},${job ?? ''}`), ''].join('\n');
}

function json(...names: string[]): { readonly violations: readonly Record<string, string>[] } {
  return JSON.parse(readFileSync(at(...names), 'utf8'));
}

beforeAll(async () => {
  const engine = await (await DuckDBInstance.create()).connect();
  for (const [name, rows] of [
    ['trained', trained],
    ['older', older],
  ] as const) {
    writeFileSync(at(`${name}.csv`), csv(rows));
    writeFileSync(at(`${name}.jsonl`), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const source = `read_json('${at(`${name}.jsonl`)}', columns = {age: 'INTEGER', income: 'DOUBLE', job: 'VARCHAR'})`;
    await engine.run(`COPY (SELECT * FROM ${source}) TO '${at(`${name}.parquet`)}' (FORMAT parquet)`);
  }
  engine.closeSync();
  await run('baseline', 'data-quality', '--dataset', 'trained.csv', '--output', 'baseline', '--quiet');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const check = (current: string, ...more: string[]): Promise<Ended> =>
  run('check', 'data-quality', '--current', current, '--baseline', 'baseline', '--output', 'report', ...more);

describe.each(['csv', 'jsonl', 'parquet'])('a dataset in %s', (format) => {
  it('makes a baseline, passes against itself with 0, and is violated with 1 by other data', async () => {
    const baseline = at(`baseline-${format}`);
    const made = await run('baseline', 'data-quality', '--dataset', `trained.${format}`, '--output', baseline);
    expect([made.code, made.error]).toEqual([0, '']);
    expect(made.out).toContain('2,000 rows and 3 columns');
    expect(readdirSync(baseline).sort()).toEqual([
      'constraints.json',
      'driftline.json',
      'profile.json',
      'statistics.json',
    ]);
    const places = (current: string): string[] => ['--current', current, '--baseline', baseline, '--output', 'out'];

    const same = await run('check', 'data-quality', ...places(`trained.${format}`));
    expect([same.code, same.error]).toEqual([0, '']);
    expect(json('out', 'constraint_violations.json').violations).toEqual([]);

    const moved = await run('check', 'data-quality', ...places(`older.${format}`));
    expect([moved.code, moved.error]).toEqual([1, '']);
    expect(json('out', 'constraint_violations.json').violations).toEqual([
      {
        feature_name: 'age',
        constraint_check_type: 'baseline_drift_check',
        description: expect.stringMatching(/^Baseline drift distance: 0\.\d+ exceeds threshold: 0\.1$/),
      },
    ]);
  });

  it('has the same statistics and constraints as the other formats', async () => {
    for (const name of ['statistics.json', 'constraints.json']) {
      expect(readFileSync(at(`baseline-${format}`, name), 'utf8')).toBe(readFileSync(at('baseline', name), 'utf8'));
    }
  });
});

describe('output', () => {
  it('of a check goes to standard output in words, and names the files', async () => {
    const { out, error } = await check('older.csv');
    expect(error).toBe('');
    expect(out).toMatch(/^Data quality {2}1 violation\n/);
    expect(out).toContain('Files: report');
    expect(readdirSync(at('report')).sort()).toEqual([
      'constraint_violations.json',
      'profile.json',
      'report.html',
      'report.json',
      'statistics.json',
    ]);
    expect(statSync(at('report', 'report.html')).size).toBeLessThan(1e6);
  });

  it('with --quiet is nothing, and the exit code says it', async () => {
    expect(await check('older.csv', '--quiet')).toEqual({ code: 1, out: '', error: '' });
    expect(await check('trained.csv', '--quiet')).toEqual({ code: 0, out: '', error: '' });
  });

  it('with --json is the report and nothing else', async () => {
    const { out, code } = await check('older.csv', '--json', '--quiet');
    const report = JSON.parse(out) as Report;
    expect(code).toBe(1);
    expect(report).toEqual(JSON.parse(readFileSync(at('report', 'report.json'), 'utf8')));
    expect(report.violations.map(({ feature }) => feature)).toEqual(['age']);
    expect(out).not.toMatch(/NaN|[^L]Infinity/);
  });

  it('of profile with --json is statistics.json', async () => {
    const { out } = await run('profile', 'trained.csv', '--json');
    expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(at('baseline', 'statistics.json'), 'utf8')));
  });

  it('of report is a page that stands alone', async () => {
    await check('older.csv', '--quiet');
    const { code } = await run('report', 'report', '--output', 'page.html', '--quiet');
    const page = readFileSync(at('page.html'), 'utf8');
    expect(code).toBe(0);
    expect(page).toBe(readFileSync(at('report', 'report.html'), 'utf8'));
    expect(page).not.toMatch(/<script|src="http|href="http/);
  });

  it('shows control characters of the data instead of sending them to the terminal', async () => {
    writeFileSync(
      at('hostile.jsonl'),
      `{"a\\u001b[31m": 1}\n{"a\\u001b[31m": "\\u001b]0;x\\u0007"}\n{broken\u001b[2J\n`,
    );
    const shown = await run('profile', 'hostile.jsonl');
    expect(shown.code).toBe(0);
    expect(shown.out + shown.error).not.toContain('\u001b');
    const refused = await run('profile', 'no\u001b[31mfile.csv');
    expect(refused.code).toBe(2);
    expect(refused.error).not.toContain('\u001b');
  });
});

describe('the baseline of a check', () => {
  it('may be two files, which are judged by the rule of the service', async () => {
    const files = [
      '--statistics',
      at('baseline', 'statistics.json'),
      '--constraints',
      at('baseline', 'constraints.json'),
    ];
    const { out, code } = await run('check', 'data-quality', '--current', 'older.csv', ...files, '--output', 'report');
    expect(code).toBe(1);
    expect(out).toMatch(/Rule +threshold/);
  });

  it('may be constraints alone: distributions are left out, and that is said', async () => {
    const file = ['--constraints', at('baseline', 'constraints.json')];
    const { out, code } = await run('check', 'data-quality', '--current', 'older.csv', ...file, '--output', 'report');
    expect(code).toBe(0);
    expect(out).toMatch(/no statistics of the baseline|without statistics|distribution checks are left out/i);
  });

  it('is edited by hand: an override of one feature decides, keys that are not known change nothing', async () => {
    const constraints = JSON.parse(readFileSync(at('baseline', 'constraints.json'), 'utf8'));
    constraints.features[0].monitoringConfigOverrides = { distribution_constraints: { comparison_threshold: 0.9 } };
    constraints.features[0].note_of_ours = { since: 2026 };
    writeFileSync(at('edited.json'), JSON.stringify(constraints));
    const { code } = await check('older.csv', '--constraints', 'edited.json', '--quiet');
    expect(code).toBe(0);
  });

  it('decides by the rule in driftline.json unless --rule says otherwise', async () => {
    expect((await check('older.csv')).out).toMatch(/Rule +significant, from driftline.json/);
    expect((await check('older.csv', '--rule', 'threshold')).out).toMatch(/Rule +threshold, from the caller/);
  });
});

describe('exit codes', () => {
  const places = ['--baseline', 'baseline', '--output', 'never'];
  it.each<[string, number, string[], RegExp]>([
    ['an unknown command', 2, ['chekc'], /unknown command/],
    ['no --output', 2, ['check', 'data-quality', '--current', 'older.csv'], /--output/],
    ['a wrong type', 2, ['check', 'quality', '--current', 'older.csv', ...places], /fix: use one of: data-quality/],
    [
      'a wrong choice',
      2,
      ['check', 'data-quality', '--current', 'x', ...places, '--rule', 'x'],
      /significant, threshold/,
    ],
    ['another engine', 2, ['check', 'data-quality', '--current', 'x', ...places, '--engine', 'trino'], /duckdb/],
    ['no time', 2, ['check', 'data-quality', '--current', 'x', ...places, '--start', 'soon'], /2026-03-05T06:00:00Z/],
    [
      'a window that ends before it begins',
      2,
      ['check', 'data-quality', '--current', 'x', ...places, '--start', '2026-03-02', '--end', '2026-03-01'],
      /ends .* before it begins/,
    ],
    [
      'a window of model quality that ends before it begins',
      2,
      ['check', 'model-quality', '--current', 'x', ...places, '--start', '2026-03-02', '--end', '2026-03-01'],
      /ends .* before it begins/,
    ],
    ['nothing to compare with', 2, ['check', 'data-quality', '--current', 'older.csv', '--output', 'x'], /fix: give/],
    ['a file that is not there', 2, ['profile', 'nowhere.csv'], /at: nowhere\.csv/],
    ['no project file', 2, ['run', '--all'], /driftline\.yaml/],
    ['an unknown storage', 2, ['profile', 'ftp://host/file'], /fix: use a local path/],
    [
      'a hook that is not there',
      2,
      ['check', 'data-quality', '--current', 'older.csv', ...places, '--check-hook', 'no.mjs'],
      /no hook module/,
    ],
    [
      'a record hook for a dataset',
      2,
      ['check', 'data-quality', '--current', 'older.csv', ...places, '--record-hook', 'no.mjs'],
      /takes captured records/,
    ],
    [
      'a baseline of an empty file',
      3,
      ['baseline', 'data-quality', '--dataset', 'empty.csv', '--output', 'x'],
      /empty/,
    ],
    ['a baseline without rows', 3, ['baseline', 'data-quality', '--dataset', 'head.csv', '--output', 'x'], /no rows/],
    [
      'constraints that are no JSON',
      3,
      ['check', 'data-quality', '--current', 'older.csv', ...places, '--constraints', 'broken.json'],
      /broken\.json:1:\d+/,
    ],
    [
      'a place that cannot be written',
      3,
      ['baseline', 'data-quality', '--dataset', 'trained.csv', '--output', 'trained.csv/x'],
      /cannot be written/,
    ],
  ])('of %s: %i', async (_, code, args, message) => {
    writeFileSync(at('empty.csv'), '');
    writeFileSync(at('head.csv'), 'age,income,job\n');
    writeFileSync(at('broken.json'), '{"features": [}');
    const ended = await run(...args);
    expect(ended.error).toMatch(message);
    expect([ended.code, ended.out]).toEqual([code, '']);
    expect(existsSync(at('never'))).toBe(false);
  });
});

describe('data at the edge', () => {
  it.each([
    ['one row', 'n,t\n1,x\n'],
    ['all missing', 'n,t\n,\n,\n'],
    ['constant', 'n,t\n5,c\n5,c\n5,c\n'],
    ['NaN and infinity in text', 'n,t\nNaN,x\ninf,y\n1.5,z\n-Infinity,x\n'],
    ['huge integers', 'n,t\n9007199254740993,x\n123456789012345678901234567890,y\n-99999999999999999999,x\n'],
    ['negative zero', 'n,t\n-0,x\n0,x\n-0.0,x\n'],
    ['numbers beyond a double', 'n,t\n1e999,x\n-1e999,y\n1e308,x\n1e308,y\n'],
    ['unicode and blank categories', 'n,t\n1,é\n2,日本\n3," "\n4,"a,""b"""\n5,👩‍👩‍👧\n'],
    [
      'an offset that breaks one-pass variance',
      `n,t\n${Array.from({ length: 50 }, (_, i) => `${1e9 + (i % 7) / 1000},x\n`).join('')}`,
    ],
  ])('%s: passes against its own baseline, in files that are JSON', async (name, text) => {
    const place = name.replaceAll(' ', '-');
    writeFileSync(at(`${place}.csv`), text);
    const made = await run('baseline', 'data-quality', '--dataset', `${place}.csv`, '--output', place, '--quiet');
    expect([made.code, made.error]).toEqual([0, '']);
    const ended = await run(
      'check',
      'data-quality',
      '--current',
      `${place}.csv`,
      '--baseline',
      place,
      '--output',
      place,
    );
    expect([ended.code, ended.error]).toEqual([0, '']);
    for (const file of readdirSync(at(place)).filter((file) => file.endsWith('.json'))) {
      expect(() => JSON.parse(readFileSync(at(place, file), 'utf8')), file).not.toThrow();
    }
  });

  it('a header without rows is a result without data, not a failure', async () => {
    writeFileSync(at('head.csv'), 'age,income,job\n');
    const { code, out } = await check('head.csv', '--json');
    expect(code).toBe(0);
    expect((JSON.parse(out) as Report).status).toBe('no-data');
  });
});
