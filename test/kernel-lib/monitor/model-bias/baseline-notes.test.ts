import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeBaseline } from '../../../../kernel-lib/src/monitor/baseline.js';
import { temporaryFolder } from '../../../support/driftline.js';

const folder = temporaryFolder();
const at = (name: string): string => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Notes of a baseline of 60 rows: 20 of each of three values, with labels and predictions of two. */
async function notes(
  form: (value: number) => string,
  facet: string | { above: number },
  label = '1',
): Promise<readonly string[]> {
  const rows = Array.from({ length: 60 }, (_, row) => [
    form(row % 3),
    row % 2,
    form((row >> 1) % 2),
    form((row >> 2) % 2),
  ]);
  writeFileSync(at('data.csv'), `x,z,y,p\n${rows.map((cells) => cells.join()).join('\n')}\n`);
  const { notes: found = [] } = await makeBaseline('model-bias', {
    ...{ dataset: at('data.csv'), output: at('baseline'), labelValues: [label] },
    ...{ groundTruthAttribute: 'y', inferenceAttribute: 'p' },
    facets: [typeof facet === 'string' ? { name: 'x', values: [facet] } : { name: 'x', ...facet }],
  });
  return found;
}

const whole = (value: number): string => String(value);
const fraction = (value: number): string => value.toFixed(1);

describe('a baseline notes', () => {
  it('a class that the service takes for a threshold, as it is written as a fraction', async () => {
    const why =
      'the service takes numbers that are written as fractions for continuous, and the value for a threshold.';
    expect(await notes(fraction, '1', '0')).toEqual([
      `label > 0 leaves out the rows of 0: ${why}`,
      `x > 1 leaves out the rows of 1: ${why}`,
    ]);
  });

  it('a class that the service takes for a threshold, as rows are few', async () => {
    expect(await notes(whole, '1')).toEqual([
      'x > 1 leaves out the rows of 1: the service takes whole numbers of which 5 % differ for continuous, and the value for a threshold.',
    ]);
  });

  it('nothing of a threshold that was asked for, and of classes', async () => {
    expect(await notes(whole, { above: 1 })).toEqual([]);
    expect(await notes(fraction, '2', '1')).toEqual([]);
  });
});
