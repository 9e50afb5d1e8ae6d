import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { openDuckDb } from '../../kernel-lib/src/engine/duckdb.js';
import { germanCsv } from './bias-golden.js';

/** German credit: 20 features, then `credit_risk`, `predicted_risk` and `probability`, all texts. */
export interface GermanCredit {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export function germanCredit(): GermanCredit {
  const [names, ...rows] = readFileSync(germanCsv, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return { names: names!, rows };
}

export const FEATURES = 20;
export const LABEL = 20;
export const PREDICTION = 21;
export const PROBABILITY = 22;

/** One form of writing the dataset: the file, and what `analysis_config.json` says of it. */
export interface DatasetForm {
  readonly name: string;
  readonly config: Readonly<Record<string, unknown>>;
  write(folder: string, german: GermanCredit): Promise<string> | string;
}

const columns = { label: 'credit_risk', predictor: { label: 'predicted_risk', probability: 'probability' } };
const csvOf = ({ names, rows }: GermanCredit): string =>
  `${[names, ...rows].map((cells) => cells.join()).join('\n')}\n`;
const numbers = (cells: readonly string[]): string => `[${cells.slice(0, FEATURES).join()}]`;

function file(name: string, text: (german: GermanCredit) => string | Uint8Array): DatasetForm['write'] {
  return (folder, german) => {
    const written = path.join(folder, name);
    writeFileSync(written, text(german));
    return written;
  };
}

function lines(line: (cells: readonly string[], row: number) => string): DatasetForm['write'] {
  return file('data.jsonl', ({ rows }) => `${rows.map(line).join('\n')}\n`);
}

/** Ten rows a record, as a request of many rows. */
function records(line: (rows: readonly (readonly string[])[]) => string): DatasetForm['write'] {
  return file('data.jsonl', ({ rows }) => {
    const parts = Array.from({ length: rows.length / 10 }, (_, part) => rows.slice(part * 10, part * 10 + 10));
    return `${parts.map(line).join('\n')}\n`;
  });
}

const { names: NAMES } = germanCredit();
const headers = [...NAMES.slice(0, FEATURES), 'credit_risk'];
const listed = { features: 'features', label: 'label', headers };

/** All forms that a dataset may have; what is measured must not depend on it. */
export const datasetForms: readonly DatasetForm[] = [
  { name: 'CSV with a header', config: columns, write: file('data.csv', csvOf) },
  {
    name: 'CSV whose names are in the configuration',
    config: { ...columns, headers: NAMES },
    write: file('data.csv', (german) => csvOf(german).replace(/^.*\n/, '')),
  },
  { name: 'compressed CSV', config: columns, write: file('data.csv.gz', (german) => gzipSync(csvOf(german))) },
  {
    name: 'CSV with a probability above a threshold instead of a prediction',
    config: { label: 'credit_risk', predictor: { probability: 'probability' }, excluded_columns: ['predicted_risk'] },
    write: file('data.csv', csvOf),
  },
  {
    name: 'CSV with lists of probabilities and the classes they are of',
    config: {
      label: 'credit_risk',
      predictor: { probability: 'scores', label_headers: [0, 1] },
    },
    write: file('data.csv', ({ names, rows }) => {
      const listOf = (probability: string): string => `"[${(1 - Number(probability)).toFixed(4)}, ${probability}]"`;
      const cells = rows.map((row) => [...row.slice(0, PREDICTION), listOf(row[PROBABILITY]!)].join());
      return `${[[...names.slice(0, PREDICTION), 'scores'].join(), ...cells].join('\n')}\n`;
    }),
  },
  {
    name: 'Parquet',
    config: columns,
    write: async (folder, german) => {
      const csv = path.join(folder, 'parquet.csv');
      const written = path.join(folder, 'data.parquet');
      writeFileSync(csv, csvOf(german));
      const engine = await openDuckDb();
      await engine.query(`COPY (SELECT * FROM read_csv('${csv}')) TO '${written}' (FORMAT parquet)`);
      await engine.close();
      return written;
    },
  },
  {
    name: 'JSON Lines of flat objects',
    config: columns,
    write: lines((cells) => `{${cells.map((cell, place) => `"${NAMES[place]}": ${cell}`).join(', ')}}`),
  },
  {
    name: 'JSON Lines with a list of features',
    config: { ...listed, predictor: { label: 'predicted_label' } },
    write: lines(
      (cells) => `{"features": ${numbers(cells)}, "label": ${cells[LABEL]}, "predicted_label": ${cells[PREDICTION]}}`,
    ),
  },
  {
    name: 'JSON Lines with a probability',
    config: { ...listed, predictor: { probability: 'score' } },
    write: lines(
      (cells) => `{"features": ${numbers(cells)}, "label": ${cells[LABEL]}, "score": ${cells[PROBABILITY]}}`,
    ),
  },
  {
    name: 'JSON Lines with texts for label and prediction',
    config: { ...listed, predictor: { label: 'predicted_label' } },
    write: lines(
      (cells) =>
        `{"features": ${numbers(cells)}, "label": "${cells[LABEL]}", "predicted_label": "${cells[PREDICTION]}"}`,
    ),
  },
  {
    name: 'JSON Lines with lists of probabilities and the classes they are of',
    config: { ...listed, predictor: { probability: 'scores', label_headers: ['0', '1'] } },
    write: lines(
      (cells) =>
        `{"features": ${numbers(cells)}, "label": ${cells[LABEL]}, "scores": [${1 - Number(cells[PROBABILITY])}, ${cells[PROBABILITY]}]}`,
    ),
  },
  {
    name: 'JSON Lines with a single probability beside the names of classes',
    config: { ...listed, predictor: { probability: 'score', label_headers: ['0', '1'] } },
    write: lines(
      (cells) => `{"features": ${numbers(cells)}, "label": ${cells[LABEL]}, "score": ${cells[PROBABILITY]}}`,
    ),
  },
  {
    name: 'JSON Lines, the label before the features',
    config: { features: 'input.values', label: 'truth.label', headers, predictor: { label: 'answer[0].label' } },
    write: lines(
      (cells) =>
        `{"truth": {"label": ${cells[LABEL]}}, "answer": [{"label": ${cells[PREDICTION]}}], "input": {"values": ${numbers(cells)}}}`,
    ),
  },
  {
    name: 'JSON Lines of many rows a record',
    config: {
      features: 'instances[*].features',
      label: 'instances[*].label',
      headers,
      predictor: { label: 'predictions[*].predicted_label' },
    },
    write: records((rows) => {
      const instances = rows.map((cells) => `{"features": ${numbers(cells)}, "label": ${cells[LABEL]}}`);
      const predictions = rows.map((cells) => `{"predicted_label": ${cells[PREDICTION]}}`);
      return `{"instances": [${instances.join()}], "predictions": [${predictions.join()}]}`;
    }),
  },
  {
    name: 'JSON Lines of many rows a record, with probabilities in lists of one',
    config: {
      features: 'instances[].features',
      label: 'labels',
      headers,
      predictor: { probability: 'scores' },
    },
    write: records((rows) => {
      const instances = rows.map((cells) => `{"features": ${numbers(cells)}}`);
      return `{"instances": [${instances.join()}], "labels": [${rows.map((cells) => cells[LABEL]).join()}], "scores": [${rows.map((cells) => `[${cells[PROBABILITY]}]`).join()}]}`;
    }),
  },
];
