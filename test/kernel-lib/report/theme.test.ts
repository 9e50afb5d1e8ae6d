import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { chartTheme } from '../../../kernel-lib/src/report/theme.js';

test('chartTheme is style/chart-theme.json', async () => {
  const file = new URL('../../../style/chart-theme.json', import.meta.url);
  expect(chartTheme).toEqual(JSON.parse(await readFile(file, 'utf8')));
});

test.each(['light', 'dark'] as const)('chartTheme has text of enough contrast in %s mode', (mode) => {
  const { background, surface, text, muted, violated, drifting, ok, current } = chartTheme[mode];
  for (const colour of [text, muted, violated, drifting, ok, current]) {
    expect(contrast(colour, background)).toBeGreaterThan(4.5);
  }
  for (const colour of [text, muted]) expect(contrast(colour, surface)).toBeGreaterThan(4.5);
});

test.each(['light', 'dark'] as const)('chartTheme parts baseline and current by lightness in %s mode', (mode) => {
  // 1.9 is what two greys of 30 % difference have: told apart without any colour vision.
  expect(contrast(chartTheme[mode].baseline, chartTheme[mode].current)).toBeGreaterThan(1.9);
});

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
