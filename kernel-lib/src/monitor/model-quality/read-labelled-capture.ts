import { readLabels } from '../../capture/ground-truth.js';
import type { CaptureWindow } from '../../capture/hour-path.js';
import { joinHint } from '../../capture/join-hint.js';
import { labelsVersion } from '../../capture/labels-version.js';
import { type CaptureFiles, locateCapture } from '../../capture/locate.js';
import type { LabelCoverage, ReadSummary } from '../../capture/summary.js';
import { closedWindow, windowOf } from '../../capture/window.js';
import { MonitorError } from '../../errors.js';
import type { ProblemType } from '../../metrics/model/problem-type.js';
import { runOptions } from '../../progress.js';
import type { CheckOptions } from '../check.js';
import type { FeatureSink } from '../features.js';
import type { QualityAttributes } from './problem.js';
import { type QualityCaptureOptions, readQualityCapture } from './read-capture.js';
import type { Addressing } from './read-dataset.js';
import type { RowSink } from './sample.js';

/** What reading captured predictions with their labels came to, besides the rows. */
export interface LabelledCapture {
  readonly read: ReadSummary;
  readonly addressing: Addressing;
  readonly coverage: LabelCoverage;
  readonly columns: number;
  readonly window: CaptureWindow | undefined;
  readonly newestHour: string | undefined;
  readonly endpoint: string | undefined;
  readonly engine: string;
  readonly notes: readonly string[];
}

/** Where the rows go, and where in a record they stand. */
export interface LabelledTarget {
  readonly problemType: ProblemType;
  readonly attributes: QualityAttributes;
  readonly builder: RowSink;
  readonly features?: FeatureSink;
}

/**
 * Reads the captured predictions of a window with their labels, as far as they have come: from `groundTruth`, or out of
 * merged records.
 *
 * @throws MonitorError `USAGE` for a capture without ground truth and a window that ends before it begins, and what reading throws.
 */
export async function readLabelledCapture(
  options: CheckOptions,
  format: 'capture' | 'merged',
  { problemType, attributes, builder, features }: LabelledTarget,
  how: Omit<QualityCaptureOptions, 'window' | 'columns' | 'signal' | 'onProgress'> = {},
): Promise<LabelledCapture> {
  const run = runOptions(options);
  const { start } = options;
  const window = windowOf(options);
  const files = await locateCapture(options.current, window, run);
  if (options.groundTruth === undefined && format === 'capture') {
    throw new MonitorError(
      'USAGE',
      'Captured predictions have no labels, and where the ground truth lies is not said.',
      {
        where: options.current,
        fix: 'give --ground-truth URI, or merged records',
      },
    );
  }
  const truth =
    options.groundTruth === undefined
      ? undefined
      : await readLabels(options.groundTruth, {
          ...run,
          ...(start !== undefined && { window: windowOf({ start })! }),
        });
  const captured = await readQualityCapture(files, truth?.labels, problemType, attributes, builder, features, {
    ...run,
    ...how,
    ...(window && { window }),
    ...(options.columns && { columns: options.columns }),
  });
  const counted = captured.coverage.finish();
  const coverage: LabelCoverage =
    options.groundTruth === undefined
      ? counted
      : { ...counted, labelsVersion: await labelsVersion(options.groundTruth, start, run) };
  return {
    read: captured.read,
    addressing: captured.addressing,
    coverage,
    columns: captured.columns,
    window: closedWindow(
      options,
      coverage.hours.map(({ hour }) => hour),
    ),
    newestHour: files.newestHour,
    endpoint: files.endpoint,
    engine: 'capture reader',
    notes: labelNotes(truth, coverage, captured.exampleId, files),
  };
}

function labelNotes(
  truth: Awaited<ReturnType<typeof readLabels>> | undefined,
  coverage: LabelCoverage,
  exampleId: string | undefined,
  files: CaptureFiles,
): string[] {
  if (truth === undefined) return [];
  const notes: string[] = [];
  const { labels, read } = truth;
  if (labels.repeated > 0)
    notes.push(`${labels.repeated} labels came again for the same prediction: the last one counts.`);
  if (read.quarantined > 0) {
    notes.push(`${read.quarantined} lines of ground truth could not be read: ${read.reasons[0]?.reason ?? ''}.`);
  }
  if (coverage.labelled === 0 && coverage.predictions > 0) notes.push(joinHint(coverage, labels, exampleId, files));
  return notes;
}
