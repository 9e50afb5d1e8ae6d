import { MonitorError } from '../errors.js';
import type { ModelConfig } from './model.js';
import { type Placeholder, RequestTemplate } from './request-template.js';
import type { ModelCell } from './tree-model.js';

/** What the requests and answers of an endpoint are written in. */
export const mimeTypes = ['text/csv', 'application/jsonlines', 'application/json'] as const;
export type MimeType = (typeof mimeTypes)[number];

/** How rows become requests. */
export interface RequestForm {
  readonly contentType: MimeType;
  /** Whether a request has one row only. */
  readonly single: boolean;
  /** @throws MonitorError `COLUMN_NOT_FOUND` where a template asks for a feature that is none of `names`. */
  writer(names: readonly string[]): RequestWriter;
}

/** Writes requests of one list of columns. */
export interface RequestWriter {
  /** A row as it stands in a request. Missing cells are empty in CSV, null in JSON, and so are numbers that JSON lacks. */
  record(row: readonly ModelCell[]): string;
  /** A request of rows: with none, what it has besides them. */
  body(records: readonly string[]): string;
}

/**
 * The form of requests that `analysis_config.json` describes: `predictor.content_type`, else `dataset_type`, else CSV.
 *
 * @throws MonitorError `CONFIGURATION` for another type, and where a template is missing or wrong.
 */
export function requestForm(config: ModelConfig = {}): RequestForm {
  const { predictor = {}, dataset_type: datasetType } = config;
  const contentType = mimeType(predictor.content_type, 'content_type') ?? known(datasetType) ?? 'text/csv';
  if (contentType === 'text/csv') return { contentType, single: false, writer: () => csvWriter };
  const { content_template: content, record_template: record } = predictor;
  return contentType === 'application/jsonlines' ? jsonLinesForm(content) : jsonForm(content, record);
}

/** The type that a key names; undefined where it is absent. */
export function mimeType(text: string | undefined, key: string): MimeType | undefined {
  if (text === undefined) return undefined;
  const type = known(text);
  if (type !== undefined) return type;
  throw new MonitorError('CONFIGURATION', `"${text}" is no format that an endpoint can be asked in.`, {
    where: `analysis configuration, predictor.${key}`,
    fix: `use one of: ${mimeTypes.join(', ')}`,
  });
}

/** The type without its parameters (`; charset=utf-8`). */
export function known(text: string | undefined | null): MimeType | undefined {
  const name = text?.replace(/;.*$/s, '').trim().toLowerCase();
  return mimeTypes.find((type) => type === name);
}

const csvWriter: RequestWriter = {
  record: (row) => (row.length === 1 && isMissing(row[0]!) ? '""' : row.map(csvCell).join(',')),
  body: (records) => records.join('\n'),
};

function isMissing(cell: ModelCell): boolean {
  return cell === null || cell === '' || (typeof cell === 'number' && !Number.isFinite(cell));
}

function csvCell(cell: ModelCell): string {
  if (isMissing(cell)) return '';
  const text = String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function jsonLinesForm(content: string | undefined): RequestForm {
  const contentType = 'application/jsonlines';
  if (content === undefined) throw missing('content_template', contentType, '{"features":$features}');
  const template = RequestTemplate.parse(content, 'content_template', ['features', 'features_kvp', 'feature_names']);
  requireRow(template, 'content_template', '$features');
  return {
    contentType,
    single: false,
    writer: (names) => ({ record: recordWriter(template, names), body: (records) => records.join('\n') }),
  };
}

function jsonForm(content: string | undefined, record: string | undefined): RequestForm {
  const contentType = 'application/json';
  if (content === undefined) throw missing('content_template', contentType, '{"instances":$records}');
  if (record === undefined) throw missing('record_template', contentType, '$features');
  const outer = RequestTemplate.parse(content, 'content_template', ['record', 'records', 'feature_names']);
  const inner = RequestTemplate.parse(record, 'record_template', ['features', 'features_kvp', 'feature_names']);
  const single = outer.has('record');
  if (single === outer.has('records') || outer.features.length > 0) {
    throw new MonitorError('CONFIGURATION', 'Where the rows stand is not said.', {
      where: 'analysis configuration, predictor.content_template',
      fix: 'write $records for the list of rows, or $record for one row a request',
    });
  }
  requireRow(inner, 'record_template', '$features or $features_kvp');
  return {
    contentType,
    single,
    writer: (names) => {
      const fill = (rows: string): string =>
        outer.fill((placeholder) => (placeholder === 'feature_names' ? JSON.stringify(names) : rows), jsonNull);
      return {
        record: recordWriter(inner, names),
        body: (records) => fill(single ? (records[0] ?? '') : `[${records.join(',')}]`),
      };
    },
  };
}

const jsonNull = (): string => 'null';

function recordWriter(template: RequestTemplate, names: readonly string[]): (row: readonly ModelCell[]) => string {
  const places = new Map(names.map((name, index) => [name, index]));
  const absent = template.features.filter((feature) => !places.has(feature));
  if (absent.length > 0) {
    throw new MonitorError('COLUMN_NOT_FOUND', `The template asks for ${absent.join(', ')}, which the data lack.`, {
      where: 'analysis configuration, predictor',
      fix: `use columns that there are: ${names.join(', ')}`,
    });
  }
  const keys = names.map((name) => JSON.stringify(name));
  const nameList = JSON.stringify(names);
  return (row) => {
    const value = (placeholder: Placeholder): string => {
      if (placeholder === 'feature_names') return nameList;
      if (placeholder === 'features') return `[${row.map((cell) => JSON.stringify(cell)).join(',')}]`;
      return `{${keys.map((key, index) => `${key}:${JSON.stringify(row[index] ?? null)}`).join(',')}}`;
    };
    return template.fill(value, (feature) => JSON.stringify(row[places.get(feature)!] ?? null));
  };
}

function missing(key: string, contentType: string, example: string): MonitorError {
  return new MonitorError('CONFIGURATION', `What a request in ${contentType} looks like is not said.`, {
    where: `analysis configuration, predictor.${key}`,
    fix: `give it, such as ${JSON.stringify(example)}`,
  });
}

function requireRow(template: RequestTemplate, key: string, words: string): void {
  if (template.has('features') || template.has('features_kvp') || template.features.length > 0) return;
  throw new MonitorError('CONFIGURATION', 'The template has no place for the cells of a row.', {
    where: `analysis configuration, predictor.${key}`,
    fix: `write ${words} where they stand`,
  });
}
