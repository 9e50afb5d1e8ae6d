import type { ChartRenderer } from '../charts/chart-renderer.js';
import { driftChart } from '../charts/drift-chart.js';
import { rowsChart } from '../charts/hour-charts.js';
import { byDrift, featureState, stateWord } from '../check-words.js';
import { type Html, html } from '../html-template.js';
import type { FeatureReport, Report } from '../report.js';
import { clipText, countText, distanceText, plural, probabilityText, timeText } from '../value-text.js';
import { dataTable, figure, keyEntry, nameOf, wideAndNarrow } from './parts.js';

/** How far each feature is from its baseline, as bars against the thresholds. */
export function driftSection(
  features: readonly FeatureReport[],
  anchors: ReadonlyMap<string, string>,
  draw: ChartRenderer,
): Html {
  const compared = byDrift(features);
  if (compared.length === 0) return html``;
  const table = dataTable(
    ['Feature', 'Status', 'Distance', 'Threshold', 'Lower 95 % bound', 'Adjusted p-value', 'Detectable'],
    compared.map((feature) => {
      const drift = feature.drift!;
      const state = featureState(feature);
      return [
        html`<a href="#${anchors.get(feature.name)}">${nameOf(feature.name, 60)}</a>`,
        html`<span class="${state}">${stateWord(state)}</span>`,
        distanceText(drift.distance),
        distanceText(drift.threshold),
        distanceText(drift.lowerBound),
        probabilityText(drift.adjustedPValue),
        distanceText(drift.minimumDetectable),
      ];
    }),
    [2, 3, 4, 5, 6],
  );
  const states = new Set(compared.filter(({ drift }) => drift!.distance > drift!.threshold).map(featureState));
  const key = [
    ...(states.has('violated') ? [keyEntry('violated', 'violated')] : []),
    ...(states.has('drifting') ? [keyEntry('beyond threshold, not decided a violation', 'drifting')] : []),
    keyEntry('within threshold', 'baseline'),
    keyEntry('threshold', 'threshold', 'dash'),
    keyEntry('down to the lower 95 % bound', 'text', 'whisker'),
  ];
  const corrected = compared.some(({ distances }) =>
    distances.some(({ name, threshold }) => name === 'linf_robust' && threshold !== undefined),
  );
  const lead = corrected
    ? 'The distance before the noise correction of the Robust method, which violations are measured with'
    : 'The distance that is compared with a threshold';
  return html`<section id="drift"><h2>Drift</h2>
<p class="lead">${lead}, for ${plural(compared.length, 'feature')}, worst first.</p>
${figure(
  'Distance between baseline and current',
  key,
  wideAndNarrow(draw, (width) => driftChart(compared, width)),
  table,
  'wide-chart',
)}</section>
`;
}

/** How much was captured, hour by hour. */
export function rowsSection({ hours }: Report, draw: ChartRenderer): Html {
  if (hours.length < 2) return html``;
  const empty = hours.filter(({ rows }) => rows === 0).length;
  const table = dataTable(
    ['Hour (UTC)', 'Rows'],
    hours.map(({ hour, rows }) => [timeText(hour), countText(rows)]),
    [1],
  );
  const key = empty > 0 ? [keyEntry('no rows', 'violated')] : [];
  const total = hours.reduce((sum, { rows }) => sum + rows, 0);
  return html`<section id="hours"><h2>Rows per hour</h2>
<p class="lead">${plural(total, 'row')} in ${plural(hours.length, 'hour')}${empty > 0 && `, ${countText(empty)} of them empty`}.</p>
${figure(
  'Captured rows',
  key,
  wideAndNarrow(draw, (width) => rowsChart(hours, width)),
  table,
  'wide-chart',
)}</section>
`;
}

/** Lines that could not be read: why, how many, and where the first ones are. */
export function quarantineSection({ current, baseline }: Report): Html {
  const samples = [
    ['current', current.read],
    ['baseline', baseline.read],
  ] as const;
  return html`${samples.map(
    ([name, read]) =>
      read !== undefined &&
      (read.quarantined > 0 || read.dropped > 0) &&
      html`<section id="quarantine-${name}"><h2>Left out of ${name}</h2>
<p class="lead">${read.quarantined > 0 && `${plural(read.quarantined, 'line')} could not be read and ${read.quarantined === 1 ? 'is' : 'are'} in no number of this report. `}${read.dropped > 0 && `The pre-processing hook left out ${plural(read.dropped, 'record')}.`}</p>
${
  read.reasons.length > 0 &&
  html`<div class="reasons">${dataTable(
    ['Reason', 'Lines'],
    read.reasons.map(({ reason, count }) => [clipText(reason, 200), countText(count)]),
    [1],
  )}</div>`
}
${
  read.examples.length > 0 &&
  html`<details><summary>The first ${plural(read.examples.length, 'line')}</summary><div class="folded">${read.examples.map(
    ({ file, line, reason, excerpt }) =>
      html`<p class="small">${clipText(file, 300)}, line ${line}: ${clipText(reason, 200)}</p><pre dir="auto">${clipText(excerpt, 200)}</pre><br>`,
  )}</div></details>`
}</section>
`,
  )}`;
}

const mappingWords: Readonly<Record<NonNullable<Report['mapping']>['source'], string>> = {
  configuration: 'Names come from the configuration.',
  'baseline-position': "Captured CSV has no names: columns take the baseline's names by position, the output first.",
  'json-keys': "Names are the records' own JSON keys.",
  header: "Names come from the file's header.",
  position: 'There are no names: columns are named by position.',
};

/** Where column names come from, with a value each, so that a swapped column is seen. */
export function mappingSection({ mapping }: Report): Html {
  if (mapping === undefined || mapping.columns.length === 0) return html``;
  return html`<section id="columns"><h2>Columns</h2><p class="lead">${mappingWords[mapping.source]}</p>
${mapping.warning !== undefined && html`<p class="warning">${clipText(mapping.warning, 400)}</p>`}
<details${mapping.warning !== undefined && html` open`}><summary>${plural(mapping.columns.length, 'column')} with the first value seen</summary><div class="folded scroll">${dataTable(
    ['Name', 'Part', 'Position', 'First value'],
    mapping.columns.map(({ part, index, name, example }) => [
      nameOf(name, 80),
      part,
      index + 1,
      example === undefined ? '–' : nameOf(example, 80),
    ]),
    [2],
  )}</div></details></section>
`;
}

export function notesSection(report: Report): Html {
  // The warning about columns has its place at the top of the page.
  const notes = report.notes.filter((note) => note !== report.mapping?.warning);
  if (notes.length === 0) return html``;
  return html`<section id="notes"><h2>Notes</h2><ul>${notes.map((note) => html`<li>${clipText(note, 1000)}</li>`)}</ul></section>
`;
}
