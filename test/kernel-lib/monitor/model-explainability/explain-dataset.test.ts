import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { explain } from '../../../../kernel-lib/src/monitor/model-explainability/explain-dataset.js';
import { temporaryFolder } from '../../../support/driftline.js';

const folder = temporaryFolder();
const at = (name: string): string => path.join(folder, name);
const golden = (name: string): string => fileURLToPath(new URL(`../../../golden/${name}`, import.meta.url));
const { model, rows } = (
  JSON.parse(readFileSync(golden('explain/tree-shap.json'), 'utf8')) as {
    deep: { model: unknown; rows: (number | null)[][] };
  }
).deep;
writeFileSync(at('model.json'), JSON.stringify(model));
writeFileSync(at('rows.csv'), `a,b,c,d,e\n${rows.map((row) => `${row.join(',')}\n`).join('')}`);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('explain()', () => {
  it('goes by position for a model without names, and quotes nothing that needs no quotes', async () => {
    const { matchedBy, features } = await explain({
      model: at('model.json'),
      dataset: at('rows.csv'),
      output: at('out.csv'),
    });
    expect(matchedBy).toBe('position');
    expect(features.map(({ feature }) => feature)).toEqual(['f0', 'f1', 'f2', 'f3', 'f4']);
    expect(readFileSync(at('out.csv'), 'utf8').split('\n')[0]).toBe('f0,f1,f2,f3,f4,expected_value');
  });

  it('writes names with commas and quotes so that a CSV reader finds them again', async () => {
    const learner = structuredClone(model) as { learner: { feature_names: string[] } };
    learner.learner.feature_names = ['a,b', 'say "x"', 'c', 'd', 'e'];
    writeFileSync(at('odd.json'), JSON.stringify(learner));
    writeFileSync(at('odd.csv'), `"a,b","say ""x""",c,d,e\n1,2,3,4,5\n`);
    await explain({ model: at('odd.json'), dataset: at('odd.csv'), output: at('odd-out.csv'), header: true });
    const [header] = readFileSync(at('odd-out.csv'), 'utf8').split('\n');
    expect(header).toBe('"a,b","say ""x""",c,d,e,expected_value');
  });

  it('stops when it is told to, and writes nothing', async () => {
    const controller = new AbortController();
    controller.abort();
    const stopped = explain({
      model: at('model.json'),
      dataset: at('rows.csv'),
      output: at('aborted.csv'),
      signal: controller.signal,
    });
    await expect(stopped).rejects.toMatchObject({ code: 'ABORTED' });
    expect(existsSync(at('aborted.csv'))).toBe(false);
  });

  it('gives the same file a second time', async () => {
    const options = { model: at('model.json'), dataset: at('rows.csv') };
    await explain({ ...options, output: at('first.csv') });
    await explain({ ...options, output: at('second.csv') });
    expect(readFileSync(at('second.csv'), 'utf8')).toBe(readFileSync(at('first.csv'), 'utf8'));
  });
});
