import { attributionText, boundsText, scaleWord, shareText } from '../attribution-words.js';
import { waterfallChart } from '../charts/attribution-waterfall-chart.js';
import type { ChartRenderer } from '../charts/chart-renderer.js';
import { type Html, html } from '../html-template.js';
import type {
  ExplainedRow,
  ModelExplainabilityReport,
  OutputAttributionReport,
} from '../model-explainability-report.js';
import type { Estimated } from '../model-quality-report.js';
import { clipText, countText, timeText } from '../value-text.js';
import { bothWidths, dataTable, figure, keyEntry, nameOf } from './parts.js';

const STEPS = 9;

/** Groups of requests for which the model rests on other features than for the rest. */
export function segmentsSection({ segments }: OutputAttributionReport): Html {
  if (segments.length === 0) return html``;
  const estimate = (value: Estimated, text: (value: number) => string): Html => {
    const bounds = boundsText(value, text);
    return html`${text(value.value)}${bounds !== undefined && html`<small>${bounds}</small>`}`;
  };
  return html`<section id="segments"><h2>Groups of requests</h2>
<p class="lead">For these groups the model rests on other features than for the rest of the window, beyond chance.</p>
<div class="scroll"><table class="attributions groups"><thead><tr><th scope="col">Group</th><th scope="col" class="number">Rows</th><th scope="col" class="number">Mean answer</th><th scope="col" class="number">of the rest</th><th scope="col">Feature</th><th scope="col" class="number">Share</th><th scope="col" class="number">of the rest</th></tr></thead>
${segments.map(
  ({ title, rows, answer, features }) =>
    html`<tbody>${features.map(
      ({ feature, share, rest }, index) =>
        html`<tr>${
          index === 0 &&
          html`<th scope="rowgroup" class="wrap" rowspan="${features.length}">${nameOf(title, 160)}</th><td class="number" rowspan="${features.length}">${countText(rows)}</td><td class="number" rowspan="${features.length}">${estimate(answer.segment, attributionText)}</td><td class="number" rowspan="${features.length}">${estimate(answer.rest, attributionText)}</td>`
        }<td>${nameOf(feature, 80)}</td><td class="number">${estimate(share, shareText)}</td><td class="number">${estimate(rest, shareText)}</td></tr>`,
    )}</tbody>
`,
)}</table></div></section>
`;
}

/** Single captured requests, from what attributions start from to the model's answer. */
export function requestsSection(
  { examples, expectedValue }: OutputAttributionReport,
  { scale }: ModelExplainabilityReport,
  draw: ChartRenderer,
): Html {
  if (examples.length === 0) return html``;
  const start = expectedValue.current ?? expectedValue.baseline ?? 0;
  return html`<section id="requests"><h2>Single requests</h2>
<p class="lead">From the expected value to the model's answer, in ${scaleWord(scale)}.</p>
<div class="charts">${examples.map((row) => requestFigure(row, start, scaleWord(scale), draw))}</div></section>
`;
}

function requestFigure(row: ExplainedRow, start: number, unit: string, draw: ChartRenderer): Html {
  const { features, answer, eventId, time, reason } = row;
  const shown = features.slice(0, features.length <= STEPS + 1 ? STEPS + 1 : STEPS);
  const rest = features.slice(shown.length);
  const valueText = (value: string | null): string => (value === null ? 'missing' : value);
  const waterfall = {
    title: 'One request, from the expected value to its answer',
    from: { title: 'expected value', value: start },
    to: { title: 'answer', value: answer },
    steps: [
      ...shown.map(({ feature, value, attribution }) => ({
        title: feature,
        of: valueText(value),
        value: attribution,
      })),
      ...(rest.length > 0
        ? [{ title: `${rest.length} others`, value: rest.reduce((sum, { attribution }) => sum + attribution, 0) }]
        : []),
    ],
    unit,
  };
  const place = [time === undefined ? undefined : `${timeText(time)} UTC`, eventId && `event ${clipText(eventId, 60)}`]
    .filter((part) => part !== undefined)
    .join(', ');
  return figure(
    html`${clipText(reason, 200)}${place !== '' && html`<small class="place">${place}</small>`}`,
    [keyEntry('raises', 'current'), keyEntry('lowers', 'drifting')],
    bothWidths(draw, 460, (width) => waterfallChart(waterfall, width)),
    dataTable(
      ['Feature', 'Value', 'Attribution'],
      features.map(({ feature, value, attribution }) => [
        nameOf(feature, 80),
        value === null ? html`<em>missing</em>` : nameOf(value, 80),
        attributionText(attribution),
      ]),
      [2],
    ),
  );
}
