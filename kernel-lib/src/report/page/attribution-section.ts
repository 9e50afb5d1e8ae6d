import { aggregationWord, attributionText, explainedText, outputSentences, scaleWord } from '../attribution-words.js';
import { shareCourseChart } from '../charts/attribution-course-chart.js';
import { ndcgCourseChart, rankingScaleChart } from '../charts/attribution-ndcg-chart.js';
import { attributionRankChart } from '../charts/attribution-rank-chart.js';
import { attributionShareChart } from '../charts/attribution-share-chart.js';
import { waterfallChart } from '../charts/attribution-waterfall-chart.js';
import type { ChartRenderer } from '../charts/chart-renderer.js';
import { type Html, html } from '../html-template.js';
import type {
  FeatureAttributionReport,
  ModelExplainabilityReport,
  OutputAttributionReport,
} from '../model-explainability-report.js';
import type { Report, Since } from '../report.js';
import { clipText, countText, numberText, plural } from '../value-text.js';
import { featureDetails } from './attribution-features.js';
import { requestsSection, segmentsSection } from './attribution-rows.js';
import { answerTable, attributionsTable, courseTable, ranksTable, sharesTable } from './attribution-tables.js';
import { bothWidths, figure, keyEntry, nameOf, wideAndNarrow } from './parts.js';

/** Features that the bars and the slopes show; the table has them all. */
const BARS = 20;
const SLOPES = 15;
const STEPS = 10;

/** What the sections of one output are made from. */
interface OutputPage {
  readonly report: Report;
  readonly explained: ModelExplainabilityReport;
  readonly output: OutputAttributionReport;
  readonly draw: ChartRenderer;
  /** Before the ids of its parts. */
  readonly id: string;
}

/** Everything of an explainability check, output by output, those that drifted first; the others are folded. */
export function attributionSections(report: Report, explained: ModelExplainabilityReport, draw: ChartRenderer): Html {
  if (report.status === 'no-data') return methodSection(report, explained);
  const [first, ...others] = explained.outputs.map((output, place) => ({ output, id: `output-${place + 1}` }));
  const page = (entry: typeof first): Html =>
    entry === undefined ? html`` : outputSections({ report, explained, draw, ...entry });
  return html`${page(first)}${others.map(
    (entry) =>
      html`<details class="output"><summary><h2>${nameOf(entry.output.label)}</h2></summary>${page(entry)}</details>`,
  )}${methodSection(report, explained)}`;
}

function outputSections(page: OutputPage): Html {
  const { explained, output, id, report } = page;
  const several = explained.outputs.length > 1;
  return html`<section id="${id}" class="ranking"><h2>What the model rests on${several && html` <small>${nameOf(output.label)}</small>`}</h2>
${outputSentences(output).map((sentence) => html`<p class="says">${clipText(sentence, 900)}</p>`)}
<p class="small">${explainedText(explained, report.current.rows)}. Attributions are in ${scaleWord(explained.scale)}; intervals are at 95 %.</p>
<div class="scale">${wideAndNarrow(page.draw, (width) => rankingScaleChart(output.ranking, Math.min(width, 620)))}</div>
${globalFigures(page)}
${attributionsTable(output, explained)}</section>
${answerSection(page)}
${courseSection(page)}
${featureDetails(page.output, explained, page.draw, id)}
${segmentsSection(output)}
${requestsSection(output, explained, page.draw)}`;
}

function globalFigures({ output, draw }: OutputPage): Html {
  const { features } = output;
  const bars = [...features].sort((a, b) => largestShare(b) - largestShare(a)).slice(0, BARS);
  const slopes = features
    .filter(({ rank }) => Math.min(rank.baseline ?? Infinity, rank.current ?? Infinity) <= SLOPES)
    .slice(0, SLOPES + 5);
  const left = features.length - bars.length;
  return html`<div class="charts global">${figure(
    'Share of attribution',
    [keyEntry('baseline', 'baseline'), keyEntry('current', 'current'), keyEntry('95 % interval', 'text', 'whisker')],
    html`${bothWidths(draw, 520, (width) => attributionShareChart(bars, width))}${left > 0 && html`<p class="small">${plural(left, 'smaller feature')}: see the table.</p>`}`,
    sharesTable(features),
  )}${figure(
    'Rank',
    [keyEntry('changed rank', 'current', 'line'), keyEntry('kept it', 'axis', 'line')],
    bothWidths(draw, 460, (width) => attributionRankChart(slopes, SLOPES, width)),
    ranksTable(features),
  )}</div>
`;
}

function largestShare({ share }: FeatureAttributionReport): number {
  return Math.max(share.baseline?.value ?? 0, share.current?.value ?? 0);
}

