import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { ReadPlan, RecordRows } from '../../../kernel-lib/src/capture/read-plan.js';
import { createLineReader } from '../../../kernel-lib/src/capture/record-rows.js';
import { captureLine } from './capture-line.js';

const both: ReadPlan = { parts: ['output', 'input'], names: {} };

function sample(name: string): string[] {
  const file = new URL(`../../conformance/data/capture-samples/${name}`, import.meta.url);
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

function rowsOf(line: string, plan: ReadPlan = both): RecordRows {
  const result = createLineReader(plan)(line);
  if (result.kind !== 'rows') throw new Error(JSON.stringify(result));
  return result.rows;
}

function reasonOf(line: string, plan: ReadPlan = both): string {
  const result = createLineReader(plan)(line);
  return result.kind === 'quarantined' ? result.reason : result.kind;
}

const features = Array.from({ length: 14 }, (_, index) => `f${index}`);

describe('createLineReader() on what the service wrote', () => {
  test('reads CSV: the output first, then 69 features', () => {
    const rows = sample('csv.endpoint.jsonl').map((line) => rowsOf(line));
    expect(rows.map(({ names }) => names.length)).toEqual([70, 70, 70]);
    expect(rows.map((row) => row.rows[0]!.slice(0, 4))).toEqual([
      ['0.036397725343704224', '132', '10', '182.9'],
      ['0.3791300654411316', '130', '0', '263.7'],
      ['0.017852725461125374', '85', '0', '210.3'],
    ]);
    expect(rows[0]!.names.slice(0, 3)).toEqual(['_c0', '_c1', '_c2']);
  });

  test('reads JSON instances and predictions, one row and two in a record', () => {
    const [one, two] = sample('json.endpoint.jsonl').map((line) =>
      rowsOf(line, { ...both, names: { input: features } }),
    );
    expect(one!.names).toEqual(['score', 'predicted_label', ...features]);
    expect(one!.rows).toEqual([['0.9899773597717285', '1', ...'28 2 133937 9 13 2 0 0 4 1 15024 0 55 37'.split(' ')]]);
    expect(two!.rows.map((row) => row.slice(0, 4))).toEqual([
      ['0.9899773597717285', '1', '28', '2'],
      ['0.5041388273239136', '1', '43', '2'],
    ]);
  });

  test('reads JSON Lines within a record, one line and two', () => {
    const [one, two] = sample('jsonlines.endpoint.jsonl').map((line) => rowsOf(line));
    expect(one!.rows.map((row) => row.slice(0, 3))).toEqual([['1', '0.989977359771728', '28']]);
    expect(two!.rows.map((row) => row.slice(0, 3))).toEqual([
      ['1', '0.989977359771728', '28'],
      ['1', '0.504138827323913', '43'],
    ]);
    expect(two!.names.slice(0, 3)).toEqual(['predicted_label', 'score', '_c2']);
  });

  test('reads a BASE64 answer that says it is HTML and is JSON, by columns', () => {
    const { names, rows } = rowsOf(sample('base64-output.endpoint.jsonl')[0]!);
    expect(names.slice(0, 4)).toEqual(['median_house_value', 'longitude', 'latitude', 'housing_median_age']);
    expect(rows.map((row) => row.slice(0, 4))).toEqual([
      ['478046.66', '-122.44', '37.8', '52.0'],
      ['206551.01', '-116.99', '32.8', '34.0'],
    ]);
  });

  test('reads nested requests to a language model', () => {
    const { names, rows } = rowsOf(sample('llm-endpoint.real-file.jsonl')[0]!);
    expect(names).toEqual([
      'generated_text',
      'inputs',
      'parameters.max_new_tokens',
      'parameters.temperature',
      'parameters.top_p',
      'parameters.do_sample',
    ]);
    expect(rows[0]!.slice(1)).toEqual(['When does machine learning performce below bar?', '512', '0.7', '0.9', 'true']);
  });

  test('reads transform lines with their inference ids: output under SageMakerOutput, input beside it', () => {
    const lines = sample('transform-output-with-inference-id.jsonl');
    const rows = lines.map((line) => rowsOf(line, { ...both, names: { input: features } }));
    expect(rows.map(({ names }) => names)).toEqual(lines.map(() => ['predicted_label', 'score', ...features]));
    expect(rows[3]!.rows[0]!.slice(0, 5)).toEqual(['0', '0.321518242359161', '67', '2', '192995']);
  });

  test('reads the label of a ground-truth record', () => {
    const plan: ReadPlan = { parts: ['ground-truth'], names: { 'ground-truth': ['label'] } };
    expect(rowsOf(sample('ground-truth.csv-label.jsonl')[0]!, plan)).toEqual({ names: ['label'], rows: [['0']] });
  });
});

describe('createLineReader() on the variants of the format', () => {
  const csvInput = { data: '1,a\n2,\n', encoding: 'CSV', observedContentType: 'text/csv' };
  const json = (value: unknown) => ({
    data: JSON.stringify(value),
    encoding: 'JSON',
    observedContentType: 'application/json',
  });
  const base64 = (text: string | Uint8Array, type = 'application/octet-stream') => ({
    data: Buffer.from(text).toString('base64'),
    encoding: 'BASE64',
    observedContentType: type,
  });
  const cells = (output: object | undefined, input: object | undefined, plan: ReadPlan = both) =>
    rowsOf(captureLine({ output, input }), plan);

  test('several CSV rows in a record, with and without a final newline', () => {
    const output = { data: '0.1\r\n0.2', encoding: 'CSV' };
    expect(cells(output, csvInput).rows).toEqual([
      ['0.1', '1', 'a'],
      ['0.2', '2', null],
    ]);
  });

  test('input alone, output alone', () => {
    expect(cells(undefined, csvInput, { parts: ['input'], names: { input: ['n', 't'] } })).toEqual({
      names: ['n', 't'],
      rows: [
        ['1', 'a'],
        ['2', null],
      ],
    });
    expect(cells({ data: '0.5', encoding: 'CSV' }, undefined, { parts: ['output'], names: {} })).toEqual({
      names: ['_c0'],
      rows: [['0.5']],
    });
  });

  test.each([
    ['a list of scalars as one row beside one answer', [1, 2], [['0.5', '1', '2']]],
    ['a list of lists as rows', [[1, 2]], [['0.5', '1', '2']]],
    ['a list of objects as rows', [{ a: 1, b: { c: 2 } }], [['0.5', '1', '2']]],
    ['a list under any single key as rows', { dataframe_records: [{ a: 1, b: 2 }] }, [['0.5', '1', '2']]],
    ['lists under any single key as rows', { inputs: [[1, 2]] }, [['0.5', '1', '2']]],
    ['instances beside other keys', { signature_name: 'x', instances: [{ a: 1 }] }, [['0.5', '1']]],
    [
      'a pandas table split into columns and data',
      { dataframe_split: { index: [0], columns: ['a', 'b'], data: [[1, 2]] } },
      [['0.5', '1', '2']],
    ],
    ['lists of equal length under several keys as columns', { a: [1], b: [2] }, [['0.5', '1', '2']]],
    ['the same inside one key', { inputs: { a: [1], b: [2] } }, [['0.5', '1', '2']]],
    ['longer lists beside one answer as one row', { a: [1, 2], b: [3, 4] }, [['0.5', '1', '2', '3', '4']]],
    ['a scalar', 3.5, [['0.5', '3.5']]],
    ['an object', { a: 1, b: { c: [true, null] } }, [['0.5', '1', 'true', null]]],
  ])('JSON: %s', (_, input, rows) => {
    expect(cells({ data: '0.5', encoding: 'CSV' }, json(input)).rows).toEqual(rows);
  });

  test.each([
    ['a list', [0.1, 0.2]],
    ['predictions', { predictions: [0.1, 0.2] }],
    ['lists in predictions', { predictions: [[0.1], [0.2]] }],
    ['objects in predictions', { predictions: [{ score: 0.1 }, { score: 0.2 }] }],
    ['a single key', { scores: [0.1, 0.2] }],
  ])('JSON answers to two rows: %s', (_, output) => {
    expect(cells(json(output), csvInput).rows).toEqual([
      ['0.1', '1', 'a'],
      ['0.2', '2', null],
    ]);
  });

  test('the class probabilities of one row are one row', () => {
    const row = [['0.1', '0.2', '0.7', '1', 'a']];
    const input = { data: '1,a', encoding: 'CSV' };
    expect(cells(json({ probabilities: [0.1, 0.2, 0.7] }), input).rows).toEqual(row);
    expect(cells(json([0.1, 0.2, 0.7]), input).rows).toEqual(row);
    expect(cells(json([[0.1, 0.2, 0.7]]), input).rows).toEqual(row);
  });

  test('one part alone reads the same as beside the other', () => {
    const line = captureLine({ output: json({ scores: [0.1, 0.2] }), input: csvInput });
    expect(rowsOf(line, { parts: ['output'], names: {} })).toEqual({ names: ['scores'], rows: [['0.1'], ['0.2']] });
  });

  test('JSON Lines by content type, and by its look', () => {
    const lines = { data: '{"a": 1.0}\n{"a": 2}\n', encoding: 'JSON' };
    for (const observedContentType of ['application/jsonlines', 'application/x-ndjson', 'application/json']) {
      expect(cells(undefined, { ...lines, observedContentType }, { parts: ['input'], names: {} }).rows).toEqual([
        ['1.0'],
        ['2'],
      ]);
    }
  });

  test('objects of one record that lack keys are missing there', () => {
    const rows = cells(undefined, json([{ a: 1 }, { b: 2, a: 3 }]), { parts: ['input'], names: {} });
    expect(rows).toEqual({
      names: ['a', 'b'],
      rows: [
        ['1', null],
        ['3', '2'],
      ],
    });
  });

  test.each([
    ['CSV by its type', base64('1,a', 'text/csv'), [['1', 'a']]],
    ['JSON by its look', base64('{"a": 1.50}'), [['1.50']]],
    [
      'CSV by its look',
      base64('1,a\n2,b\n'),
      [
        ['1', 'a'],
        ['2', 'b'],
      ],
    ],
    ['one text', base64('hello, world\nyes', 'text/plain'), [['hello, world\nyes']]],
    ['one text cell of a page', base64('<p>a,b</p>', 'text/html'), [['<p>a,b</p>']]],
    ['bytes that are no text, as captured', base64(Uint8Array.of(0xff, 0xd8, 0)), [['/9gA']]],
  ])('BASE64: %s', (_, input, rows) => {
    expect(cells(undefined, input, { parts: ['input'], names: {} }).rows).toEqual(rows);
  });

  test('merged records of an endpoint and of a batch job', () => {
    const plan: ReadPlan = { parts: ['ground-truth', 'output', 'input'], names: { 'ground-truth': ['label'] } };
    const merged = captureLine({
      output: json({ predictions: [{ score: 0.1 }, { score: 0.2 }] }),
      input: json({ instances: [{ features: [1] }, { features: [2] }] }),
      groundTruth: json({ instances: [{ label: 0 }, { label: 1 }] }),
    });
    expect(rowsOf(merged, plan)).toEqual({
      names: ['label', 'score', '_c2'],
      rows: [
        ['0', '0.1', '1'],
        ['1', '0.2', '2'],
      ],
    });
    const batch = JSON.stringify({
      eventMetadata: { eventId: 'e' },
      eventVersion: '0',
      groundTruthData: { data: '1', encoding: 'CSV' },
      captureData: {
        batchTransformOutput: { data: '{"SageMakerOutput":{"score":0.9},"features":[1,2]}', encoding: 'JSON' },
      },
    });
    expect(rowsOf(batch, plan)).toEqual({ names: ['label', 'score', '_c2', '_c3'], rows: [['1', '0.9', '1', '2']] });
  });

  test('flat transform lines, and CSV ones without the id and time at their end', () => {
    const flat = '{"output":0,"SageMakerInferenceId":"a","SageMakerInferenceTime":"2022-08-30T00:49:15Z"}';
    expect(rowsOf(flat, { parts: ['output'], names: {} })).toEqual({ names: ['output'], rows: [['0']] });
    const csv = '0,1f1d57b1-2e6f-4b9c-8d6c-0a6b3a3c7a11,2022-08-30T00:49:15Z';
    const line = JSON.stringify({ captureData: { batchTransformOutput: { data: csv, encoding: 'CSV' } } });
    expect(rowsOf(line, { parts: ['output'], names: {} }).rows).toEqual([['0']]);
  });

  test('a key that output and input share is told apart by its part', () => {
    expect(cells(json({ score: 1 }), json({ score: 2, id: 3 })).names).toEqual(['score', 'input.score', 'id']);
  });

  test('numbers keep the text they were written with', () => {
    const input = { data: '{"a": 3.0, "b": 1e5, "c": 0.10}', encoding: 'JSON' };
    expect(cells(undefined, input, { parts: ['input'], names: {} }).rows).toEqual([['3.0', '1e5', '0.10']]);
  });

  test('names are one array for one shape', () => {
    const read = createLineReader({ ...both, names: { input: ['n', 't'] } });
    const names = [1, 2].map((n) => {
      const result = read(captureLine({ output: json({ score: n }), input: { data: `${n},a`, encoding: 'CSV' } }));
      return result.kind === 'rows' ? result.rows.names : undefined;
    });
    expect(names[0]).toEqual(['score', 'n', 't']);
    expect(names[0]).toBe(names[1]);
  });

  test('any table of cells survives capture as CSV', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '7', '.', ',', '"', '\n', '\\', 'ü', ' '), maxLength: 4 });
    const table = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(table, (rows) => {
        const line = captureLine({ input: { data: Papa.unparse(rows, { newline: '\n' }), encoding: 'CSV' } });
        const read = rowsOf(line, { parts: ['input'], names: { input: ['x', 'y', 'z'] } });
        expect(read.rows).toEqual(rows.map((row) => row.map((text) => (text === '' ? null : text))));
      }),
    );
  });
});

