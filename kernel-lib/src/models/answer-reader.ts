import jmespath from 'jmespath';
import Papa from 'papaparse';
import { MonitorError } from '../errors.js';
import type { ModelAnswer, ModelConfig } from './model.js';
import { known, type MimeType, mimeType } from './request-form.js';

/** How answers are read. */
export interface AnswerForm {
  /** What the endpoint is asked to answer in. */
  readonly acceptType: MimeType;
  /**
   * @param text - a whole answer.
   * @param type - the MIME type the endpoint gave it; it counts where the configuration says nothing of answers.
   * @param rows - of the request.
   * @param before - rows of the requests before, for a row's number in an error.
   * @throws UnreadableAnswer for an answer that has not a number, or list of numbers, for each row.
   */
  read(text: string, type: string | undefined, rows: number, before: number): ModelAnswer[];
}

/**
 * The form of answers that `analysis_config.json` describes. Of CSV, `predictor.probability` is the index of a column, and
 * without it all columns count; of JSON it is JMESPath, for JSON Lines of each line. Where it is absent `predictor.label`
 * stands in; where both are absent, JSON must leave no choice.
 *
 * @throws MonitorError `CONFIGURATION` where `probability` or `label` does not fit the type.
 * @see Source: Amazon SageMaker Developer Guide, "Endpoint response for tabular data".
 */
export function answerForm(config: ModelConfig | undefined, contentType: MimeType): AnswerForm {
  const { accept_type: accept, probability, label } = config?.predictor ?? {};
  const said = mimeType(accept, 'accept_type');
  const acceptType = said ?? contentType;
  const where = probability ?? label;
  const place =
    where === undefined ? undefined : placeIn(acceptType, where, probability === undefined ? 'label' : 'probability');
  const fixed = said !== undefined || place !== undefined;
  return {
    acceptType,
    read: (text, type, rows, before) => {
      const format = fixed ? acceptType : (known(type) ?? acceptType);
      const entries = readers[format](text, rows, place);
      if (entries.length !== rows) {
        throw refused(`The endpoint answered ${entries.length} rows for ${rows}.`, text);
      }
      return entries.map((entry, index) => answerOf(entry, before + index + 1, text));
    },
  };
}

/** Where the numbers stand: a column of CSV, or JMESPath. */
type Place = number | string;

function placeIn(type: MimeType, place: number | string, key: string): Place {
  const where = `analysis configuration, predictor.${key}`;
  if (type === 'text/csv') {
    const index = typeof place === 'number' ? place : /^\d+$/.test(place) ? Number(place) : -1;
    if (Number.isInteger(index) && index >= 0) return index;
    throw new MonitorError('CONFIGURATION', `"${place}" is no column of CSV.`, {
      where,
      fix: 'give a zero-based index, or the type of the answers in predictor.accept_type',
    });
  }
  try {
    if (typeof place !== 'string') throw new TypeError('expected a text');
    jmespath.search({}, place);
    return place;
  } catch (cause) {
    throw new MonitorError('CONFIGURATION', `${JSON.stringify(place)} is no JMESPath: ${(cause as Error).message}.`, {
      where,
      fix: 'correct it, or give the type of the answers in predictor.accept_type',
      cause,
    });
  }
}

const readers: Record<MimeType, (text: string, rows: number, place: Place | undefined) => readonly unknown[]> = {
  'text/csv': csvEntries,
  'application/jsonlines': (text, _rows, place) =>
    text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [entryAt(jsonOf(line), place)])),
  'application/json': jsonEntries,
};

function csvEntries(text: string, rows: number, place: Place | undefined): readonly unknown[] {
  const lines = text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [cellsOf(line)]));
  const [first = []] = lines;
  if (lines.length === 1 && rows > 1 && first.length === rows && (place ?? 0) === 0) return first;
  if (place === undefined) return lines;
  return lines.map((cells) => {
    if (Number(place) < cells.length) return cells[Number(place)];
    throw refused(`A row of the answer has ${cells.length} columns, none with index ${place}.`, text);
  });
}

/** A line of CSV; one in brackets is a list, as some containers write the probabilities of classes. */
function cellsOf(line: string): readonly string[] {
  const inside = /^\s*\[(.*)\]\s*$/.exec(line)?.[1];
  return Papa.parse<string[]>(inside ?? line, { delimiter: ',', newline: '\n' }).data[0] ?? [];
}

function jsonEntries(text: string, rows: number, place: Place | undefined): unknown[] {
  const document = jsonOf(text);
  const found = place === undefined ? listIn(document) : jmespath.search(document, String(place));
  if (Array.isArray(found) && (found.length === rows || rows > 1)) return found as unknown[];
  if (rows === 1) return [place === undefined && !Array.isArray(found) ? entryAt(document, undefined) : found];
  throw refused(
    place === undefined ? 'The answer has no list of rows.' : `The answer has no list at "${place}".`,
    text,
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refused(
      'The endpoint did not answer in JSON.',
      text,
      'give the type of its answers in predictor.accept_type',
    );
  }
}

/** The list of rows in a document: itself, or its only list. */
function listIn(document: unknown): unknown {
  if (Array.isArray(document) || typeof document !== 'object' || document === null) return document;
  const lists = Object.values(document).filter((value) => Array.isArray(value));
  return lists.length === 1 ? lists[0] : document;
}

/** What stands for one row. */
function entryAt(record: unknown, place: Place | undefined): unknown {
  return place === undefined ? record : jmespath.search(record, String(place));
}

function answerOf(entry: unknown, row: number, text: string): ModelAnswer {
  const value = plain(entry);
  if (typeof value === 'number') return numberOf(value, row, text);
  if (typeof value === 'string') {
    const list = /^\s*\[(.*)\]\s*$/s.exec(value)?.[1];
    return list === undefined ? numberOf(value, row, text) : listOf(list.split(','), row, text);
  }
  if (Array.isArray(value)) return listOf(value, row, text);
  if (typeof value === 'object' && value !== null) {
    throw refused(
      `The answer for row ${row} has several values: ${Object.keys(value).join(', ')}.`,
      text,
      'say in predictor.probability of --config which is the model’s, as JMESPath',
    );
  }
  throw refused(`The endpoint answered ${worded(value)} for row ${row}.`, text);
}

/** Without lists and objects around a single value. */
function plain(entry: unknown): unknown {
  if (Array.isArray(entry) && entry.length === 1) return plain(entry[0]);
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return entry;
  const values = Object.values(entry);
  return values.length === 1 ? plain(values[0]) : entry;
}

function listOf(values: readonly unknown[], row: number, text: string): readonly number[] {
  if (values.length === 0) throw refused(`The endpoint answered an empty list for row ${row}.`, text);
  return values.map((value) => numberOf(plain(value), row, text));
}

function numberOf(value: unknown, row: number, text: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw refused(`The endpoint answered ${worded(value)} for row ${row}, which is no number.`, text);
}

function worded(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? 'nothing');
}

/** An answer that cannot be read; its text goes along so that the caller may quote it without secrets. */
export class UnreadableAnswer extends Error {
  readonly text: string;
  readonly fix: string;

  constructor(message: string, text: string, fix: string) {
    super(message);
    this.text = text;
    this.fix = fix;
  }
}

const READ_FIX = 'say in predictor.accept_type and predictor.probability of --config where each row’s number stands';

function refused(what: string, text: string, fix: string = READ_FIX): UnreadableAnswer {
  return new UnreadableAnswer(what, text, fix);
}
