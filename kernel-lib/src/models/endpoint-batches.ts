import { MonitorError } from '../errors.js';
import type { RequestForm, RequestWriter } from './request-form.js';
import type { ModelCell } from './tree-model.js';

/** One request. */
export interface RequestBatch {
  /** Rows before it. */
  readonly from: number;
  readonly rows: number;
  readonly body: string;
}

/**
 * Cuts rows into requests of at most so many rows and bytes, each written when it is asked for.
 *
 * @throws MonitorError `MODEL` for a row that alone takes more bytes than a request may have.
 */
export function* requestBatches(
  writer: RequestWriter,
  rows: readonly (readonly ModelCell[])[],
  limits: { readonly batchRows: number; readonly batchBytes: number } & Pick<RequestForm, 'single'>,
): Generator<RequestBatch> {
  const most = limits.single ? 1 : limits.batchRows;
  const around = Buffer.byteLength(writer.body([]));
  let records: string[] = [];
  let bytes = around;
  for (const [index, row] of rows.entries()) {
    const record = writer.record(row);
    const size = Buffer.byteLength(record) + 1;
    if (around + size > limits.batchBytes) throw tooLarge(index, around + size, limits.batchBytes);
    if (records.length === most || bytes + size > limits.batchBytes) {
      yield { from: index - records.length, rows: records.length, body: writer.body(records) };
      records = [];
      bytes = around;
    }
    records.push(record);
    bytes += size;
  }
  if (records.length > 0) {
    yield { from: rows.length - records.length, rows: records.length, body: writer.body(records) };
  }
}

function tooLarge(index: number, bytes: number, limit: number): MonitorError {
  return new MonitorError('MODEL', `A request with this row alone has ${bytes} bytes; ${limit} are allowed.`, {
    where: `row ${index + 1}`,
    fix: 'leave large columns out, or raise DRIFTLINE_MODEL_BATCH_BYTES as far as the endpoint takes it',
  });
}
