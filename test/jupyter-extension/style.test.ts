import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { estimateColour } from '../../jupyter-extension/src/charts/estimate-colour.js';
import { chartTheme as theme } from '../../kernel-lib/src/report/theme.js';

const read = (file: string): string => readFileSync(new URL(`../../style/${file}`, import.meta.url), 'utf8');

it('words have the colours of the charts, in light and in dark', () => {
  const [light = '', dark = ''] = read('variables.css').split('[data-jp-theme-light=');
  for (const [block, colours] of [
    [light, theme.light],
    [dark, theme.dark],
  ] as const) {
    for (const name of ['baseline', 'current', 'violated', 'drifting', 'ok', 'muted'] as const) {
      expect(block).toContain(`--driftline-${name}: ${colours[name]};`);
    }
  }
});

it('what is estimated has a colour of its own, in legends as in charts, readable and not that of what is measured', () => {
  const [light = '', dark = ''] = read('variables.css').split('[data-jp-theme-light=');
  for (const [block, colours, background] of [
    [light, theme.light, '#ffffff'],
    [dark, theme.dark, '#212121'],
  ] as const) {
    const colour = estimateColour(colours);
    expect(block).toContain(`--driftline-estimated: ${colour};`);
    expect(contrast(colour, background)).toBeGreaterThanOrEqual(4.5);
    expect(Object.values(colours)).not.toContain(colour);
  }
});

it('text of every meaning is readable on its background: contrast 4.5 or more', () => {
  for (const [colours, background] of [
    [theme.light, '#ffffff'],
    [theme.dark, '#212121'],
  ] as const) {
    for (const name of ['text', 'muted', 'current', 'violated', 'drifting', 'ok'] as const) {
      expect(contrast(colours[name], background), `${name} on ${background}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});

it('baseline and current differ in lightness, so that they part without colour vision', () => {
  for (const { baseline, current } of [theme.light, theme.dark]) {
    expect(contrast(baseline, current)).toBeGreaterThan(1.5);
  }
});

/** The contrast ratio of WCAG 2.2, section 1.4.3. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
