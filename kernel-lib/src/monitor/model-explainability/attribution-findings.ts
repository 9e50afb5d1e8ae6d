import type { CaptureWindow } from '../../capture/hour-path.js';
import { compareAttributions } from '../../metrics/attribution/compare-attributions.js';
import { chooseExamples } from '../../metrics/attribution/examples.js';
import { attributionSegments } from '../../metrics/attribution/segments.js';
import { type AttributionSeries, attributionSeries } from '../../metrics/attribution/series.js';
import type { OutputAttributionReport } from '../../report/model-explainability-report.js';
import type { Rule } from '../../report/report.js';
import { judgeAttributions } from '../../violations/attribution-checks.js';
import type { ExplainedWindow } from './explain-window.js';
import type { ExplainabilityBaseline } from './load-explainability-baseline.js';
import type { ExplainabilitySettings } from './settings.js';

/** One output, judged by both rules. */
export interface JudgedOutput {
  readonly report: OutputAttributionReport;
  /** Rules that are broken. */
  readonly rules: readonly Rule[];
  /** The service's wording. */
  readonly description: string;
}

/** What the comparison of a window with a baseline came to. */
export interface AttributionFindings {
  readonly outputs: readonly JudgedOutput[];
  /** Length of the series' buckets. */
  readonly bucket: 'hour' | 'day';
  readonly comparisons: number;
}

/**
 * Compares an explained window with a baseline, output by output.
 *
 * @param window - Undefined where there are no rows.
 */
export function attributionFindings(
  { own, outputs }: ExplainabilityBaseline,
  window: ExplainedWindow | undefined,
  {
    settings,
    seed,
    rule,
    window: asked,
    details = true,
  }: {
    readonly settings: ExplainabilitySettings;
    readonly seed: number;
    readonly rule: Rule;
    /** What was asked for: buckets without rows are told, too. */
    readonly window: CaptureWindow | undefined;
    /** Whether series, segments and examples are told, too. Default: true. */
    readonly details?: boolean;
  },
): AttributionFindings {
  const { aggregation, threshold } = settings;
  const compared = compareAttributions(own?.profile ?? outputs, window?.profile, { aggregation, threshold, seed });
  const { outputs: judged, comparisons } = judgeAttributions(compared, { rule });
  const rows = compared.map(({ label, features }): RowFindings => {
    const output = window === undefined ? -1 : outputPlace(window, label, compared.length);
    if (window === undefined || output < 0 || !details) return NO_ROWS;
    const before = Float64Array.from(
      features,
      ({ share, attribution }) => (share.baseline ?? attribution.baseline)?.value ?? 0,
    );
    const order = features.map(({ feature }) => feature);
    return {
      series: attributionSeries(window.sample, output, order, before, { seed, window: asked }),
      segments: attributionSegments(window.sample, output),
      examples: chooseExamples(window.sample, output, features),
    };
  });
  return {
    outputs: compared.map(({ comparable: _, judged: __, ...comparison }, place) => {
      const { ranking, features, rules, description } = judged[place]!;
      const { series, segments, examples } = rows[place]!;
      return {
        report: { ...comparison, ranking, features, series: series.points, segments, examples },
        rules,
        description,
      };
    }),
    bucket: rows[0]?.series.bucket ?? 'hour',
    comparisons,
  };
}

/** What is told of one output by its rows. */
interface RowFindings extends Pick<OutputAttributionReport, 'segments' | 'examples'> {
  readonly series: AttributionSeries;
}

const NO_ROWS: RowFindings = { series: { bucket: 'hour', points: [] }, segments: [], examples: [] };

/** Where a compared output stands in the window: by label; a single one is what it is called in the baseline. */
function outputPlace({ sample }: ExplainedWindow, label: string, compared: number): number {
  return compared === 1 && sample.outputs.length === 1 ? 0 : sample.outputs.indexOf(label);
}

/** The widest half of an interval of nDCG; 0 where none has one. */
export function halfWidthOf({ outputs }: AttributionFindings): number {
  return outputs.reduce((widest, { report: { ranking } }) => {
    const { lower, upper } = ranking;
    return lower === undefined || upper === undefined ? widest : Math.max(widest, (upper - lower) / 2);
  }, 0);
}
