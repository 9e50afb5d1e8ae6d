import { scaleLinear } from 'd3-scale';
import { curveLinearClosed, line } from 'd3-shape';
import { type Html, html, trusted } from '../html-template.js';
import { themed } from '../theme.js';
import { type Axis, type Shape, type ShapeStyle, textWidth } from './chart-parts.js';

/** A chart before it is drawn. */
export interface Chart {
  readonly width: number;
  readonly height: number;
  /** Read out in place of the picture: what it shows, and what it shows most clearly. */
  readonly title: string;
  readonly description: string;
  /** Pixels from the picture's edges to the axes. */
  readonly grid: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  /** What is drawn between the axes, from data to pixels. */
  readonly shapes: (coord: ToPixels) => readonly Shape[];
}

/** From a point of the data (the index, on an axis of categories) to pixels of the chart. */
export type ToPixels = (point: readonly [number, number]) => [number, number];

/** Draws a chart as inline SVG. Ids are unique among the drawings of one renderer, and the same on every run. */
export type ChartRenderer = (chart: Chart) => Html;

/** A renderer for one page: no DOM, no script in the page. */
export function chartRenderer(): ChartRenderer {
  let drawn = 0;
  return (chart) => {
    drawn += 1;
    const id = `chart-${drawn}`;
    const { width, height, title, description } = chart;
    const { left, right, top, bottom } = chart.grid;
    const x = scaleOf(chart.xAxis, left, width - right);
    const y = scaleOf(chart.yAxis, height - bottom, top);
    const inner = [
      ...axisParts(chart.xAxis, chart, x, 'x'),
      ...axisParts(chart.yAxis, chart, y, 'y'),
      ...chart.shapes(([across, up]) => [x(across), y(up)]).map(shapeMarkup),
    ];
    return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-title ${id}-text"><title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>${inner}</svg>`;
  };
}

type Scale = (value: number) => number;

/** Pixels between the axis's two ends; those of the first and last category are half a category further in. */
function scaleOf(axis: Axis, start: number, end: number): Scale {
  if (axis.kind === 'value') return scaleLinear([axis.min, axis.max], [start, end]);
  return scaleLinear([-0.5, axis.labels.length - 0.5], axis.downwards ? [end, start] : [start, end]);
}

function axisParts(axis: Axis, { width, height, grid }: Chart, scale: Scale, side: 'x' | 'y'): Html[] {
  if (axis.hidden) return [];
  const across = side === 'x';
  const [left, right, top, bottom] = [grid.left, width - grid.right, grid.top, height - grid.bottom];
  const labels = labelsOf(axis, scale, across);
  const lines = axis.gridLines && axis.kind === 'value' ? axis.ticks.map((tick) => crisp(scale(tick))) : [];
  const middle = across ? (left + right) / 2 : (top + bottom) / 2;
  const widest = Math.max(0, ...labels.map(({ text }) => textWidth(text)));
  // The name of a vertical axis gives way to its labels.
  const nameAt = across ? bottom + axis.gap + 6 : Math.max(7, Math.min(left - axis.gap, left - widest - 16) - 6);
  return [
    ...lines.map((at) =>
      across ? lineMarkup(at, top, at, bottom, themed('grid')) : lineMarkup(left, at, right, at, themed('grid')),
    ),
    across
      ? lineMarkup(left, crisp(bottom), right, crisp(bottom), themed('axis'))
      : lineMarkup(crisp(left), top, crisp(left), bottom, themed('axis')),
    ...labels.map(({ text, at }) =>
      across
        ? textMarkup(text, at, bottom + 14, 'middle', axis.labelColour)
        : textMarkup(text, left - 8, at, 'end', axis.labelColour),
    ),
    ...(axis.name === ''
      ? []
      : [
          across
            ? textMarkup(axis.name, middle, nameAt, 'middle', themed('muted'))
            : html`<text transform="translate(${tenth(nameAt)} ${tenth(middle)}) rotate(-90)" dy=".35em" text-anchor="middle" fill="${themed('muted')}">${axis.name}</text>`,
        ]),
  ];
}

/** The labels and where they stand; beside each other, those that would touch the one before are left out. */
function labelsOf(axis: Axis, scale: Scale, across: boolean): { readonly text: string; readonly at: number }[] {
  const all =
    axis.kind === 'value'
      ? axis.ticks.map((tick) => ({ text: axis.format(tick), at: scale(tick) }))
      : axis.labels.flatMap((text, index) => (text === undefined ? [] : [{ text, at: scale(index) }]));
  if (!across) return all;
  let end = Number.NEGATIVE_INFINITY;
  return all.filter(({ text, at }) => {
    const half = textWidth(text) / 2;
    if (at - half < end) return false;
    end = at + half + 2;
    return true;
  });
}

const open = line<readonly [number, number]>().digits(1);
const closed = line<readonly [number, number]>().digits(1).curve(curveLinearClosed);

function shapeMarkup(shape: Shape): Html {
  const { style } = shape;
  switch (shape.type) {
    case 'rect': {
      const { x, y, width, height, r } = shape;
      const corner = r === undefined ? '' : ` rx="${r}"`;
      return trusted(
        `<rect x="${tenth(x)}" y="${tenth(y)}" width="${tenth(Math.max(0, width))}" height="${tenth(Math.max(0, height))}"${corner}${look(style)}/>`,
      );
    }
    case 'line':
      return trusted(
        `<path d="M${tenth(shape.x1)} ${tenth(shape.y1)}L${tenth(shape.x2)} ${tenth(shape.y2)}"${look({ fill: 'none', ...style })}/>`,
      );
    case 'polygon':
    case 'polyline': {
      const path = shape.type === 'polygon' ? closed : open;
      return trusted(`<path d="${path(shape.points)}"${look(style)}/>`);
    }
    case 'circle':
      return trusted(`<circle cx="${tenth(shape.x)}" cy="${tenth(shape.y)}" r="${shape.r}"${look(style)}/>`);
    case 'text':
      return textMarkup(shape.text, shape.x, shape.y, shape.anchor, style.fill ?? themed('text'));
  }
}

/** A style as attributes; its texts are the theme's variables and SVG's own words. */
function look({ fill, fillOpacity, opacity, stroke, lineWidth, lineJoin, lineDash }: ShapeStyle): string {
  const attributes = {
    fill,
    'fill-opacity': fillOpacity,
    opacity,
    stroke,
    'stroke-width': lineWidth,
    'stroke-linejoin': lineJoin,
    'stroke-dasharray': lineDash,
  };
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${value}"`))
    .join('');
}

function lineMarkup(x1: number, y1: number, x2: number, y2: number, stroke: string): Html {
  return trusted(`<path d="M${tenth(x1)} ${tenth(y1)}L${tenth(x2)} ${tenth(y2)}" fill="none" stroke="${stroke}"/>`);
}

function textMarkup(text: string, x: number, y: number, anchor: 'start' | 'middle' | 'end', fill: string): Html {
  return html`<text x="${tenth(x)}" y="${tenth(y)}" dy=".35em"${anchor !== 'start' && trusted(` text-anchor="${anchor}"`)} fill="${fill}">${text}</text>`;
}

/** The middle of a pixel, where a thin line is drawn sharply. */
function crisp(at: number): number {
  const halves = Math.round(at * 2);
  return halves % 2 === 0 ? (halves + 1) / 2 : halves / 2;
}

function tenth(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
