import { MonitorError } from '../../errors.js';
import type { RowBatch } from '../../explain/row-sample.js';
import { RowSample } from '../../explain/row-sample.js';
import { explainedRow } from '../../metrics/attribution/examples.js';
import type { ExplainedRow } from '../../report/model-explainability-report.js';
import {
  type DeepDive,
  type DeepDiveOptions,
  type ExplainedModelOptions,
  type ExplainedOutput,
  noRows,
  withGivenRows,
  withWindow,
} from './deep-dive.js';
import { type GivenRow, givenRows, pickRows } from './deep-dive-rows.js';
import { explainSample } from './explain-window.js';

/** Which captured requests are explained. */
export interface CapturedRecordsOptions extends DeepDiveOptions {
  /** Those of these records; default: the first ones of the window. */
  readonly eventIds?: readonly string[];
  /** Of the first ones, so many; default: 10. */
  readonly limit?: number;
}

/** Rows that are given instead of captured ones. */
export interface GivenRecordsOptions extends ExplainedModelOptions {
  /** Cells by feature; a feature that no row has is an error, one that some lack is missing there. */
  readonly rows: readonly GivenRow[];
}

/** One request, explained, and what its numbers are of. */
export interface ExplainedRecord extends ExplainedRow, ExplainedOutput {}

/**
 * Explains single predictions: of records by their event ids, of the first records of a window, or of rows that are given.
 * The attributions of a row add up from `expectedValue` to `answer`; `waterfallText` shows them on a terminal.
 *
 * @returns In the order of the capture or of the given rows. A record of several rows has as many entries.
 * @throws MonitorError `NO_DATA` with the event ids that the window does not have, and for an empty window;
 *   `COLUMN_NOT_FOUND` with the features that given rows lack; `USAGE`; what reading and the model throw.
 */
export async function explainRecords(
  options: CapturedRecordsOptions | GivenRecordsOptions,
): Promise<ExplainedRecord[]> {
  if ('rows' in options) {
    const { names, batch } = givenRows(options.rows);
    if (batch.rowCount === 0) return [];
    const rows = {
      names,
      async *batches() {
        yield batch;
      },
    };
    return withGivenRows(rows, options, async (dive) => {
      const drawn = draw(dive);
      drawn.add(batch);
      return records(drawn, dive, options, (row) => `given row ${row + 1}`);
    });
  }
  return withWindow(options, async (dive) => {
    const { eventIds, limit = 10 } = options;
    const drawn = eventIds === undefined ? await firstRows(dive, limit) : await rowsOfRecords(dive, eventIds);
    return records(drawn, dive, options, (row) =>
      eventIds === undefined ? `row ${row + 1} of the window` : 'asked for by its event id',
    );
  });
}

function draw({ model }: DeepDive): RowSample {
  return new RowSample(model.match.places, Number.POSITIVE_INFINITY, 0);
}

async function firstRows(dive: DeepDive, limit: number): Promise<RowSample> {
  const drawn = draw(dive);
  for await (const batch of dive.rows.batches()) {
    const wanted = Math.max(0, Math.min(batch.rowCount, limit - drawn.seen));
    drawn.add(pickRows(batch, [...Array(wanted).keys()]));
    if (drawn.seen >= limit) return drawn;
  }
  if (drawn.seen === 0) throw noRows(dive.where);
  return drawn;
}

/** Reads on to the end of the batch after the last record that was missing: a record's rows follow one another. */
async function rowsOfRecords(dive: DeepDive, eventIds: readonly string[]): Promise<RowSample> {
  const wanted = new Set(eventIds);
  const missing = new Set(eventIds);
  const drawn = draw(dive);
  for await (const batch of dive.rows.batches()) {
    if (batch.eventIds === undefined) {
      throw new MonitorError('USAGE', 'The rows of a dataset have no event ids.', {
        where: dive.where,
        fix: 'name captured data, or leave the event ids out',
      });
    }
    const complete = missing.size === 0;
    drawn.add(pickRows(batch, placesOf(batch, wanted, missing)));
    if (complete) break;
  }
  if (missing.size === 0) return drawn;
  const names = [...missing].slice(0, 5).map((id) => JSON.stringify(id));
  const more = missing.size > 5 ? ` and ${missing.size - 5} more` : '';
  throw new MonitorError('NO_DATA', `No record of the window has the event id ${names.join(', ')}${more}.`, {
    where: dive.where,
    fix: 'check the id, and that the window contains the time of the request',
  });
}

function placesOf({ eventIds = [] }: RowBatch, wanted: ReadonlySet<string>, missing: Set<string>): number[] {
  const places: number[] = [];
  for (const [row, id] of eventIds.entries()) {
    if (id === null || !wanted.has(id)) continue;
    missing.delete(id);
    places.push(row);
  }
  return places;
}

async function records(
  drawn: RowSample,
  dive: DeepDive,
  options: ExplainedModelOptions,
  reasonOf: (row: number) => string,
): Promise<ExplainedRecord[]> {
  const { sample } = await explainSample(drawn.finish(), dive.model, dive.where, options);
  return Array.from({ length: sample.rows }, (_, row) => ({
    ...dive.described,
    ...explainedRow(sample, dive.output, row, reasonOf(row)),
  }));
}
