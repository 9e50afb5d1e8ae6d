import type { CalibrationBin, LiftBin, Pair } from '../model-quality-report.js';
import { themed } from '../theme.js';
import { numberText } from '../value-text.js';
import { categoryAxis, type Shape, scaleFromZero, valueAxis } from './chart-parts.js';
import type { Chart, ToPixels } from './chart-renderer.js';
import { diagonal, shareAxis } from './curve-charts.js';

const width = 460;

/** Observed shares of positives against predicted probabilities; on the diagonal a score means what it says. */
export function calibrationChart({ baseline, current }: Pair<readonly CalibrationBin[]>): Chart {
  const bins = current ?? baseline ?? [];
  const beyond = bins.filter(
    ({ predicted, observed: { lower = 0, upper = 1 } }) => predicted < lower || predicted > upper,
  ).length;
  const sample = current === undefined ? 'the baseline' : 'current';
  return {
    width,
    height: 400,
    title: 'Calibration: baseline and current',
    description: `In ${beyond} of ${bins.length} bins of ${sample} the predicted probability is outside the 95 % interval of the observed share.`,
    grid: { left: 56, right: 16, top: 14, bottom: 46 },
    xAxis: shareAxis('predicted probability (mean of the bin)', 28),
    yAxis: shareAxis('observed share of positives', 36),
    shapes: (coord) => [
      diagonal(coord),
      ...calibrationPoints(baseline, 'baseline', coord),
      ...calibrationPoints(current, 'current', coord),
    ],
  };
}

function calibrationPoints(
  bins: readonly CalibrationBin[] = [],
  colour: 'baseline' | 'current',
  coord: ToPixels,
): Shape[] {
  const filled = bins.filter(({ rows }) => rows > 0);
  const stroke = themed(colour);
  const whisker = { stroke, lineWidth: 1.25 };
  return [
    {
      type: 'polyline',
      points: filled.map(({ predicted, observed }) => coord([predicted, observed.value])),
      style: { stroke, fill: 'none', lineWidth: 1.5, lineJoin: 'round' },
    },
    ...filled.flatMap(({ predicted, observed: { value, lower, upper } }): Shape[] => {
      const [x, y] = coord([predicted, value]);
      const dot: Shape = { type: 'circle', x, y, r: 3, style: { fill: stroke } };
      if (lower === undefined || upper === undefined) return [dot];
      const [[, y1], [, y2]] = [coord([predicted, lower]), coord([predicted, upper])];
      return [
        { type: 'line', x1: x, y1, x2: x, y2, style: whisker },
        { type: 'line', x1: x - 3, y1, x2: x + 3, y2: y1, style: whisker },
        { type: 'line', x1: x - 3, y1: y2, x2: x + 3, y2, style: whisker },
        dot,
      ];
    }),
  ];
}

/** Lift by tenths of the rows, highest scores first; 1 is what a random tenth has. */
export function liftChart({ baseline, current }: Pair<readonly LiftBin[]>): Chart {
  const deciles = [...new Set([...(baseline ?? []), ...(current ?? [])].map(({ decile }) => decile))].sort(
    (a, b) => a - b,
  );
  const most = Math.max(1, ...[...(baseline ?? []), ...(current ?? [])].map(({ lift }) => lift));
  const first = (bins: readonly LiftBin[] | undefined): string =>
    bins?.[0] === undefined ? 'unknown' : numberText(bins[0].lift, 3);
  return {
    width,
    height: 300,
    title: 'Lift by decile: baseline and current',
    description: `The tenth with the highest scores has ${first(current)} times the share of positives of all rows in current, ${first(baseline)} times in the baseline.`,
    grid: { left: 56, right: 16, top: 14, bottom: 46 },
    xAxis: categoryAxis('tenth of the rows by score (1: highest scores)', 28, deciles.map(String)),
    yAxis: valueAxis('lift (times the share in all rows)', 36, {
      ...scaleFromZero(most),
      gridLines: true,
      format: String,
    }),
    shapes: (coord) => {
      const step = coord([1, 0])[0] - coord([0, 0])[0];
      const thick = Math.min(18, step * 0.38);
      const bars = (bins: readonly LiftBin[] = [], colour: 'baseline' | 'current', shift: number): Shape[] =>
        bins.map(({ decile, lift }): Shape => {
          const [x, bottom] = coord([deciles.indexOf(decile), 0]);
          const [, y] = coord([0, lift]);
          return { type: 'rect', x: x + shift, y, width: thick, height: bottom - y, style: { fill: themed(colour) } };
        });
      const [[x1, y1], [x2]] = [coord([-0.5, 1]), coord([deciles.length - 0.5, 1])];
      return [
        ...bars(baseline, 'baseline', -thick - 0.5),
        ...bars(current, 'current', 0.5),
        { type: 'line', x1, y1, x2, y2: y1, style: { stroke: themed('muted'), lineWidth: 1, lineDash: '2 3' } },
      ];
    },
  };
}
