import { impactText } from '../attribution-words.js';
import type { ChartRenderer } from '../charts/chart-renderer.js';
import { distributionChart, sharesOf } from '../charts/distribution-chart.js';
import { seriesChart } from '../charts/hour-charts.js';
import { featureState, stateWord, whatHappened } from '../check-words.js';
import { type Html, html } from '../html-template.js';
import type { FeatureReport, FeatureSummary, ImpactSource, Violation } from '../report.js';
import {
  clipText,
  countText,
  distanceText,
  numberText,
  percentText,
  probabilityText,
  timeText,
} from '../value-text.js';
import { dataTable, figure, keyEntry, nameOf } from './parts.js';

/**
 * One feature: open where something is wrong with it, else folded to its line.
 *
 * @param source - where impacts come from, where they are known.
 */
export function featureSection(
  feature: FeatureReport,
  violations: readonly Violation[],
  anchor: string,
  draw: ChartRenderer,
  source?: ImpactSource,
): Html {
  const state = featureState(feature);
  const { drift } = feature;
  const open = state === 'violated' || state === 'drifting' || violations.length > 0;
  const headline = drift
    ? html`distance ${distanceText(drift.distance)}, threshold ${numberText(drift.threshold, 3)}`
    : clipText(feature.reason ?? '', 200);
  return html`<details class="feature"${open && html` open`}><summary><span><h3>${nameOf(feature.name)}</h3>${feature.part && html` <span class="small">${feature.part}</span>`}</span><span class="state ${state}">${stateWord(state)}</span><span class="distance">${headline}</span></summary>
<div class="body" id="${anchor}">
${violations.length > 0 && html`<ul class="findings">${violations.map((violation) => html`<li><strong>${sentence(whatHappened(violation))}</strong> ${clipText(violation.explanation, 600)}</li>`)}</ul>`}
${charts(feature, violations, draw)}
${feature.impact && source && html`<p class="small evidence">${impactText(feature.impact, source)}</p>`}
<div class="tables"><div>${summaryTable(feature)}</div><div>${distancesTable(feature)}</div></div>
</div></details>
`;
}

function charts(feature: FeatureReport, violations: readonly Violation[], draw: ChartRenderer): Html {
  const since = violations.find((violation) => violation.since !== undefined)?.since;
  const distribution = distributionChart(feature);
  const series = seriesChart(feature, since);
  if (distribution === undefined && series === undefined) return html``;
  const both = distribution !== undefined && series !== undefined;
  return html`<div class="charts ${both ? '' : 'one'}">${
    distribution &&
    figure('Baseline and current', distributionKey(feature), draw(distribution), distributionTable(feature))
  }${
    series &&
    figure(
      'Distance by hour',
      [
        keyEntry('current', 'current'),
        ...(feature.drift
          ? [keyEntry(`threshold ${numberText(feature.drift.threshold, 3)}`, 'threshold', 'dash')]
          : []),
        ...(since ? [keyEntry('since', 'drifting')] : []),
      ],
      draw(series),
      seriesTable(feature.series ?? []),
    )
  }</div>
`;
}

function distributionKey({ distribution }: FeatureReport): Html[] {
  const key = [keyEntry('baseline', 'baseline'), keyEntry('current', 'current')];
  if (distribution?.kind === 'categorical' && distribution.unseen.length > 0) {
    key.push(keyEntry('not in baseline', 'violated'));
  }
  if (distribution?.kind === 'numeric' && distribution.currentBelow + distribution.currentAbove > 0) {
    key.push(keyEntry('out of range', 'violated'));
  }
  return key;
}

function distributionTable({ distribution }: FeatureReport): Html {
  if (distribution === undefined) return html``;
  const row = (name: Html | string, baseline: number, current: number, shares: readonly [number, number]) =>
    [name, countText(baseline), percentText(shares[0]), countText(current), percentText(shares[1])] as const;
  const heads = ['Baseline rows', 'share', 'Current rows', 'share'];
  if (distribution.kind === 'numeric') {
    const { edges, currentBelow, currentAbove } = distribution;
    const total = distribution.current.reduce((sum, count) => sum + count, currentBelow + currentAbove);
    const share = (count: number): number => (total === 0 ? 0 : count / total);
    const [p, q] = [sharesOf(distribution.baseline), sharesOf(distribution.current, currentBelow + currentAbove)];
    const bins = distribution.baseline.map((count, bin) =>
      row(`${numberText(edges[bin]!)} to ${numberText(edges[bin + 1]!)}`, count, distribution.current[bin]!, [
        p[bin]!,
        q[bin]!,
      ]),
    );
    return dataTable(
      ['Value', ...heads],
      [
        ...(currentBelow > 0 ? [row('below', 0, currentBelow, [0, share(currentBelow)])] : []),
        ...bins,
        ...(currentAbove > 0 ? [row('above', 0, currentAbove, [0, share(currentAbove)])] : []),
      ],
      [1, 2, 3, 4],
    );
  }
  const { other, unseen } = distribution;
  const [p, q] = [sharesOf(distribution.baseline, other?.baseline), sharesOf(distribution.current, other?.current)];
  const rows = distribution.categories.map((category, index) =>
    row(
      html`${category === '' ? html`<em>empty text</em>` : nameOf(category, 80)}${unseen.includes(index) && html` <span class="violated">new</span>`}`,
      distribution.baseline[index]!,
      distribution.current[index]!,
      [p[index]!, q[index]!],
    ),
  );
  if (other !== undefined) {
    const rest = (shares: readonly number[]): number => Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
    rows.push(row(`${other.categories} more`, other.baseline, other.current, [rest(p), rest(q)]));
  }
  return dataTable(['Category', ...heads], rows, [1, 2, 3, 4]);
}

