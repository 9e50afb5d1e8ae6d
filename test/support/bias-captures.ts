import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FEATURES, LABEL, PREDICTION, PROBABILITY } from './bias-forms.js';

type Rows = readonly (readonly string[])[];

interface Part {
  readonly data: string;
  readonly encoding: 'CSV' | 'JSON';
}

/** One captured request: what came in, what was answered, and what turned out true. */
interface Request {
  readonly input: Part;
  readonly output: Part;
  readonly truth: Part;
}

/** One form of capture: how many rows a request has, how they are written, and what `analysis_config.json` says of it. */
export interface CaptureForm {
  readonly name: string;
  readonly rowsEach: number;
  readonly config: Readonly<Record<string, unknown>>;
  request(rows: Rows): Request;
}

const csv = (data: string): Part => ({ data, encoding: 'CSV' });
const json = (data: string): Part => ({ data, encoding: 'JSON' });
const features = (cells: readonly string[]): string => cells.slice(0, FEATURES).join();
const csvInput = (rows: Rows): Part => csv(`${rows.map(features).join('\n')}\n`);
const csvTruth = (rows: Rows): Part => csv(rows.map((cells) => cells[LABEL]).join('\n'));

const listed = (rows: Rows): Part =>
  json(`{"instances": [${rows.map((cells) => `{"features": [${features(cells)}]}`).join(', ')}]}`);
const answered = (rows: Rows): Part => {
  const answers = rows.map((cells) => `{"score": ${cells[PROBABILITY]}, "predicted_label": ${cells[PREDICTION]}}`);
  return json(`{"predictions": [${answers.join(', ')}]}`);
};
const labelled = (rows: Rows): Part =>
  json(`{"instances": [${rows.map((cells) => `{"label": ${cells[LABEL]}}`).join(', ')}]}`);

/** Forms as SageMaker's own examples have them. */
export const captureForms: readonly CaptureForm[] = [
  {
    name: 'CSV in, a probability out',
    rowsEach: 1,
    config: { predictor: { probability: 0 } },
    request: (rows) => ({
      input: csvInput(rows),
      output: csv(rows[0]![PROBABILITY]!),
      truth: csvTruth(rows),
    }),
  },
  {
    name: 'CSV of many rows, label and probability out',
    rowsEach: 25,
    config: { predictor: { label: 0, probability: 1 } },
    request: (rows) => ({
      input: csvInput(rows),
      output: csv(rows.map((cells) => `${cells[PREDICTION]},${cells[PROBABILITY]}`).join('\n')),
      truth: csvTruth(rows),
    }),
  },
  {
    name: 'CSV in, lists of probabilities out',
    rowsEach: 1,
    config: { predictor: { probability: 0, label_headers: [0, 1] } },
    request: (rows) => ({
      input: csvInput(rows),
      output: csv(`"[${1 - Number(rows[0]![PROBABILITY])}, ${rows[0]![PROBABILITY]}]"`),
      truth: csvTruth(rows),
    }),
  },
  {
    name: 'CSV in, a single probability out beside the names of classes',
    rowsEach: 1,
    config: { predictor: { probability: 0, label_headers: [0, 1] } },
    request: (rows) => ({ input: csvInput(rows), output: csv(rows[0]![PROBABILITY]!), truth: csvTruth(rows) }),
  },
  {
    name: 'CSV in, a probability of each class out',
    rowsEach: 2,
    config: { predictor: { label_headers: ['0', '1'] } },
    request: (rows) => ({
      input: csvInput(rows),
      output: csv(rows.map((cells) => `${1 - Number(cells[PROBABILITY])},${cells[PROBABILITY]}`).join('\n')),
      truth: csvTruth(rows),
    }),
  },
  {
    name: 'JSON of one row',
    rowsEach: 1,
    config: {
      features: 'instances[*].features',
      label: 'instances[*].label',
      predictor: { label: 'predictions[*].predicted_label', probability: 'predictions[*].score' },
    },
    request: (rows) => ({ input: listed(rows), output: answered(rows), truth: labelled(rows) }),
  },
  {
    name: 'JSON of many rows, labels in CSV',
    rowsEach: 10,
    config: { features: 'instances[*].features', predictor: { probability: 'predictions[*].score' } },
    request: (rows) => ({ input: listed(rows), output: answered(rows), truth: csvTruth(rows) }),
  },
  {
    name: 'JSON Lines of many rows',
    rowsEach: 4,
    config: { features: 'features', predictor: { label: 'predicted_label' } },
    request: (rows) => ({
      input: json(rows.map((cells) => `{"features": [${features(cells)}]}`).join('\n')),
      output: json(rows.map((cells) => `{"predicted_label": ${cells[PREDICTION]}, "score": 0.5}\n`).join('')),
      truth: csvTruth(rows),
    }),
  },
  {
    name: 'CSV in, JSON out',
    rowsEach: 1,
    config: { predictor: { label: 'predictions[*].predicted_label' } },
    request: (rows) => ({ input: csvInput(rows), output: answered(rows), truth: csvTruth(rows) }),
  },
];

function requestsOf({ rowsEach, request }: CaptureForm, rows: Rows): Request[] {
  return Array.from({ length: Math.ceil(rows.length / rowsEach) }, (_, part) =>
    request(rows.slice(part * rowsEach, (part + 1) * rowsEach)),
  );
}

function file(folder: string, lines: readonly unknown[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'part.jsonl'), `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
}

const part = ({ data, encoding }: Part, mode: string): object => ({
  ...{ observedContentType: encoding === 'CSV' ? 'text/csv' : 'application/json', mode, data, encoding },
});
const idOf = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const HOUR = '2026/03/05/07';

/** Writes requests of one hour as an endpoint captures them, and their labels, filed an hour later. */
export function writeCapture(form: CaptureForm, rows: Rows, capture: string, groundTruth: string): void {
  const requests = requestsOf(form, rows);
  file(
    path.join(capture, HOUR),
    requests.map(({ input, output }, index) => ({
      captureData: { endpointInput: part(input, 'INPUT'), endpointOutput: part(output, 'OUTPUT') },
      eventMetadata: { eventId: idOf(index), inferenceTime: '2026-03-05T07:00:20Z' },
      eventVersion: '0',
    })),
  );
  file(
    path.join(groundTruth, HOUR.replace('07', '08')),
    requests.map(({ truth }, index) => ({
      groundTruthData: truth,
      eventMetadata: { eventId: idOf(index) },
      eventVersion: '0',
    })),
  );
}

/** Writes merged records of an endpoint. */
export function writeMerged(form: CaptureForm, rows: Rows, merged: string): void {
  file(
    path.join(merged, HOUR),
    requestsOf(form, rows).map(({ input, output, truth }, index) => ({
      eventVersion: '0',
      groundTruthData: truth,
      captureData: { endpointInput: part(input, 'INPUT'), endpointOutput: part(output, 'OUTPUT') },
      eventMetadata: { eventId: idOf(index), inferenceTime: '2026-03-05T07:00:20Z' },
    })),
  );
}

/** Writes merged records of a batch job: a line of the job's joined output for each, input and answer in one object. */
export function writeBatchMerged(rows: Rows, merged: string, line: (cells: readonly string[]) => string): void {
  file(
    path.join(merged, HOUR),
    rows.map((cells, index) => ({
      eventMetadata: { eventId: idOf(index) },
      eventVersion: '0',
      groundTruthData: csv(cells[LABEL]!),
      captureData: { batchTransformOutput: json(line(cells)) },
    })),
  );
}
