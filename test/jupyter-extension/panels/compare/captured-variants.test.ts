import { describe, expect, it } from 'vitest';
import { capturedVariants } from '../../../../jupyter-extension/src/panels/compare/captured-variants.js';
import { MemoryFiles } from '../../support/memory-files.js';

const hour = '2026/03/05/06/a.jsonl';

describe('capturedVariants()', () => {
  const files = new MemoryFiles({
    [`capture/census/A/${hour}`]: '',
    [`capture/census/B/${hour}`]: '',
    'capture/census/notes/readme.md': '',
    [`single/only/AllTraffic/${hour}`]: '',
  });

  it('finds the folders that hold years, at the level of the endpoint and of the destination', async () => {
    expect(await capturedVariants('capture/census', files)).toEqual(['A', 'B']);
    expect(await capturedVariants('capture', files)).toEqual(['A', 'B']);
    expect(await capturedVariants('single', files)).toEqual(['AllTraffic']);
  });

  it("has none for a variant's own folder, and where nothing can be listed", async () => {
    expect(await capturedVariants('capture/census/A', files)).toEqual([]);
    expect(await capturedVariants('elsewhere', files)).toEqual([]);
  });
});
