import { svgElement } from './svg-element.js';

/**
 * A word-sized course: a line from the least to the greatest value, broken where one is missing, with the marked values as
 * dots. Decoration, hidden from screen readers, since the same numbers stand in a table nearby.
 */
export function trendLine(
  values: readonly (number | undefined)[],
  marked: readonly boolean[] = [],
  width: number = 64,
  height: number = 18,
): SVGSVGElement {
  const node = svgElement('svg', {
    class: 'driftline-spark',
    width: String(width),
    height: String(height),
    viewBox: `0 0 ${width} ${height}`,
    'aria-hidden': 'true',
    focusable: 'false',
  });
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return node;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const round = (value: number): number => Math.round(value * 10) / 10;
  const x = (index: number): number =>
    round(3 + (values.length > 1 ? (index / (values.length - 1)) * (width - 6) : (width - 6) / 2));
  const y = (value: number): number => round(3 + (height - 6) * (high > low ? 1 - (value - low) / (high - low) : 0.5));
  const path = values
    .map((value, index) => {
      if (value === undefined) return '';
      const begins = index === 0 || values[index - 1] === undefined;
      return `${begins ? 'M' : 'L'}${x(index)} ${y(value)}`;
    })
    .join('');
  node.append(svgElement('path', { class: 'driftline-spark-current', d: known.length === 1 ? `${path}h0.1` : path }));
  values.forEach((value, index) => {
    if (value === undefined || !marked[index]) return;
    node.append(
      svgElement('circle', { class: 'driftline-spark-marked', cx: String(x(index)), cy: String(y(value)), r: '2.2' }),
    );
  });
  return node;
}
