import { MonitorError } from '../../errors.js';
import type { FlipCounts } from '../../metrics/bias/counts.js';
import type { SegmentCellsState } from '../../metrics/bias/segment-cells.js';
import type { SegmentPlan } from '../../metrics/segments/binning.js';
import type { Grouping } from './grouping.js';
import type { BiasSettings } from './settings.js';

/** A group of the baseline: how it is told, and its counts. */
export interface BaselineGroup {
  readonly facet: string;
  /** As in `analysis.json`. */
  readonly value: string;
  readonly title: string;
  readonly others: string;
  readonly grouping: Grouping;
  readonly missing: number;
  /** Eight counts, see `BiasCells`. */
  readonly cells: readonly number[];
  readonly predicted: boolean;
  /** The same by value of the group variable. */
  readonly groups?: readonly (readonly number[])[];
  readonly flips?: FlipCounts;
  /** The same by segment. */
  readonly segments?: SegmentCellsState;
}

/** Where a group of one facet meets one of another: the four counts of side 0, by label and prediction. */
export interface BaselineIntersection {
  readonly facets: readonly [string, string];
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** Row after row. */
  readonly cells: readonly (readonly number[])[];
  /** False where there are no predictions. Default: true. */
  readonly predicted?: boolean;
}

/** `bias.json`, beside `analysis.json`: what later checks need besides its numbers. Counts only, whatever the rows. */
export interface BiasFile {
  readonly schema: 'driftline.bias';
  readonly version: 1;
  readonly settings: BiasSettings;
  readonly label: {
    readonly name: string;
    readonly positive: string;
    readonly grouping: Grouping;
    /** All its classes; undefined where it is continuous, or has very many. */
    readonly classes?: readonly string[];
  };
  readonly rows: number;
  readonly groups: readonly BaselineGroup[];
  /** Values of the group variable, in the order of each group's `groups`. */
  readonly groupValues?: readonly string[];
  readonly intersections: readonly BaselineIntersection[];
  readonly featureNames: readonly string[];
  readonly plan: SegmentPlan;
}

/** The text of `bias.json`. */
export function biasFileText(file: Omit<BiasFile, 'schema' | 'version'>): string {
  return `${JSON.stringify({ schema: 'driftline.bias', version: 1, ...file })}\n`;
}

/**
 * Reads `bias.json`.
 *
 * @throws MonitorError `FORMAT` where it is none, or of a version this release does not know.
 */
export function parseBiasFile(text: string, where: string): BiasFile {
  let file: BiasFile | undefined;
  try {
    file = JSON.parse(text);
  } catch {
    // Said below.
  }
  if (file?.schema === 'driftline.bias' && file.version === 1) return file;
  throw new MonitorError('FORMAT', 'Not a bias.json that this version of driftline can read.', {
    where,
    fix: 'make the baseline again with "driftline baseline model-bias"',
  });
}
