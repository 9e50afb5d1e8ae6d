import type { Chart, ChartRenderer } from '../charts/chart-renderer.js';
import { metricChart } from '../charts/metric-chart.js';
import { calibrationChart, confusionChart, coverageChart, curveChart, liftChart } from '../charts/quality-charts.js';
import { coverageText } from '../coverage-text.js';
import { type Html, html } from '../html-template.js';
import type { MetricReport, ModelQualityReport } from '../model-quality-report.js';
import type { Report } from '../report.js';
import { clipText, countText, numberText, percentText, plural, timeText } from '../value-text.js';
import { both } from './data-sections.js';
import { dataTable, figure, keyEntry, nameOf } from './parts.js';
import { estimateSection, metricsTable, metricText, segmentsSection } from './quality-tables.js';

/** Metrics that are drawn although nothing is wrong with them. */
const MAIN = ['auc', 'f1', 'accuracy', 'weighted_f1', 'rmse', 'mae'];
/** A matrix of more classes is a table only. */
const MOST_CLASSES = 12;

/** Everything a model-quality report shows. */
export function qualitySections(report: Report, quality: ModelQualityReport, draw: ChartRenderer): Html {
  if (quality.coverage.predictions === 0) return html``;
  return html`${metricsSection(report, quality, draw)}
${segmentsSection(quality)}
${quality.coverage.labelled > 0 && answersSection(quality, draw)}
${estimateSection(quality)}
${coverageSection(quality, draw)}`;
}

function metricsSection(report: Report, quality: ModelQualityReport, draw: ChartRenderer): Html {
  const { metrics } = quality;
  const constant = metrics.filter(({ name }) => name.endsWith('_best_constant_classifier'));
  const judged = metrics.filter((metric) => metric.threshold !== undefined && !constant.includes(metric));
  const others = metrics.filter((metric) => !judged.includes(metric) && !constant.includes(metric));
  const drawn = metrics.filter(({ name, status }) => status === 'violated' || MAIN.includes(name)).slice(0, 12);
  return html`<section id="metrics"><h2>Metrics</h2>
<p class="lead">${addressingText(quality)}</p>
<div class="scroll">${metricsTable(judged)}</div>
${others.length > 0 && html`<details><summary>${plural(others.length, 'metric')} without a limit</summary><div class="folded scroll">${metricsTable(others)}</div></details>`}
${constant.length > 0 && html`<details><summary>${plural(constant.length, 'metric')} of a classifier that always answers the same</summary><div class="folded scroll">${metricsTable(constant)}</div></details>`}
${definitions(metrics)}
<div class="charts folded">${drawn.map((metric) => metricFigure(metric, report, quality, draw))}</div></section>
`;
}

function definitions(metrics: readonly MetricReport[]): Html {
  return html`<details><summary>Definitions and methods</summary><dl class="record folded">${metrics.map(
    ({ name, title, definition, current }) =>
      html`<dt>${clipText(title, 80)} <code>${clipText(name, 80)}</code></dt><dd>${definition}${current?.method !== undefined && html` <span class="small">Interval: ${current.method}.</span>`}</dd>`,
  )}</dl></details>`;
}

function addressingText({ addressing }: ModelQualityReport): string {
  const { label, prediction, probability, threshold, positiveLabel } = addressing;
  const positive =
    positiveLabel === undefined ? '' : `; positive is ${clipText(positiveLabel, 60)}, threshold ${threshold ?? 0.5}`;
  return `Label: ${label}; prediction: ${prediction}${probability === undefined ? '' : `; probability: ${probability}`}${positive}.`;
}

function metricFigure(
  metric: MetricReport,
  { violations }: Report,
  { estimate, bucket }: ModelQualityReport,
  draw: ChartRenderer,
): Html {
  const estimated = estimate?.metrics.find(({ name }) => name === metric.name);
  const since = violations.find(({ feature }) => feature === metric.name)?.since;
  const chart = metricChart({
    metric,
    bucket,
    width: 460,
    ...(estimated && { estimate: estimated }),
    ...(since && { since }),
  });
  if (chart === undefined) return html``;
  const estimates = new Map((estimated?.series ?? []).map(({ start, value }) => [start, value]));
  const key = [
    ...(metric.series.length > 0 ? [keyEntry('realised, 95 %', 'current')] : []),
    ...(estimated ? [keyEntry(`estimated without labels (${estimated.method})`, 'estimate', 'dash')] : []),
    ...(metric.baseline ? [keyEntry('baseline', 'baseline')] : []),
    ...(metric.threshold === undefined ? [] : [keyEntry('limit', 'threshold', 'dash')]),
  ];
  const starts = [...new Set([...metric.series.map(({ start }) => start), ...estimates.keys()])].sort();
  const table = dataTable(
    ['Time (UTC)', 'Rows', 'Realised', '95 %', ...(estimated ? ['Estimated'] : [])],
    starts.map((start) => {
      const point = metric.series.find((each) => each.start === start);
      const guess = estimates.get(start);
      return [
        timeText(start),
        point === undefined ? '–' : countText(point.rows),
        point === undefined ? '–' : metricText(point.value),
        point?.lower === undefined ? '–' : `${metricText(point.lower)} to ${metricText(point.upper!)}`,
        ...(estimated ? [guess === undefined ? '–' : metricText(guess)] : []),
      ];
    }),
    [1, 2, 3, 4],
  );
  return figure(clipText(metric.title, 80), key, draw(chart), table);
}

