import { withoutControls } from '../html-template.js';
import { themed } from '../theme.js';

/** A rectangle, line or text of a custom series, in pixels of the chart. */
export interface Shape {
  readonly type: 'rect' | 'line' | 'text' | 'polygon' | 'polyline' | 'circle' | 'group';
  readonly shape?: object;
  readonly style: object;
}

/** What ECharts gives to `renderItem`. */
export interface RenderApi {
  /** From data to pixels. */
  coord(point: readonly (number | string)[]): [number, number];
}

/** A series drawn by one function, once, in the coordinates of the axes. */
export function drawing(shapes: (api: RenderApi) => readonly Shape[], clip: boolean = false): object {
  return {
    type: 'custom',
    silent: true,
    clip,
    data: [[0, 0]],
    // A custom series takes the extent of its data into account; the axes here have their own.
    encode: { x: -1, y: -1 },
    renderItem: (_: unknown, api: RenderApi) => ({
      type: 'group',
      // Lines have a black fill by default, which shows nothing but is written.
      children: shapes(api).map((shape) =>
        shape.type === 'line' ? { ...shape, style: { fill: 'none', ...shape.style } } : shape,
      ),
    }),
  };
}

/** Looks of an axis: its name in the middle of it, quiet lines, labels in the theme's muted colour. */
export function axis(name: string, gap: number, more: object): object {
  const { axisLabel, ...rest } = more as { axisLabel?: object };
  return {
    name,
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { color: themed('muted'), fontSize: 12 },
    axisLine: { show: true, lineStyle: { color: themed('axis') } },
    axisTick: { show: false },
    axisLabel: { color: themed('muted'), fontSize: 12, hideOverlap: true, ...axisLabel },
    splitLine: { show: false },
    ...rest,
  };
}

/** Split lines in the theme's grid colour. */
export const gridLines: object = { splitLine: { show: true, lineStyle: { color: themed('grid') } } };

/** About how many pixels a text takes at 12 px, erring to wide. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    width += code > 0x2e7f ? 13 : /[mwMW@%—…]/.test(character) ? 10.5 : /[ijl.,:;|' ]/.test(character) ? 4 : 7;
  }
  return width;
}

/** The text cut to a width at 12 px, with an ellipsis where it is cut; one line. */
export function fitText(text: string, width: number): string {
  const line = withoutControls(text.slice(0, 500)).replace(/\s+/g, ' ');
  if (line.length === text.length && textWidth(line) <= width) return line;
  let kept = '';
  for (const character of line) {
    if (textWidth(`${kept}${character}…`) > width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A round number at or above `value`: 1, 2, 2.5 or 5 times a power of ten; 1 for 0. */
function roundUp(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((factor) => factor * power >= value * (1 - 1e-12)) ?? 10;
  return step * power;
}

/** An axis from 0 past `largest` in about `steps` round steps, the last label at its very end. */
export function scaleFromZero(largest: number, steps: number = 4): object {
  const interval = roundUp(largest / steps);
  const max = Math.max(1, Math.ceil(largest / interval - 1e-9)) * interval;
  return { min: 0, max: Number(max.toPrecision(12)), interval };
}

/** Few round numbers within [min, max], for the labels of an axis that keeps its own ends. */
export function ticksBetween(min: number, max: number, about: number = 5): number[] {
  const step = roundUp((max - min) / about);
  if (!(max > min) || !Number.isFinite(step)) return [min];
  const first = Math.ceil(min / step - 1e-9);
  const last = Math.floor(max / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}
