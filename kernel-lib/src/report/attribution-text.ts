import type picocolors from 'picocolors';
import {
  attributionText,
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
import type {
  FeatureAttributionReport,
  ModelExplainabilityReport,
  OutputAttributionReport,
} from './model-explainability-report.js';
import { plainTable, terminalText } from './plain-table.js';
import type { Report } from './report.js';

type Paint = ReturnType<typeof picocolors.createColors>;
type Wrap = (text: string, width: number, indent?: string) => string;

/** From this on intervals and changes of the mean have columns of their own. */
const WIDE = 100;
const SHOWN = 20;

/** The parts of an explainability report for a terminal: output by output what it rests on, and how it was explained. */
export function explainabilityText(
  { current, status }: Report,
  explained: ModelExplainabilityReport,
  paint: Paint,
  width: number,
  wrap: Wrap,
): string[] {
  if (status === 'no-data') return [];
  const several = explained.outputs.length > 1;
  return [
    ...explained.outputs.flatMap((output) => outputText(output, explained, paint, width, wrap, several)),
    paint.dim(
      wrap(terminalText(`${explainedText(explained, current.rows)}; in ${scaleWord(explained.scale)}.`), width),
    ),
  ];
}

function outputText(
  output: OutputAttributionReport,
  { scale }: ModelExplainabilityReport,
  paint: Paint,
  width: number,
  wrap: Wrap,
  several: boolean,
): string[] {
  const sentences = outputSentences(output).map((text) => wrap(terminalText(text, 900), width, '  '));
  const title = several ? [paint.bold(terminalText(output.label, width))] : [];
  const left = output.features.length - SHOWN;
  const more = left > 0 ? `\n${paint.dim(`${left} more features: see the report.`)}` : '';
  return [[...title, ...sentences].join('\n'), `${featuresTable(output, scale, paint, width)}${more}`];
}

function featuresTable(
  { features }: OutputAttributionReport,
  scale: ModelExplainabilityReport['scale'],
  paint: Paint,
  width: number,
): string {
  const wide = width >= WIDE;
  const shown = features.slice(0, SHOWN);
  const names = Math.min(wide ? 28 : 20, Math.max(7, ...shown.map(({ feature }) => [...terminalText(feature)].length)));
  return plainTable(
    [
      { head: 'Feature', width: names },
      { head: 'Rank', align: 'right' },
      { head: 'Baseline', align: 'right' },
      { head: 'Current', align: 'right' },
      { head: 'Points', align: 'right' },
      ...(wide ? [{ head: '95 %', align: 'right' as const }] : []),
      { head: `Answers, ${scaleWord(scale)}`, align: 'right' },
      { head: 'Share' },
    ],
    shown.map((feature) => row(feature, names, wide, paint)),
    paint.dim,
  );
}

function row(
  { feature, rank, share, shareChange, meanChange, mean, direction }: FeatureAttributionReport,
  names: number,
  wide: boolean,
  paint: Paint,
): string[] {
  const moved = direction === 'rose' || direction === 'fell';
  const word = moved ? directionWord(direction) : direction === 'unchanged' ? '' : directionWord(direction);
  const now = mean.current ?? mean.baseline;
  return [
    moved ? paint.bold(terminalText(feature, names)) : terminalText(feature, names),
    `${rank.baseline ?? '-'} > ${rank.current ?? '-'}`,
    share.baseline === undefined ? '-' : shareText(share.baseline.value),
    share.current === undefined ? '-' : shareText(share.current.value),
    shareChange === undefined ? '-' : pointsChangeText(shareChange.value),
    ...(wide ? [(shareChange && boundsText(shareChange, pointsChangeText)) ?? '-'] : []),
    meanChange === undefined ? (now === undefined ? '-' : attributionText(now.value)) : signedText(meanChange.value),
    moved ? paint.yellow(`${directionMark(direction)} ${word}`) : paint.dim(word),
  ];
}