function answersSection(quality: ModelQualityReport, draw: ChartRenderer): Html {
  const { confusion, roc, precisionRecall, calibration, lift } = quality;
  const sides = [keyEntry('baseline', 'baseline'), keyEntry('current', 'current')];
  const matrices = [
    ['Confusion matrix, baseline', confusion.baseline],
    ['Confusion matrix, current', confusion.current],
  ] as const;
  const curve = (chart: Chart, table: Html): Html => figure(chart.title, sides, draw(chart), table);
  const positives = confusion.current && shareOfPositives(confusion.current.counts);
  const parts = [
    ...matrices.flatMap(([title, matrix]) => (matrix === undefined ? [] : [matrixFigure(title, matrix, draw)])),
    ...(roc
      ? [
          curve(
            curveChart('ROC curve', ['false positive rate', 'true positive rate'], roc, 'diagonal'),
            curveTable(roc.current ?? roc.baseline, 'False positive rate', 'True positive rate'),
          ),
        ]
      : []),
    ...(precisionRecall
      ? [
          curve(
            curveChart('Precision and recall', ['recall', 'precision'], precisionRecall, positives),
            curveTable(precisionRecall.current ?? precisionRecall.baseline, 'Recall', 'Precision'),
          ),
        ]
      : []),
    ...(calibration ? [curve(calibrationChart(calibration), calibrationTable(calibration))] : []),
    ...(lift ? [curve(liftChart(lift), liftTable(lift))] : []),
  ];
  if (parts.length === 0) return html``;
  return html`<section id="answers"><h2>Predictions against labels</h2><div class="charts">${parts}</div></section>
`;
}

function shareOfPositives(counts: readonly (readonly number[])[]): number | undefined {
  const total = counts.flat().reduce((sum, count) => sum + count, 0);
  const positives = (counts[1] ?? []).reduce((sum, count) => sum + count, 0);
  return total === 0 || counts.length !== 2 ? undefined : positives / total;
}

function matrixFigure(
  title: string,
  matrix: NonNullable<ModelQualityReport['confusion']['current']>,
  draw: ChartRenderer,
): Html {
  const { classes, counts } = matrix;
  const table = dataTable(
    ['Actual \\ predicted', ...classes.map((name) => nameOf(name, 60))],
    counts.map((row, actual) => [nameOf(classes[actual] ?? '', 60), ...row.map((count) => countText(count))]),
    classes.map((_, index) => index + 1),
  );
  if (classes.length > MOST_CLASSES) {
    return html`<figure><figcaption><strong>${title}</strong></figcaption><details><summary>${plural(classes.length, 'class')} as a table</summary><div class="folded scroll">${table}</div></details></figure>`;
  }
  return figure(title, [], draw(confusionChart(title, matrix)), table, 'matrix');
}

function curveTable(
  points: { readonly x: readonly number[]; readonly y: readonly number[] } | undefined,
  across: string,
  up: string,
): Html {
  const count = points?.x.length ?? 0;
  const step = Math.max(1, Math.floor(count / 20));
  const rows = Array.from({ length: count }, (_, index) => index).filter(
    (index) => index % step === 0 || index === count - 1,
  );
  return dataTable(
    [across, up],
    rows.map((index) => [numberText(points!.x[index]!, 4), numberText(points!.y[index]!, 4)]),
    [0, 1],
  );
}

function calibrationTable({ baseline, current }: NonNullable<ModelQualityReport['calibration']>): Html {
  return dataTable(
    ['Bin', 'Rows', 'Mean probability', 'Share of positives', '95 %'],
    (current ?? baseline ?? []).map(({ lower, upper, rows, predicted, observed }) => [
      `${numberText(lower, 2)} to ${numberText(upper, 2)}`,
      countText(rows),
      numberText(predicted, 4),
      percentText(observed.value),
      observed.lower === undefined ? '–' : `${percentText(observed.lower)} to ${percentText(observed.upper!)}`,
    ]),
    [1, 2, 3, 4],
  );
}

function liftTable({ baseline, current }: NonNullable<ModelQualityReport['lift']>): Html {
  const before = new Map((baseline ?? []).map(({ decile, lift }) => [decile, lift]));
  return dataTable(
    ['Tenth', 'Rows', 'Positives', 'Lift', 'Lift, baseline'],
    (current ?? baseline ?? []).map(({ decile, rows, positives, lift }) => {
      const known = before.get(decile);
      return [
        String(decile),
        countText(rows),
        percentText(positives),
        numberText(lift, 3),
        known === undefined ? '–' : numberText(known, 3),
      ];
    }),
    [1, 2, 3, 4],
  );
}

function coverageSection({ coverage }: ModelQualityReport, draw: ChartRenderer): Html {
  const { hours, unmatchedLabels, repeatedLabels } = coverage;
  const table = dataTable(
    ['Hour (UTC)', 'Predictions', 'Labelled'],
    hours.map(({ hour, predictions, labelled }) => [timeText(hour), countText(predictions), countText(labelled)]),
    [1, 2],
  );
  const key = [keyEntry('labelled', 'current'), keyEntry('without a label', 'baseline')];
  return html`<section id="labels"><h2>Labels</h2><p class="lead">${coverageText(coverage)}${
    repeatedLabels > 0 && ` ${plural(repeatedLabels, 'label')} came again: the last one counts.`
  }${unmatchedLabels > 0 && ` ${plural(unmatchedLabels, 'label')} belong to no prediction of this window.`}</p>
${
  hours.length > 1 &&
  figure(
    'Predictions and labels by hour',
    key,
    both(draw, (width) => coverageChart(hours, width)),
    table,
    'wide-chart',
  )
}</section>
`;
}
