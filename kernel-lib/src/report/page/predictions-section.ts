import type { ChartRenderer } from '../charts/chart-renderer.js';
import { precisionAt, precisionRecallChart, rocAt, rocChart } from '../charts/curve-charts.js';
import { calibrationChart, liftChart } from '../charts/score-charts.js';
import { type Html, html } from '../html-template.js';
import type { CalibrationBin, CurvePoints, LiftBin, ModelQualityReport, Pair } from '../model-quality-report.js';
import { intervalText, metricText } from '../quality-words.js';
import { countText, numberText, percentText } from '../value-text.js';
import { confusionFigures } from './confusion-section.js';
import { dataTable, figure, keyEntry } from './parts.js';

/** Predictions against labels: the confusion matrix, and of scores their curves, calibration and lift. */
export function predictionsSection(quality: ModelQualityReport, draw: ChartRenderer): Html {
  const { confusion, roc, precisionRecall, calibration, lift } = quality;
  const charts = [
    ...(some(roc) ? [rocFigure(roc, draw)] : []),
    ...(some(precisionRecall) ? [precisionRecallFigure(precisionRecall, lift?.current, draw)] : []),
    ...(some(calibration) ? [calibrationFigure(calibration, draw)] : []),
    ...(some(lift) ? [liftFigure(lift, draw)] : []),
  ];
  if (!some(confusion) && charts.length === 0) return html``;
  return html`<section id="predictions"><h2>Predictions against labels</h2>
${confusionFigures(confusion)}
${charts.length > 0 && html`<div class="charts aligned${charts.length === 1 && ' one'}">${charts}</div>`}</section>
`;
}

function some<T>(pair: Pair<T> | undefined): pair is Pair<T> {
  return pair?.baseline !== undefined || pair?.current !== undefined;
}

function sampleKey({ baseline, current }: Pair<unknown>, look: 'fill' | 'line' = 'line'): Html[] {
  return [
    ...(baseline === undefined ? [] : [keyEntry('baseline', 'baseline', look)]),
    ...(current === undefined ? [] : [keyEntry('current', 'current', look)]),
  ];
}

const tenths = Array.from({ length: 11 }, (_, index) => index / 10);

function curveTable(
  heads: readonly [string, string],
  { baseline, current }: Pair<CurvePoints>,
  at: (curve: CurvePoints, x: number) => number | undefined,
): Html {
  const sides = [
    ...(baseline ? [['baseline', baseline] as const] : []),
    ...(current ? [['current', current] as const] : []),
  ];
  return dataTable(
    [heads[0], ...sides.map(([name]) => `${heads[1]}, ${name}`)],
    tenths.map((x) => [
      x.toFixed(1),
      ...sides.map(([, curve]) => {
        const y = at(curve, x);
        return y === undefined ? '–' : metricText(y, 'fraction');
      }),
    ]),
    [0, 1, 2],
  );
}

function rocFigure(roc: Pair<CurvePoints>, draw: ChartRenderer): Html {
  return figure(
    'ROC curve',
    [...sampleKey(roc), keyEntry('chance', 'muted', 'dash')],
    draw(rocChart(roc)),
    curveTable(['False positive rate', 'True positive rate'], roc, rocAt),
  );
}

function precisionRecallFigure(
  pair: Pair<CurvePoints>,
  lift: readonly LiftBin[] | undefined,
  draw: ChartRenderer,
): Html {
  const rows = (lift ?? []).reduce((sum, bin) => sum + bin.rows, 0);
  const positives = (lift ?? []).reduce((sum, bin) => sum + bin.rows * bin.positives, 0);
  const chance = rows > 0 ? positives / rows : undefined;
  return figure(
    'Precision and recall',
    [...sampleKey(pair), ...(chance === undefined ? [] : [keyEntry('chance, in current', 'muted', 'dash')])],
    draw(precisionRecallChart(pair, chance)),
    curveTable(['Recall', 'Precision'], pair, precisionAt),
  );
}

function calibrationFigure(pair: Pair<readonly CalibrationBin[]>, draw: ChartRenderer): Html {
  const row = (sample: string, { lower, upper, rows, predicted, observed }: CalibrationBin): string[] => [
    `${numberText(lower, 3)} to ${numberText(upper, 3)}`,
    sample,
    countText(rows),
    ...(rows === 0
      ? ['–', '–', '–']
      : [
          metricText(predicted, 'fraction'),
          metricText(observed.value, 'fraction'),
          intervalText(observed, 'fraction') ?? '–',
        ]),
  ];
  const table = dataTable(
    ['Probability', 'Sample', 'Rows', 'Mean predicted', 'Observed share', '95 % interval'],
    [
      ...(pair.baseline ?? []).map((bin) => row('baseline', bin)),
      ...(pair.current ?? []).map((bin) => row('current', bin)),
    ],
    [2, 3, 4, 5],
  );
  return figure(
    'Calibration',
    [...sampleKey(pair), keyEntry('a score means what it says', 'muted', 'dash')],
    draw(calibrationChart(pair)),
    table,
  );
}

function liftFigure(pair: Pair<readonly LiftBin[]>, draw: ChartRenderer): Html {
  const row = (sample: string, { decile, rows, positives, lift }: LiftBin): (string | number)[] => [
    decile,
    sample,
    countText(rows),
    percentText(positives),
    numberText(lift, 3),
  ];
  const table = dataTable(
    ['Tenth', 'Sample', 'Rows', 'Positives', 'Lift'],
    [
      ...(pair.baseline ?? []).map((bin) => row('baseline', bin)),
      ...(pair.current ?? []).map((bin) => row('current', bin)),
    ],
    [2, 3, 4],
  );
  return figure(
    'Lift by decile',
    [...sampleKey(pair, 'fill'), keyEntry('a random tenth', 'muted', 'dash')],
    draw(liftChart(pair)),
    table,
  );
}
