import { isAsked, readModel } from '../../models/open-model.js';
import type { RunOptions } from '../../progress.js';
import { plural } from '../../report/value-text.js';
import { findFacets, findRoles } from './find-roles.js';
import type { CapturedColumn, SetupInspection, SetupSources } from './inspection.js';
import { describe, mapInputs } from './map-columns.js';
import { mapOutputs } from './map-outputs.js';
import { possibleMonitors } from './possible-monitors.js';
import { type CaptureSample, sampleCapture } from './sample-capture.js';
import { type DatasetSample, sampleDataset } from './sample-dataset.js';

/**
 * Looks at samples of a training file and a capture (its first 10,000 rows, and the first 500 records of the newest
 * captured hour) and says what they hold, which captured column is which column of the training file, where label and
 * prediction seem to stand, and which monitors can be set up. Every guess has its reason; nothing is written.
 *
 * @throws MonitorError where a source is not there, holds nothing or cannot be read.
 */
export async function inspectSources(sources: SetupSources, options: RunOptions = {}): Promise<SetupInspection> {
  const step = (stage: string, done: number): void => options.onProgress?.({ stage, done, total: 4, unit: 'steps' });
  step('reading the training file', 0);
  const dataset = await sampleDataset(sources.dataset, options);
  step('reading the capture', 1);
  const capture = await sampleCapture(sources.capture, options);
  step('reading the ground truth', 2);
  const labels = sources.groundTruth === undefined ? undefined : await sampleCapture(sources.groundTruth, options);
  step('reading the model', 3);
  const modelFeatures = await featuresOf(sources.model);
  step('reading the model', 4);

  const inputs = mapInputs(partsOf(capture, 'input'), dataset.columns);
  const outputs = partsOf(capture, 'output');
  const roles = findRoles(dataset.columns, inputs, outputs);
  const columns = [...truthsOf(capture), ...mapOutputs(outputs, dataset.columns, roles), ...inputs];
  const found = {
    sources,
    endpoint: endpointName(capture.endpoint ?? folderName(sources.capture)),
    dataset: {
      format: dataset.format,
      rows: dataset.rows,
      more: dataset.more,
      columns: [...dataset.columns].map(([name, sample]) => sample.describe(name)),
    },
    capture: { ...placeOf(capture), columns },
    ...(labels && { groundTruth: { ...placeOf(labels), columns: truthsOf(labels) } }),
    ...(modelFeatures && { modelFeatures }),
    ...roles,
    facets: findFacets(dataset.columns),
  };
  return { ...found, monitors: possibleMonitors(found), notes: notesOf(dataset, capture, labels, columns) };
}

function partsOf({ columns }: CaptureSample, wanted: CapturedColumn['part']): CaptureSample['columns'] {
  return columns.filter(({ part }) => part === wanted);
}

function truthsOf(sample: CaptureSample): CapturedColumn[] {
  return partsOf(sample, 'ground-truth').map((part) => ({
    ...describe(part, part.name ?? `label${part.position === 0 ? '' : `-${part.position + 1}`}`),
    named: part.name !== undefined,
    reason: 'A label.',
  }));
}

function placeOf({
  hour,
  oldestHour,
  records,
  unreadable,
}: CaptureSample): Omit<SetupInspection['capture'], 'columns'> {
  return { ...(hour !== undefined && { hour }), ...(oldestHour !== undefined && { oldestHour }), records, unreadable };
}

async function featuresOf(model: string | undefined): Promise<readonly string[] | undefined> {
  if (model === undefined || isAsked(model)) return undefined;
  const features = (await readModel(model)).features.map(({ name }) => name);
  return features.every((name) => /^f?\d+$|^Column_\d+$/.test(name)) ? undefined : features;
}

function notesOf(
  dataset: DatasetSample,
  capture: CaptureSample,
  labels: CaptureSample | undefined,
  columns: readonly CapturedColumn[],
): string[] {
  const hour = capture.hour === undefined ? '' : ` of the newest captured hour, ${capture.hour}`;
  const notes = [
    `Read: ${dataset.more ? `the first ${plural(dataset.rows, 'row')}` : `all ${plural(dataset.rows, 'row')}`} of the training file, and ${plural(capture.records, 'record')}${hour}.`,
  ];
  if (capture.unreadable > 0) {
    notes.push(`${plural(capture.unreadable, 'captured line')} could not be read: ${capture.reason}.`);
  }
  const captured = new Set(columns.map(({ column }) => column));
  const others = [...dataset.columns.keys()].filter((name) => !captured.has(name));
  if (others.length > 0) notes.push(`Not captured, and so not compared: ${others.join(', ')}.`);
  const inputs = columns.filter(({ part }) => part === 'input');
  if (inputs.length === 0)
    notes.push('The capture has no inputs: turn on the capture of requests to watch data quality.');
  const alone = columns.filter(({ part, column, named }) => part !== 'ground-truth' && named && column === undefined);
  if (alone.length > 0) {
    notes.push(
      `The training file lacks what is captured as ${alone.map(({ name }) => name).join(', ')}: reported as extra columns.`,
    );
  }
  const misfits = columns.filter(({ fit }) => fit !== undefined && fit < 0.5);
  if (misfits.length > 0) {
    notes.push(
      `Values do not fit in ${misfits.map(({ name }) => name).join(', ')}: look whether the columns are right.`,
    );
  }
  if (labels?.columns.every(({ part }) => part !== 'ground-truth')) {
    notes.push('The ground truth has no labels: its lines need groundTruthData.');
  }
  return notes;
}

/** A name as the project file wants it. */
function endpointName(text: string): string {
  const name = text
    .replaceAll(/[^a-zA-Z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '');
  return name === '' ? 'endpoint' : name;
}

function folderName(uri: string): string {
  return uri.replace(/\/+$/, '').split('/').at(-1) ?? '';
}