/** Hours up to two days, else days: a month by the hour for each feature would not be read. */
function seriesTable(series: NonNullable<FeatureReport['series']>): Html {
  if (series.length <= 48) {
    return dataTable(
      ['Hour (UTC)', 'Rows', 'Distance'],
      series.map(({ hour, rows, distance }) => [
        timeText(hour),
        countText(rows),
        rows === 0 ? '–' : distanceText(distance),
      ]),
      [1, 2],
    );
  }
  const days = new Map<string, { rows: number; distance: number }>();
  for (const { hour, rows, distance } of series) {
    const day = days.get(hour.slice(0, 10)) ?? { rows: 0, distance: 0 };
    days.set(hour.slice(0, 10), { rows: day.rows + rows, distance: Math.max(day.distance, distance) });
  }
  return dataTable(
    ['Day (UTC)', 'Rows', 'Largest hourly distance'],
    [...days].map(([day, { rows, distance }]) => [day, countText(rows), distanceText(distance)]),
    [1, 2],
  );
}

function summaryTable({ baseline, current }: FeatureReport): Html {
  if (baseline === undefined && current === undefined) return html``;
  const optional = (value: number | undefined, text: (value: number) => string): string =>
    value === undefined ? '–' : text(value);
  const rows: [string, (summary: FeatureSummary) => string][] = [
    ['Type', ({ inferredType }) => inferredType],
    ['Present', ({ present }) => countText(present)],
    ['Missing', ({ missing }) => countText(missing)],
    ['Completeness', ({ completeness }) => optional(completeness, percentText)],
    ['Distinct', ({ distinct, distinctExact }) => (distinctExact ? '' : '≈ ') + countText(distinct)],
  ];
  if (baseline?.mean !== undefined || current?.mean !== undefined) {
    rows.push(
      ['Mean', ({ mean }) => optional(mean, numberText)],
      ['Standard deviation', ({ standardDeviation }) => optional(standardDeviation, numberText)],
      ['Minimum', ({ min }) => optional(min, numberText)],
    );
    for (const [index, share] of [5, 25, 50, 75, 95].entries()) {
      const name = share === 50 ? 'Median' : `${share} %`;
      rows.push([name, ({ quantiles }) => optional(quantiles?.[index], numberText)]);
    }
    rows.push(['Maximum', ({ max }) => optional(max, numberText)]);
  }
  const side = (summary: FeatureSummary | undefined, text: (summary: FeatureSummary) => string): string =>
    summary === undefined ? '–' : text(summary);
  return dataTable(
    ['Summary', 'Baseline', 'Current'],
    rows.map(([name, text]) => [name, side(baseline, text), side(current, text)]),
    [1, 2],
  );
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function distancesTable({ distances, drift }: FeatureReport): Html {
  if (distances.length === 0) return html``;
  const table = html`<table class="distances"><thead><tr><th scope="col">Distance</th><th scope="col" class="number">Value</th><th scope="col" class="number">Threshold</th><th scope="col" class="number">p-value</th></tr></thead>
${distances.map(
  ({ title, value, threshold, pValue, definition }) =>
    html`<tbody><tr><th scope="row">${title}</th><td class="number">${distanceText(value)}</td><td class="number">${threshold !== undefined && numberText(threshold, 3)}</td><td class="number">${pValue !== undefined && probabilityText(pValue)}</td></tr><tr><td colspan="4" class="small">${definition}</td></tr></tbody>
`,
)}</table>`;
  if (drift === undefined) return table;
  return html`${table}<p class="small evidence">Lower 95 % bound of the compared distance: ${distanceText(drift.lowerBound)}. p-value adjusted over the features (Benjamini-Hochberg): ${probabilityText(drift.adjustedPValue)}. ${drift.significant ? 'Significantly beyond its threshold' : 'Not significantly beyond its threshold'}; at these sample sizes a distance of ${distanceText(drift.minimumDetectable)} is found with 80 % power.</p>`;
}
