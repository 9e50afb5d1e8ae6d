import { scaleLinear } from 'd3-scale';
import { withoutControls } from '../html-template.js';
import { themed } from '../theme.js';

/** How a shape is painted; colours are variables of the theme, or `none`. */
export interface ShapeStyle {
  readonly fill?: string;
  readonly fillOpacity?: number;
  readonly opacity?: number;
  readonly stroke?: string;
  readonly lineWidth?: number;
  readonly lineJoin?: 'round';
  /** Lengths of dashes and gaps, parted by spaces. */
  readonly lineDash?: string;
}

/** Something to draw, in pixels of the chart. */
export type Shape = { readonly style: ShapeStyle } & (
  | {
      readonly type: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      /** Radius of the corners. */
      readonly r?: number;
    }
  | { readonly type: 'line'; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }
  | { readonly type: 'polygon' | 'polyline'; readonly points: readonly (readonly [number, number])[] }
  | { readonly type: 'circle'; readonly x: number; readonly y: number; readonly r: number }
  | {
      readonly type: 'text';
      readonly text: string;
      readonly x: number;
      /** Of the middle of the line. */
      readonly y: number;
      readonly anchor: 'start' | 'middle' | 'end';
    }
);

/** An axis, drawn with its labels and with its name in the middle. */
export type Axis = ValueAxis | CategoryAxis;

interface AnyAxis {
  /** Empty for none. */
  readonly name: string;
  /** Pixels from the axis to its name. */
  readonly gap: number;
  readonly gridLines?: boolean;
  /** Neither line nor labels. */
  readonly hidden?: boolean;
  readonly labelColour: string;
}

export interface ValueAxis extends AnyAxis {
  readonly kind: 'value';
  readonly min: number;
  readonly max: number;
  /** The values to label. */
  readonly ticks: readonly number[];
  readonly format: (value: number) => string;
}

export interface CategoryAxis extends AnyAxis {
  readonly kind: 'category';
  /** One a category; undefined for none. */
  readonly labels: readonly (string | undefined)[];
  /** The first category of a vertical axis stands at the top. */
  readonly downwards?: boolean;
}

/** An axis of numbers, with quiet labels. */
export function valueAxis(
  name: string,
  gap: number,
  more: Pick<ValueAxis, 'min' | 'max' | 'ticks'> & Partial<ValueAxis>,
): ValueAxis {
  return { kind: 'value', name, gap, format: String, labelColour: themed('muted'), ...more };
}

/** An axis of categories, with quiet labels. */
export function categoryAxis(
  name: string,
  gap: number,
  labels: CategoryAxis['labels'],
  more: Partial<CategoryAxis> = {},
): CategoryAxis {
  return { kind: 'category', name, gap, labels, labelColour: themed('muted'), ...more };
}

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

/** An axis from 0 past `largest` in about `steps` round steps, the last label at its very end. */
export function scaleFromZero(largest: number, steps: number = 4): Pick<ValueAxis, 'min' | 'max' | 'ticks'> {
  const scale = scaleLinear([0, largest > 0 ? largest : 1], [0, 1]).nice(steps);
  return { min: 0, max: scale.domain()[1]!, ticks: scale.ticks(steps) };
}

/** Few round numbers within [min, max], for the labels of an axis that keeps its own ends. */
export function ticksBetween(min: number, max: number, about: number = 5): number[] {
  return scaleLinear([min, max], [0, 1]).ticks(about);
}
