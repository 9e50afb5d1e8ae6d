import { describe, expect, it } from 'vitest';
import { contrast, mix } from '../../../jupyter-extension/src/charts/colour-contrast.js';

describe('mix()', () => {
  it('goes from one colour to the other, channel by channel', () => {
    expect([0, 0.5, 1].map((share) => mix('#000a10', '#ff0a20', share))).toEqual([
      [0, 10, 16],
      [127.5, 10, 24],
      [255, 10, 32],
    ]);
  });
});

describe('contrast()', () => {
  it('is 21 for black on white, 1 for a colour on itself, and the same both ways', () => {
    expect(contrast('#000000', [255, 255, 255])).toBeCloseTo(21);
    expect(contrast('#ffffff', [0, 0, 0])).toBeCloseTo(21);
    expect(contrast('#1b64b4', [0x1b, 0x64, 0xb4])).toBe(1);
  });

  it('agrees with the published example: #777777 on white is 4.48', () => {
    expect(contrast('#777777', [255, 255, 255])).toBeCloseTo(4.48, 2);
  });
});
