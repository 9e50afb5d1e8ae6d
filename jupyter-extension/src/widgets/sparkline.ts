import { svgElement } from './svg-element.js';

/** One series of a {@link sparkline}: heights in order, and the CSS class that colours it. */
export interface SparkSeries {
  readonly name: 'baseline' | 'current';
  readonly values: readonly number[];
}

/**
 * A word-sized histogram without axes: the baseline as bars, the current sample as a stepped line over it. Decoration,
 * hidden from screen readers, since the same numbers stand in a table nearby.
 */
export function sparkline(series: readonly SparkSeries[], width: number = 72, height: number = 20): SVGSVGElement {
  const node = svgElement('svg', {
    class: 'driftline-spark',
    width: String(width),
    height: String(height),
    viewBox: `0 0 ${width} ${height}`,
    'aria-hidden': 'true',
    focusable: 'false',
  });
  const top = Math.max(...series.flatMap(({ values }) => values), 0);
  if (top <= 0) return node;
  for (const { name, values } of series) {
    const step = width / values.length;
    const y = (value: number): number => 1 + (height - 2) * (1 - value / top);
    const round = (value: number): string => String(Math.round(value * 100) / 100);
    if (name === 'baseline') {
      const bars = values
        .map((value, index) => {
          const gap = Math.min(1, step * 0.15);
          return `M${round(index * step + gap / 2)} ${height - 1}V${round(y(value))}h${round(step - gap)}V${height - 1}z`;
        })
        .join('');
      node.append(svgElement('path', { class: 'driftline-spark-baseline', d: bars }));
    } else {
      const line = values
        .map((value, index) => `${index === 0 ? 'M0 ' : 'V'}${round(y(value))}H${round((index + 1) * step)}`)
        .join('');
      node.append(svgElement('path', { class: 'driftline-spark-current', d: line }));
    }
  }
  return node;
}
