import { describe, expect, it } from 'vitest';
import {
  type CaptureTable,
  CaptureTableBuilder,
  type CaptureTableOptions,
} from '../../../kernel-lib/src/capture/capture-table.js';

function table(
  lines: readonly (object | string)[],
  options: CaptureTableOptions = {},
  ended: boolean = true,
): CaptureTable {
  const builder = new CaptureTableBuilder(options);
  lines.forEach((line, index) => {
    const last = index === lines.length - 1;
    builder.add(index + 1, typeof line === 'string' ? line : JSON.stringify(line), ended || !last);
  });
  return builder.table();
}
const part = (data: string, encoding: string, observedContentType?: string) => ({
  data,
  encoding,
  observedContentType,
});
const call = (output: object | undefined, input: object | undefined, metadata: object = {}) => ({
  captureData: { endpointInput: input, endpointOutput: output },
  eventMetadata: { eventId: 'e-1', inferenceTime: '2026-03-05T06:00:00Z', ...metadata },
  eventVersion: '0',
});
const names = ({ columns }: CaptureTable): unknown[] =>
  columns.map(({ part: of, name, position }) => `${of} ${name ?? position}`);

describe('CaptureTableBuilder', () => {
  it('decodes CSV by position, output first, with times, ids and encodings', () => {
    const { rows, ...rest } = table([
      call(part('0.03', 'CSV'), part('132,"a, b",', 'CSV'), { inferenceId: '7', customAttributes: ['k=v'] }),
    ]);
    expect(names({ rows, ...rest })).toEqual(['output 0', 'input 0', 'input 1', 'input 2']);
    expect(rows).toEqual([
      {
        line: 1,
        row: 0,
        rows: 1,
        eventId: 'e-1',
        inferenceId: '7',
        inferenceTime: '2026-03-05T06:00:00Z',
        encodings: { output: 'CSV', input: 'CSV' },
        customAttributes: { k: 'v' },
        cells: ['0.03', '132', 'a, b', null],
      },
    ]);
  });

  it('takes given names where there are as many as cells', () => {
    const lines = [call(part('0.03', 'CSV'), part('1,2', 'CSV')), call(part('0.4', 'CSV'), part('1,2,3', 'CSV'))];
    const found = table(lines, { names: { output: ['probability'], input: ['age', 'sex'] } });
    expect(names(found)).toEqual(['output probability', 'input age', 'input sex', 'input 0', 'input 1', 'input 2']);
    expect(found.rows[1]?.cells).toEqual(['0.4', undefined, undefined, '1', '2', '3']);
  });

  it('flattens JSON, and gives a request of several rows as many', () => {
    const found = table([
      call(
        part('{"predictions": [{"score": 0.9}, {"score": 0.1}]}', 'JSON', 'application/json'),
        part('{"instances": [{"a": 1, "b": {"c": "x"}}, {"a": 2, "b": {"c": "y"}}]}', 'JSON', 'application/json'),
      ),
    ]);
    expect(names(found)).toEqual(['output score', 'input a', 'input b.c']);
    expect(found.rows.map(({ line, row, rows, cells }) => [line, row, rows, ...cells])).toEqual([
      [1, 0, 2, '0.9', '1', 'x'],
      [1, 1, 2, '0.1', '2', 'y'],
    ]);
    expect(found.records).toBe(1);
  });

  it('reads BASE64, merged records, ground truth and lines of a batch transform', () => {
    const base64 = table([call(part(Buffer.from('0.5,1').toString('base64'), 'BASE64', 'text/csv'), undefined)]);
    expect(base64.rows[0]?.cells).toEqual(['0.5', '1']);
    const merged = table([{ ...call(part('0.5', 'CSV'), part('1', 'CSV')), groundTruthData: part('0', 'CSV') }]);
    expect(names(merged)).toEqual(['ground-truth 0', 'output 0', 'input 0']);
    const truth = table([{ groundTruthData: part('1', 'CSV'), eventMetadata: { eventId: 'x' }, eventVersion: '0' }]);
    expect([truth.rows[0]?.eventId, truth.rows[0]?.cells]).toEqual(['x', ['1']]);
    const transform = table([
      {
        SageMakerInferenceId: 'i',
        SageMakerInferenceTime: '2023-01-21T01:29:04Z',
        SageMakerOutput: { label: 0, score: 0.05 },
        features: [29, 2],
      },
    ]);
    expect(names(transform)).toEqual(['output label', 'output score', 'input 0', 'input 1']);
    expect(transform.rows[0]).toMatchObject({ inferenceId: 'i', cells: ['0', '0.05', '29', '2'] });
  });

  it('lists what cannot be read with its line and reason, and skips blank lines', () => {
    const found = table(
      [
        '{"a": 1}',
        '',
        'no JSON',
        call(part('{', 'JSON'), undefined),
        call(part('1\n2', 'CSV'), part('1', 'CSV')),
        call(part('1', 'CSV'), undefined),
        '{"captureData": {"endpo',
      ],
      {},
      false,
    );
    expect(found.unreadable).toBe(5);
    expect(found.records).toBe(1);
    expect(found.unreadableLines.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'not a capture record'],
      [3, 'not JSON'],
      [4, 'output is not JSON'],
      [5, 'output and input have different numbers of rows'],
      [7, 'half-written last line'],
    ]);
    expect(found.unreadableLines[1]?.excerpt).toBe('no JSON');
  });

  it('keeps the number of columns within bounds and says how many are left out', () => {
    const keys = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`k${index}`, index]));
    const found = table([call(part(JSON.stringify(keys), 'JSON'), undefined)], { mostColumns: 4 });
    expect([found.columns.length, found.columnsLeftOut, found.rows[0]?.cells]).toEqual([4, 5, ['0', '1', '2', '3']]);
  });
});
