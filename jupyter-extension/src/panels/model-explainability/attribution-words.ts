import type {
  FeatureAttributionReport,
  ImpactSource,
  ModelExplainabilityReport,
  OutputAttributionReport,
} from 'driftline';
import { type AttributionNumbers, formatAttribution } from '../../format/attribution-format.js';
import type { PanelContext } from '../../widgets/panel-context.js';
import type { Tone } from '../../widgets/status-mark.js';

type Trans = PanelContext['trans'];
type Direction = FeatureAttributionReport['direction'];

/** Characters of a name out of the data; its middle is cut out beyond it. */
export const longestName = 120;

/** The unit of attributions, after a number or as the title of an axis. */
export function scaleWords(scale: ImpactSource['scale'], trans: Trans): string {
  const words: Readonly<Record<ImpactSource['scale'], string>> = {
    'log-odds': trans.__('log-odds'),
    margin: trans.__('margin'),
    prediction: trans.__('prediction'),
  };
  return words[scale] ?? scale;
}

/** The unit of the aggregated attribution: that of squares is squared. */
export function aggregatedScaleWords(
  aggregation: ModelExplainabilityReport['aggregation'],
  scale: ImpactSource['scale'],
  trans: Trans,
): string {
  const words = scaleWords(scale, trans);
  return aggregation === 'mean_sq' ? trans.__('%1 squared', words) : words;
}

/** How aggregated attributions are written; squares have a size of their own. */
export function aggregatedNumbers(
  aggregation: ModelExplainabilityReport['aggregation'],
  numbers: AttributionNumbers,
): (value: number | undefined) => string {
  return aggregation === 'mean_sq' ? formatAttribution : numbers.value;
}

/** How the attributions of many rows became one number a feature. */
export function aggregationWords(aggregation: ModelExplainabilityReport['aggregation'], trans: Trans): string {
  const words: Readonly<Record<ModelExplainabilityReport['aggregation'], string>> = {
    mean_abs: trans.__('mean absolute attribution'),
    median: trans.__('median absolute attribution'),
    mean_sq: trans.__('mean squared attribution'),
  };
  return words[aggregation] ?? aggregation;
}

/** What a feature's share did. */
export function directionWords(direction: Direction, trans: Trans): string {
  const words: Readonly<Record<Direction, string>> = {
    rose: trans.__('rose'),
    fell: trans.__('fell'),
    unchanged: trans.__('within chance'),
    'not-judged': trans.__('not judged'),
  };
  return words[direction];
}

/** The ranking's status as a tone: `drifting` where it is ok and its interval reaches below the threshold. */
export function rankingTone({ ranking }: OutputAttributionReport): Tone {
  if (ranking.status === 'violated') return 'violated';
  if (ranking.status === 'not-judged') return 'quiet';
  return ranking.value < ranking.threshold ? 'drifting' : 'ok';
}

export function rankingToneWords(tone: Tone, trans: Trans): string {
  const words: Readonly<Record<Tone, string>> = {
    violated: trans.__('ranking has drifted'),
    drifting: trans.__('below its threshold, within chance'),
    ok: trans.__('ranking kept'),
    quiet: trans.__('not judged'),
  };
  return words[tone];
}

const tones: readonly Tone[] = ['violated', 'drifting', 'ok', 'quiet'];

/** The outputs, the worst ranking first. */
export function worstOutputsFirst(outputs: readonly OutputAttributionReport[]): OutputAttributionReport[] {
  const place = (output: OutputAttributionReport): number => tones.indexOf(rankingTone(output));
  return [...outputs].sort((a, b) => place(a) - place(b) || a.ranking.value - b.ranking.value);
}