describe('createLineReader() quarantines', () => {
  const csv = (data: string) => ({ data, encoding: 'CSV' });
  const named: ReadPlan = { ...both, names: { input: ['a', 'b'], output: ['p'] } };

  test.each([
    ['a wrong number of cells', captureLine({ output: csv('1'), input: csv('1') }), 'input has 1 column, expected 2'],
    ['too many outputs', captureLine({ output: csv('1,2,3'), input: csv('1,2') }), 'output has 3 columns, expected 1'],
    [
      'one answer to two rows',
      captureLine({ output: csv('1'), input: csv('1,2\n3,4') }),
      'output and input have different numbers of rows',
    ],
    [
      'rows of different widths',
      captureLine({ output: csv('1\n2'), input: csv('1,2\n3,4,5') }),
      'input rows have different numbers of columns',
    ],
    [
      'lists among objects',
      captureLine({ output: csv('1\n2'), input: { data: '[[1],{"a":1}]', encoding: 'JSON' } }),
      'input rows are partly lists and partly objects',
    ],
    ['a missing side', captureLine({ input: csv('1,2') }), 'no output in the record'],
    ['an empty request', captureLine({ output: csv(''), input: csv('') }), 'no rows in the record'],
    [
      'a side that is not the JSON it says',
      captureLine({ output: csv('1'), input: { data: '{"a":', encoding: 'JSON' } }),
      'input is not JSON',
    ],
    ['an open quote', captureLine({ output: csv('1'), input: csv('"1,2') }), 'input has a quote that is not closed'],
    ['half a line', captureLine({ output: csv('1'), input: csv('1,2') }).slice(0, 60), 'not JSON'],
    ['a record without capture', '{"eventMetadata":{}}', 'not a capture record'],
  ])('%s', (_, line, reason) => {
    expect(reasonOf(line, named)).toBe(reason);
  });

  test('nothing that is thrown: any text has a result', () => {
    const read = createLineReader(named);
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => read(line).kind === 'quarantined'));
    const part = fc.record({
      data: fc.oneof(fc.string(), fc.json()),
      encoding: fc.constantFrom('CSV', 'JSON', 'BASE64', 'X'),
    });
    fc.assert(
      fc.property(part, part, (output, input) => typeof read(captureLine({ output, input })).kind === 'string'),
    );
  });
});

describe('createLineReader() with a window', () => {
  const window = { start: '2026-03-05T10:30:00Z', end: '2026-03-05T11:00:00.000Z' };
  const kindAt = (inferenceTime: string | undefined) =>
    createLineReader({ parts: ['input'], names: {}, window })(
      captureLine({ input: { data: '1', encoding: 'CSV' }, metadata: { inferenceTime } }),
    );

  test('keeps its start and leaves out its end', () => {
    const times = ['2026-03-05T10:29:59Z', '2026-03-05T10:30:00Z', '2026-03-05T10:59:59Z', '2026-03-05T11:00:00Z'];
    expect(times.map((time) => kindAt(time).kind)).toEqual(['outside-window', 'rows', 'rows', 'outside-window']);
  });

  test('keeps records without a time, and quarantines a time that is none', () => {
    expect(kindAt(undefined).kind).toBe('rows');
    expect(kindAt('soon')).toEqual({ kind: 'quarantined', reason: 'inferenceTime is not a time' });
  });

  test('is made of times', () => {
    const plan: ReadPlan = { parts: ['input'], names: {}, window: { start: 'x', end: 'y' } };
    expect(() => createLineReader(plan)).toThrow('The window x to y is not made of times.');
  });
});
