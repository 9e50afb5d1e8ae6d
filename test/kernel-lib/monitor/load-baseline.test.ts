import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeBaseline } from '../../../kernel-lib/src/monitor/baseline.js';
import { findBaseline, loadBaseline } from '../../../kernel-lib/src/monitor/load-baseline.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'driftline-baseline-'));
  const dataset = path.join(folder, 'training.csv');
  const rows = Array.from({ length: 5000 }, (_, i) => `${i % 97},${(i * 7919) % 5000},${i % 3 === 0 ? 'a' : 'b'}`);
  await writeFile(dataset, `age,income,job\n${rows.join('\n')}\n`);
  await makeBaseline('data-quality', { dataset, output: folder });
});

afterEach(() => rm(folder, { recursive: true }));

const column = async (name: string) => {
  const { profile } = await loadBaseline({ baseline: folder });
  return profile?.columns.find((found) => found.name === name);
};

/** Edits a file of the baseline as a person would. */
async function edit(name: string, from: string | RegExp, to: string): Promise<void> {
  const file = path.join(folder, name);
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(from);
  await writeFile(file, text.replace(from, to));
}

describe('loadBaseline', () => {
  test('takes the profile beside statistics that are as they were written', async () => {
    const age = await column('age');
    expect(age?.types).toEqual({ integral: 5000, fractional: 0, boolean: 0, text: 0 });
    expect(age?.distinct?.exact).toBe(true);
  });

  test('takes edited statistics before the profile beside them', async () => {
    await edit('statistics.json', /"mean": [\d.]+/, '"mean": 12345');
    const age = await column('age');
    expect(age?.numeric?.moments.mean).toBe(12345);
    expect(age?.types).toBeUndefined();
  });

  test('takes the statistics before an edited profile', async () => {
    await edit('profile.json', '"rowCount":5000', '"rowCount":4999');
    expect((await loadBaseline({ baseline: folder })).profile?.rowCount).toBe(5000);
  });

  test('takes the statistics of a baseline that keeps no hashes', async () => {
    await writeFile(path.join(folder, 'driftline.json'), '{ "rule": "threshold" }');
    const { profile, file } = await loadBaseline({ baseline: folder });
    expect(file?.rule).toBe('threshold');
    expect(profile?.columns[0]?.types).toBeUndefined();
    expect(profile?.rowCount).toBe(5000);
  });

  test('checks constraints that were edited, and names what is wrong', async () => {
    await edit('constraints.json', '"completeness": 1', '"completeness": 7');
    await expect(loadBaseline({ baseline: folder })).rejects.toMatchObject({
      code: 'FORMAT',
      message: expect.stringContaining('must be between 0 and 1'),
    });
  });

  test.each(['[', 'null', '{ "rule": "sometimes" }'])(
    'says what driftline.json should be instead of %s',
    async (text) => {
      await writeFile(path.join(folder, 'driftline.json'), text);
      await expect(loadBaseline({ baseline: folder })).rejects.toMatchObject({ code: 'CONFIGURATION' });
    },
  );
});

describe('findBaseline', () => {
  const analysis = { name: 'analysis.json', instead: 'an analysis.json as --constraints' };

  test('finds the files of a folder', async () => {
    const found = await findBaseline({ baseline: folder });
    expect(found).toMatchObject({
      source: folder,
      constraintsFile: path.join(folder, 'constraints.json'),
      statisticsFile: path.join(folder, 'statistics.json'),
      own: { rule: 'significant' },
    });
    expect(found.constraintsText).toBe(await readFile(path.join(folder, 'constraints.json'), 'utf8'));
    expect(await found.beside('profile.json')).toBe(path.join(folder, 'profile.json'));
    expect(await found.beside('quality.json')).toBeUndefined();
  });

  test.each(['constraints', 'statistics'])('leaves out what lies beside where the %s are named', async (name) => {
    const found = await findBaseline({ baseline: folder, [name]: path.join(folder, `${name}.json`) });
    expect(found.own).toBeUndefined();
    expect(await found.beside('profile.json')).toBeUndefined();
    expect(found.statisticsFile).toBe(path.join(folder, 'statistics.json'));
  });

  test('takes constraints of another name, in a folder or by themselves', async () => {
    const file = path.join(folder, 'analysis.json');
    await writeFile(file, '{}');
    expect(await findBaseline({ baseline: folder }, analysis)).toMatchObject({
      constraintsText: '{}',
      own: { rule: 'significant' },
    });
    expect(await findBaseline({ constraints: file }, analysis)).toMatchObject({ source: file, own: undefined });
  });

  test('says what could be given where nothing is', async () => {
    await expect(findBaseline({})).rejects.toMatchObject({
      code: 'USAGE',
      fix: 'give a baseline folder, or a constraints file',
    });
    await expect(findBaseline({}, analysis)).rejects.toMatchObject({
      fix: 'give a baseline folder, or an analysis.json as --constraints',
    });
  });
});
