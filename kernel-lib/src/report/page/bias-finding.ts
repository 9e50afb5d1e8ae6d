import { biasChangeText, biasIntervalText, biasNumberText, biasRangeText } from '../bias-number-text.js';
import { allowedOf, subjectKey } from '../bias-states.js';
import { biasExplanation } from '../bias-words.js';
import { biasCauseChart, causeParts } from '../charts/bias-cause-chart.js';
import { biasCourseChart } from '../charts/bias-course-chart.js';
import type { Chart } from '../charts/chart-renderer.js';
import { type Html, html } from '../html-template.js';
import type { BiasMetricReport, BiasSegment } from '../model-bias-report.js';
import { clipText, countText, plural, timeText } from '../value-text.js';
import type { FacetSection } from './bias-facet-section.js';
import { dataTable, figure, keyEntry, nameOf } from './parts.js';

/** Buckets and segments listed at most. */
const MOST_ROWS = 100;
const MOST_SEGMENTS = 10;

/** A violated metric: what it says, its course, and why it changed. */
export function biasFinding(section: FacetSection, metric: BiasMetricReport): Html {
  const { facet, bias, anchors } = section;
  const { name, title, cause } = metric;
  const anchor = anchors.get(keyOf(section, metric));
  const course = biasCourse(section, metric);
  const why = causeFigure(section, metric);
  return html`<article class="finding"${anchor !== undefined && html` id="${anchor}"`}><h3>${nameOf(title, 100)} <code>${clipText(name, 60)}</code></h3>
<p>${biasExplanation(facet, metric, bias)}</p>
${(course || why) && html`<div class="charts${!(course && why) && ' one'}">${course}${why}</div>`}
${cause && cause.segments.length > 0 && segmentsList(cause.segments)}</article>
`;
}

/** The key of a metric of the section's group. */
export function keyOf({ facet: { facet, value, title } }: FacetSection, { name }: BiasMetricReport): string {
  return subjectKey({ feature: name, facet: { name: facet, value, title } });
}

/** A metric over time, with its numbers as a table; undefined for fewer than two buckets. */
export function biasCourse({ bias, violations, draw }: FacetSection, metric: BiasMetricReport): Html | undefined {
  const since = violations.find(({ feature }) => feature === metric.name)?.since;
  const chart = biasCourseChart(metric, bias.bucket, since);
  if (chart === undefined) return undefined;
  const { baseline, status, title, name } = metric;
  const range = biasRangeText(allowedOf(metric));
  const key = [
    keyEntry('with 95 % interval', status === 'violated' ? 'violated' : 'current'),
    ...(baseline?.value !== undefined
      ? [keyEntry(`baseline ${biasNumberText(baseline.value)}`, 'baseline', 'line')]
      : []),
    ...(range === undefined ? [] : [keyEntry(`allowed ${range}`, 'ok', 'band')]),
  ];
  return figure(
    status === 'violated' ? `By ${bias.bucket}` : html`${nameOf(title, 100)} (${clipText(name, 60)})`,
    key,
    draw(chart),
    courseTable(metric, bias.bucket),
  );
}

function courseTable({ series }: BiasMetricReport, bucket: 'hour' | 'day'): Html {
  const shown = series.slice(-MOST_ROWS);
  return dataTable(
    [bucket === 'hour' ? 'Hour (UTC)' : 'Day (UTC)', 'Rows', 'Value', '95 % interval'],
    shown.map(({ start, rows, value, lower, upper }) => [
      bucket === 'hour' ? timeText(start) : start.slice(0, 10),
      countText(rows),
      biasNumberText(value),
      biasIntervalText({ ...(lower !== undefined && { lower }), ...(upper !== undefined && { upper }) }) ?? '–',
    ]),
    [1, 2, 3],
    shown.length < series.length ? `The last ${MOST_ROWS} of ${series.length}.` : undefined,
  );
}

function causeFigure({ facet, draw }: FacetSection, { cause, change }: BiasMetricReport): Html | undefined {
  if (cause === undefined) return undefined;
  const rows = causeParts(cause, facet.title, facet.others).flatMap(({ head, parts }) =>
    parts.map(({ name, value }) => [html`<bdi>${clipText(name, 100)}</bdi>`, head, biasChangeText(value)]),
  );
  const chart = (width: number): Chart => biasCauseChart(cause, facet.title, facet.others, width);
  const total = change === undefined ? '' : ` of ${biasChangeText(change.value)}`;
  return figure(
    `What the change${total} is made of`,
    [],
    html`<div class="wide">${draw(chart(460))}</div><div class="narrow">${draw(chart(330))}</div>`,
    dataTable(['Part', 'Of', 'Contribution'], rows, [2]),
  );
}

function segmentsList(segments: readonly BiasSegment[]): Html {
  const shown = segments.slice(0, MOST_SEGMENTS);
  return html`<h4>Rows that carry it</h4><table class="segments"><thead><tr><th scope="col">Rows with</th><th scope="col" class="number">In the window</th><th scope="col" class="number">In the baseline</th><th scope="col" class="number">Part of the change</th></tr></thead><tbody>
${shown.map(
  ({ title, rows, baselineRows, contribution }) =>
    html`<tr><th scope="row"><bdi>${clipText(title, 200)}</bdi></th><td class="number" data-label="In the window">${countText(rows)}</td><td class="number" data-label="In the baseline">${countText(baselineRows)}</td><td class="number" data-label="Part of the change">${biasChangeText(contribution)}</td></tr>
`,
)}</tbody></table>${shown.length < segments.length && html`<p class="small">${plural(segments.length - shown.length, 'more group')} of rows carry less.</p>`}`;
}
