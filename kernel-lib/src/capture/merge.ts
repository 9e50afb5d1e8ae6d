import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { MonitorError } from '../errors.js';
import { type RunOptions, runOptions } from '../progress.js';
import { joinUri } from '../storage/open-storage.js';
import { CoverageCounter } from './coverage.js';
import { readLabels } from './ground-truth.js';
import { HOUR_MS, spanOfWindow, splitDateFolders } from './hour-path.js';
import { joinHint, NearMisses } from './join-hint.js';
import { forEachJoined, joinId } from './joined-records.js';
import { locateCapture } from './locate.js';
import { MergedFiles } from './merged-files.js';
import { mergedLine } from './merged-line.js';
import type { LabelCoverage, ReadSummary } from './summary.js';
import { windowOf } from './window.js';

/** What is to be merged, and where to. */
export interface MergeOptions extends RunOptions {
  /** Captured predictions: see `locateCapture`. */
  readonly capture: string;
  /** Labels: `{uri}/yyyy/mm/dd/hh/*.jsonl`. */
  readonly groundTruth: string;
  /** Folder or S3 prefix for `merge/{endpoint}/{variant}/yyyy/mm/dd/hh/part-00000-{uuid}.c000.jsonl`. */
  readonly output: string;
  /**
   * The window of the predictions, half-open, ISO times; labels are taken from its beginning on. An hour that the window
   * cuts is written with the window's part of it.
   */
  readonly start?: string;
  readonly end?: string;
}

/** What became of predictions and labels. */
export interface MergeSummary extends LabelCoverage {
  /** The files written. */
  readonly files: readonly string[];
  readonly capture: ReadSummary;
  readonly groundTruth: ReadSummary;
  /** Why nothing matched, as far as can be told; absent where something did. */
  readonly hint?: string;
}

/**
 * Writes captured records together with their labels, in the service's layout and form: a file for each captured hour,
 * several for hours beyond 64 MB. Records without a label are left out and counted. A repeated merge replaces its files,
 * other hours stay as they are. Memory: the labels (see `LabelTable`) and 64 MB of an hour's records.
 *
 * @throws MonitorError as `locateCapture` and `readLabels` do; `USAGE` for a window without hours, and where the output
 * is the place of the capture or of the labels.
 */
export async function mergeCapture(options: MergeOptions): Promise<MergeSummary> {
  const { signal, start } = options;
  const run = runOptions(options);
  const window = windowOf(options);
  if (window !== undefined) spanOfWindow(window);
  refuseSamePlace(options);
  const truth = await readLabels(options.groundTruth, {
    ...run,
    ...(start !== undefined && { window: windowOf({ start })! }),
  });
  const { labels } = truth;
  const files = await locateCapture(options.capture, window, run);
  const coverage = new CoverageCounter(labels);
  const nearMisses = new NearMisses(labels);
  const writer = new MergedFiles(mergeRoot(options.output), baseOf(options.capture), signal);
  let example: string | undefined;
  let matched = false;
  const capture = await forEachJoined(
    files,
    labels,
    (joined) => {
      const { record, label, hour } = joined;
      example ??= joinId(record);
      const time = Date.parse(hour ?? record.inferenceTime ?? '');
      coverage.add(
        Number.isNaN(time) ? -1 : Math.floor(time / HOUR_MS),
        label >= 0,
        label < 0 ? undefined : labels.hour(label),
      );
      if (label < 0) {
        if (!matched) nearMisses.look(record);
        return undefined;
      }
      matched = true;
      coverage.use(label);
      return writer.add(joined, mergedLine(joined, labels.data(label)));
    },
    { ...run, ...(window && { window }) },
  );
  const written = await writer.finish();
  const counted = coverage.finish();
  const details = { nearMisses, newestLabelHour: truth.newestHour };
  const hint = matched ? undefined : joinHint(counted, labels, example, files, details);
  return { ...counted, files: written, capture, groundTruth: truth.read, ...(hint !== undefined && { hint }) };
}

/** A `merge` folder there would be taken for what the place holds. */
function refuseSamePlace({ capture, groundTruth, output }: MergeOptions): void {
  for (const [place, what] of [
    [capture, 'captured records'],
    [groundTruth, 'labels'],
  ] as const) {
    if (absolute(place) !== absolute(output)) continue;
    throw new MonitorError('USAGE', `The merged records would lie among the ${what}.`, {
      where: output,
      fix: 'name another folder with --output',
    });
  }
}

/** The service writes below `merge`; an output that is such a folder already gets no other. */
function mergeRoot(output: string): string {
  return /(^|\/)merge\/?$/.test(output) ? output : joinUri(output, 'merge');
}

/** The place without date folders, and without the two of batch transform. */
function baseOf(uri: string): string {
  return splitDateFolders(absolute(uri))[0].replace(/\/(?:input|output)$/, '');
}

function absolute(uri: string): string {
  if (uri.startsWith('file://')) return path.resolve(fileURLToPath(uri));
  return uri.includes('://') ? uri.replace(/\/+$/, '') : path.resolve(uri);
}
