import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import { runCheckHook } from '../../../kernel-lib/src/hooks/check-hook.js';
import { profileOf } from '../../support/profile-of.js';

const folder = mkdtempSync(join(tmpdir(), 'driftline-check-hook-'));
let folders = 0;
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const baseline = profileOf({ age: [30, 40, 50], state: ['CA', 'CA', 'OH'] });
const current = profileOf({
  age: [20, null, 22, 24],
  state: ['CA', 'XX', 'XX', null],
  empty: [null, null, null, null],
});

/** Runs a hook with this source. */
async function run(source: string, name: string = 'rule.mjs') {
  const own = join(folder, String(folders++));
  mkdirSync(own);
  const file = join(own, name);
  writeFileSync(file, source);
  return runCheckHook(file, current, baseline);
}

describe('runCheckHook()', () => {
  test('turns what the hook returns into violations under both rules', async () => {
    const found = await run(
      `export default ({ current, baseline }: any) => [{
        feature: 'age', description: 'the mean age fell',
        measured: current.column('age').mean, limit: baseline.column('age').mean,
      }];`,
      'typed-rule.ts',
    );
    expect(found).toEqual([
      {
        kind: 'violated',
        check: 'custom_check',
        feature: 'age',
        description: 'the mean age fell',
        explanation: 'the mean age fell',
        measured: 22,
        limit: 40,
        unit: 'value',
        rules: ['significant', 'threshold'],
      },
    ]);
  });

  test('shows the hook rows, columns, quantiles and value counts', async () => {
    const found = await run(`export default async ({ current }) => {
      const { age, state, empty } = Object.fromEntries(current.columns.map((column) => [column.name, column]));
      const seen = [current.rows, age.present, age.missing, age.completeness, age.distinct, age.min, age.max,
        age.quantile(0.5), age.standardDeviation.toFixed(6), state.values.get('XX'), state.mean, state.quantile(0.5),
        empty.inferredType, current.column('nope')];
      return [{ feature: 'age', description: JSON.stringify(seen), measured: 1, limit: 0 }];
    };`);
    expect(found[0]!.description).toBe(
      JSON.stringify([4, 3, 1, 0.75, 3, 20, 24, 22, Math.sqrt(8 / 3).toFixed(6), 2, null, null, 'Unknown', null]),
    );
  });

  test.each(['[]', 'null', 'undefined', 'Promise.resolve([])'])(
    'finds nothing where the hook returns %s',
    async (value) => {
      expect(await run(`export default () => ${value};`)).toEqual([]);
    },
  );

  test.each([
    ['throws', '{ throw new Error("no column income"); }', 'The check hook failed: no column income'],
    ['rejects', 'Promise.reject("late")', 'The check hook failed: late'],
    ['returns no list', '({ feature: "x" })', 'The check hook must return a list of violations, or nothing.'],
    ['lists what is no violation', '[null]', "Entry 0 of the check hook's list is no violation: it needs"],
    [
      'measures NaN',
      '[{ feature: "a", description: "b", measured: NaN, limit: 0 }]',
      "Entry 0 of the check hook's list",
    ],
  ])('reports a hook that %s as a failed check named after it', async (_, body, description) => {
    const found = await run(`export default () => ${body};`, 'income.mjs');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ check: 'custom_check', feature: 'income.mjs', measured: 1, limit: 0 });
    expect(found[0]!.description).toContain(description);
  });

  test('keeps the sound entries of a list with a bad one', async () => {
    const found = await run('export default () => [7, { feature: "a", description: "b", measured: 2, limit: 1 }];');
    expect(found.map(({ feature }) => feature)).toEqual(['rule.mjs', 'a']);
  });

  test('refuses a module that is not there', async () => {
    await expect(runCheckHook(join(folder, 'none.mjs'), current, undefined)).rejects.toBeInstanceOf(MonitorError);
  });
});
