import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MonitorError } from '../../../kernel-lib/src/errors.js';
import { attributeRows, type PreparedTrees, prepareTrees } from '../../../kernel-lib/src/explain/tree-shap.js';
import type { openTreeThreads as OpenTreeThreads } from '../../../kernel-lib/src/explain/tree-threads.js';
import { parseXgboostModel } from '../../../kernel-lib/src/models/xgboost.js';
import { Random } from '../../../kernel-lib/src/stats/random.js';
import { root } from '../../support/driftline.js';

// Worker threads run the build.
const built = path.join(root, 'kernel-lib/dist/explain/tree-threads.js');
const { openTreeThreads } = (await import(built)) as { openTreeThreads: typeof OpenTreeThreads };

const model = parseXgboostModel(readFileSync(path.join(root, 'kernel-lib/demo/census-model.json'), 'utf8'));
const prepared: PreparedTrees = prepareTrees(model.sum);

function rows(count: number): Float64Array {
  const random = new Random(count);
  return Float64Array.from({ length: count * model.features.length }, () =>
    random.uniform() < 0.05 ? Number.NaN : Math.floor(random.uniform() * 60),
  );
}

describe('TreeSHAP on several threads', () => {
  it('is to the last bit what it is on one, in the order of the rows', async () => {
    const encoded = rows(12_345);
    const expected = attributeRows(prepared, encoded);
    for (const count of [1, 2, 5]) {
      const threads = openTreeThreads(prepared, count);
      const found = await threads.explain(encoded);
      await threads.close();
      expect(found.rows).toBe(12_345);
      expect(Buffer.compare(Buffer.from(found.values.buffer), Buffer.from(expected.values.buffer))).toBe(0);
      expect(Buffer.compare(Buffer.from(found.answers.buffer), Buffer.from(expected.answers.buffer))).toBe(0);
    }
  });

  it('leaves the rows that it was given as they are', async () => {
    const encoded = rows(10_000);
    const before = encoded.slice();
    const threads = openTreeThreads(prepared, 2);
    await threads.explain(encoded);
    await threads.close();
    expect(encoded).toEqual(before);
  });

  it('stops when it is told to, and leaves no listeners behind when it is not', async () => {
    const controller = new AbortController();
    const warnings: unknown[] = [];
    const warned = (warning: unknown): number => warnings.push(warning);
    process.on('warning', warned);
    const threads = openTreeThreads(prepared, 2);
    await threads.explain(rows(40_000), controller.signal);
    const stopped = threads.explain(rows(200_000), controller.signal);
    setTimeout(() => controller.abort(), 5);
    const failure = await stopped.catch((error: unknown) => error);
    expect((failure as MonitorError).code).toBe('ABORTED');
    await threads.close();
    await expect(threads.explain(rows(10))).rejects.toMatchObject({ code: 'ABORTED' });
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warned);
    expect(warnings).toEqual([]);
  });

  it('does not keep a process alive that is done', () => {
    const script = `
      import { readFileSync } from 'node:fs';
      import { prepareTrees } from '${root}kernel-lib/dist/explain/tree-shap.js';
      import { openTreeThreads } from '${built}';
      import { parseXgboostModel } from '${root}kernel-lib/dist/models/xgboost.js';
      const model = parseXgboostModel(readFileSync('${root}kernel-lib/demo/census-model.json', 'utf8'));
      const threads = openTreeThreads(prepareTrees(model.sum), 2);
      const { rows } = await threads.explain(new Float64Array(14 * 10_000));
      console.log(rows);
    `;
    const out = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    expect(out).toBe('10000\n');
  });
});
