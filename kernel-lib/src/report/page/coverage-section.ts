import type { ChartRenderer } from '../charts/chart-renderer.js';
import { coverageBuckets, coverageChart } from '../charts/coverage-chart.js';
import { coverageText } from '../coverage-text.js';
import { type Html, html } from '../html-template.js';
import type { ModelQualityReport } from '../model-quality-report.js';
import { clipText, countText, percentText, plural, timeText } from '../value-text.js';
import { dataTable, figure, keyEntry, wideAndNarrow } from './parts.js';

/** How many predictions have their label, hour by hour, how late labels come, and where all of it was found. */
export function coverageSection({ coverage, addressing }: ModelQualityReport, draw: ChartRenderer): Html {
  const { unmatchedLabels, repeatedLabels } = coverage;
  const { label, prediction, probability, positiveLabel, threshold } = addressing;
  const asides = [
    ...(unmatchedLabels > 0 ? [`${plural(unmatchedLabels, 'label')} without a prediction in the window`] : []),
    ...(repeatedLabels > 0 ? [`${plural(repeatedLabels, 'label')} came again: the last one counts`] : []),
  ];
  return html`<section id="labels"><h2>Labels</h2>
<p class="lead">${coverageText(coverage)}${asides.length > 0 && ` ${asides.join('; ')}.`}</p>
${coverageFigure(coverage, draw)}
<details><summary>Where they were found</summary><dl class="record folded"><dt>Label</dt><dd>${clipText(label)}</dd><dt>Prediction</dt><dd>${clipText(prediction)}</dd>${probability !== undefined && html`<dt>Probability</dt><dd>${clipText(probability)}</dd>`}${positiveLabel !== undefined && html`<dt>Positive class</dt><dd><bdi>${clipText(positiveLabel)}</bdi>${threshold !== undefined && `, predicted for a probability above ${threshold}`}</dd>`}</dl></details></section>
`;
}

/** Predictions by hour or day, those with their label apart; empty for one bucket. */
export function coverageFigure(coverage: ModelQualityReport['coverage'], draw: ChartRenderer): Html {
  const { bucket, buckets } = coverageBuckets(coverage);
  if (buckets.length < 2) return html``;
  const share = (part: number, all: number): string => (all === 0 ? '–' : percentText(part / all));
  const table = dataTable(
    [bucket === 'hour' ? 'Hour (UTC)' : 'Day (UTC)', 'Predictions', 'With label', 'share'],
    buckets.map(({ start, predictions, labelled }) => [
      bucket === 'hour' ? timeText(start) : start.slice(0, 10),
      countText(predictions),
      countText(labelled),
      share(labelled, predictions),
    ]),
    [1, 2, 3],
  );
  return figure(
    `Predictions by ${bucket}`,
    [keyEntry('with label', 'current'), keyEntry('without label yet', 'baseline')],
    wideAndNarrow(draw, (width) => coverageChart(coverage, width)),
    table,
    'wide-chart',
  );
}
