import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftline, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const file = (name: string): string => path.join(folder, name);
const baseline = file('baseline');

beforeAll(async () => {
  const rows = Array.from({ length: 400 }, (_, i) => `${i % 50},${i % 2 === 0 ? 'a' : 'b'},${i / 7}`);
  writeFileSync(file('training.csv'), ['age,kind,score', ...rows, ''].join('\n'));
  writeFileSync(file('headless.csv'), `${rows.join('\n')}\n`);
  expect(
    (await driftline(['baseline', 'data-quality', '--dataset', file('training.csv'), '--output', baseline])).code,
  ).toBe(0);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function check(current: string, ...more: string[]) {
  return driftline([
    'check',
    'data-quality',
    '--current',
    current,
    '--baseline',
    baseline,
    '--output',
    file('out'),
    ...more,
  ]);
}

describe('a check does not say that all is well when', () => {
  it('the statistics file is none', async () => {
    const { code, error } = await check(file('training.csv'), '--statistics', path.join(baseline, 'constraints.json'));
    expect(code).toBe(3);
    expect(error).toContain('holds no statistics');
  });

  it('no line of the capture could be read', async () => {
    mkdirSync(file('capture'));
    writeFileSync(file('capture/a.jsonl'), 'garbage\nmore garbage\n');
    const { code, out } = await check(file('capture'), '--dataset-format', 'capture');
    expect(code).toBe(3);
    expect(out).toContain('None of 2 lines could be read');
  });

  it('nothing was compared', async () => {
    const constraints = JSON.parse(readFileSync(path.join(baseline, 'constraints.json'), 'utf8'));
    constraints.monitoring_config.evaluate_constraints = 'Disabled';
    writeFileSync(file('disabled.json'), JSON.stringify(constraints));
    const { out } = await check(file('training.csv'), '--constraints', file('disabled.json'));
    expect(out).toContain('the distributions of 0 of 3 features were compared');
  });
});

it('a feature taken out of the constraints shifts no names', async () => {
  const constraints = JSON.parse(readFileSync(path.join(baseline, 'constraints.json'), 'utf8'));
  constraints.features = constraints.features.filter(({ name }: { name: string }) => name !== 'age');
  writeFileSync(path.join(baseline, 'constraints.json'), JSON.stringify(constraints));
  const { out } = await check(file('headless.csv'), '--json', '--no-header');
  const { violations, mapping } = JSON.parse(out);
  expect(mapping.columns.map(({ name }: { name: string }) => name)).toEqual(['age', 'kind', 'score']);
  expect(violations.map(({ check: type }: { check: string }) => type)).toEqual(['extra_column_check']);
});
