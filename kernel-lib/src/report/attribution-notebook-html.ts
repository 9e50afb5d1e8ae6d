import {
  boundsText,
  directionMark,
  directionWord,
  explainedText,
  outputSentences,
  pointsChangeText,
  scaleWord,
  shareText,
  signedText,
} from './attribution-words.js';
import { type Html, html } from './html-template.js';
import type { ModelExplainabilityReport, OutputAttributionReport } from './model-explainability-report.js';
import { cell, numberCell, numberHead, table } from './notebook-look.js';
import type { Report } from './report.js';
import { clipText } from './value-text.js';

const SHOWN = 30;

/** The outputs of an explainability report for notebooks: sentences, and a table of the features. */
export function attributionNotebookParts({ current, status }: Report, explained: ModelExplainabilityReport): Html {
  if (status === 'no-data') return html``;
  return html`${explained.outputs.map((output) => outputPart(output, explained))}<p style="font-size:.9em;opacity:.75">${explainedText(explained, current.rows)}.</p>`;
}

function outputPart(output: OutputAttributionReport, { outputs, scale }: ModelExplainabilityReport): Html {
  const left = output.features.length - SHOWN;
  return html`<div>${outputs.length > 1 && html`<h4><bdi>${clipText(output.label, 80)}</bdi></h4>`}${outputSentences(output).map((sentence) => html`<p style="margin:4px 0">${clipText(sentence, 900)}</p>`)}
<div style="overflow-x:auto"><table ${table}><thead><tr><th ${cell}>Feature</th><th ${numberHead}>Rank</th><th ${numberHead}>Share, baseline</th><th ${numberHead}>Share, current</th><th ${numberHead}>Change, points</th><th ${cell}>Beyond chance</th><th ${numberHead}>Change of the mean answer (${scaleWord(scale)})</th></tr></thead><tbody>
${output.features.slice(0, SHOWN).map(
  ({ feature, rank, share, shareChange, meanChange, direction }) =>
    html`<tr><th ${cell} scope="row"><bdi>${clipText(feature, 60)}</bdi></th><td ${numberCell}>${rank.baseline ?? '–'} → ${rank.current ?? '–'}</td><td ${numberCell}>${share.baseline === undefined ? '–' : shareText(share.baseline.value)}</td><td ${numberCell}>${share.current === undefined ? '–' : shareText(share.current.value)}</td><td ${numberCell}>${shareChange === undefined ? '–' : pointsChangeText(shareChange.value)}${shareChange && html`<br><span style="opacity:.7">${boundsText(shareChange, pointsChangeText)}</span>`}</td><td ${cell}>${directionMark(direction)} ${directionWord(direction)}</td><td ${numberCell}>${meanChange === undefined ? '–' : signedText(meanChange.value)}</td></tr>
`,
)}</tbody></table></div>${left > 0 && html`<p>${left} more features.</p>`}</div>
`;
}