/** How the mean answer went from the baseline's to the window's, feature by feature. */
function answerSection({ output, explained, draw, id }: OutputPage): Html {
  const { answer, answerChange, features } = output;
  if (answer.baseline === undefined || answer.current === undefined || answerChange === undefined) return html``;
  const changes = features
    .filter(({ meanChange }) => meanChange !== undefined)
    .sort((a, b) => Math.abs(b.meanChange!.value) - Math.abs(a.meanChange!.value));
  const shown = changes.slice(0, changes.length <= STEPS + 1 ? STEPS + 1 : STEPS);
  const rest = changes.slice(shown.length);
  const steps = [
    ...shown.map(({ feature, meanChange }) => ({
      title: feature,
      value: meanChange!.value,
      ...(meanChange!.lower !== undefined && { lower: meanChange!.lower }),
      ...(meanChange!.upper !== undefined && { upper: meanChange!.upper }),
    })),
    ...(rest.length > 0
      ? [{ title: `${rest.length} others`, value: rest.reduce((sum, { meanChange }) => sum + meanChange!.value, 0) }]
      : []),
  ];
  const waterfall = {
    title: 'From the mean answer of the baseline to that of the window',
    from: { title: 'baseline', value: answer.baseline.value },
    to: { title: 'current', value: answer.current.value },
    steps,
    unit: `mean answer (${scaleWord(explained.scale)})`,
  };
  return html`<section id="${id}-answer"><h2>What that does to the answers</h2>
<p class="lead">The mean answer went from ${attributionText(answer.baseline.value)} to ${attributionText(answer.current.value)} ${scaleWord(explained.scale)}. What each feature explains of it sums to the whole change; a feature that drifts without moving the answers stays near 0.</p>
<div class="wide-chart">${figure(
    'From baseline to current',
    [keyEntry('raises', 'current'), keyEntry('lowers', 'drifting'), keyEntry('95 % interval', 'text', 'whisker')],
    wideAndNarrow(draw, (width) => waterfallChart(waterfall, width)),
    answerTable(output, explained),
  )}</div></section>
`;
}

function courseSection({ output, explained, draw, id, report }: OutputPage): Html {
  const { bucket } = explained;
  const since = sinceOf(report, output);
  const ndcg = ndcgCourseChart(output, bucket, since);
  if (shareCourseChart(output, bucket, 560) === undefined) return html``;
  const shares = (width: number): NonNullable<ReturnType<typeof shareCourseChart>> =>
    shareCourseChart(output, bucket, width)!;
  return html`<section id="${id}-course"><h2>Over time</h2>
<div class="charts course">${figure(
    `Share of attribution by ${bucket}`,
    [],
    bothWidths(draw, 620, shares),
    courseTable(output, bucket),
  )}${
    ndcg &&
    figure(
      `nDCG by ${bucket}`,
      [
        keyEntry('nDCG', 'current', 'line'),
        keyEntry(`threshold ${numberText(output.ranking.threshold)}`, 'threshold', 'dash'),
        ...(since ? [keyEntry('since', 'drifting')] : []),
      ],
      draw(ndcg),
      courseTable(output, bucket, true),
    )
  }</div></section>
`;
}

function sinceOf({ violations }: Report, { label }: OutputAttributionReport): Since | undefined {
  return violations.find((violation) => violation.label === label)?.since;
}

/** How it was found out. */
function methodSection(
  { current }: Report,
  { method, scale, aggregation, model, additivityError, explained, comparisons }: ModelExplainabilityReport,
): Html {
  const error = (value: number | undefined): string => (value === undefined ? '–' : numberText(value, 2));
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Model', clipText(model, 300)],
    ['Method', method.title],
    ['Background', method.backgroundRows === undefined ? undefined : plural(method.backgroundRows, 'row')],
    ['Aggregation', aggregationWord(aggregation)],
    ['Scale', scaleWord(scale)],
    [
      'Explained',
      `${countText(explained.current ?? 0)} of ${plural(current.rows, 'row')}; baseline ${explained.baseline === undefined ? 'not known' : plural(explained.baseline, 'row')}`,
    ],
    [
      'Additivity',
      `largest difference of a row's sum from the model's own answer: ${error(additivityError.current)} (baseline ${error(additivityError.baseline)})`,
    ],
    [
      'Comparisons',
      comparisons > 0 ? `${comparisons}, over which p-values are corrected for false discoveries` : undefined,
    ],
  ];
  return html`<section id="method"><h2>How it was explained</h2><dl class="record">${facts.map(
    ([name, text]) => text !== undefined && html`<dt>${name}</dt><dd><bdi>${text}</bdi></dd>`,
  )}</dl></section>
`;
}
