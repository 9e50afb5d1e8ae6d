import { describe, expect, it } from 'vitest';
import { readCapture } from '../../../../jupyter-extension/src/viewers/capture/read-capture.js';
import { textLines } from '../../../../jupyter-extension/src/viewers/capture/text-lines.js';
import { captureCells, captureLines, captureNames } from '../../../support/capture-file.js';

describe('textLines()', () => {
  it('numbers lines from 1, without their ends, and says whether the last one is finished', () => {
    expect([...textLines('\uFEFFa\r\n\nb')]).toEqual([
      { number: 1, text: 'a', ended: true, end: 4 },
      { number: 2, text: '', ended: true, end: 5 },
      { number: 3, text: 'b', ended: false, end: 6 },
    ]);
    expect([...textLines('')]).toEqual([]);
    expect([...textLines('a\n')].map(({ ended }) => ended)).toEqual([true]);
  });
});

describe('readCapture()', () => {
  it('decodes every line with the names, and says how far it is', async () => {
    const seen: number[] = [];
    const read = await readCapture(`${captureLines(40).join('\n')}\n`, {
      names: captureNames,
      slice: -1,
      onProgress: (done) => seen.push(done),
    });
    expect(read?.unreadFraction).toBe(0);
    expect(read?.table.columns.map(({ name }) => name)).toEqual([...captureNames.output, ...captureNames.input]);
    expect(read?.table.rows.map(({ cells }) => cells.map((cell) => cell ?? ''))).toEqual(
      Array.from({ length: 40 }, (_, index) => captureCells(index)),
    );
    expect([seen.length, seen.at(-1)]).toEqual([40, 1]);
    expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  });

  it('stops at its bound and says how much is left', async () => {
    const read = await readCapture(captureLines(40).join('\n'), { names: {}, rows: 10 });
    expect(read?.table.rows).toHaveLength(10);
    expect(read?.unreadFraction).toBeCloseTo(0.75, 1);
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const read = await readCapture(captureLines(40).join('\n'), {
      names: {},
      slice: -1,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(read).toBeUndefined();
  });
});
