import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../../kernel-lib/src/models/model.js';
import { requestForm } from '../../../kernel-lib/src/models/request-form.js';
import type { ModelCell } from '../../../kernel-lib/src/models/tree-model.js';
import { errorOf } from '../../support/error-of.js';

type Predictor = NonNullable<ModelConfig['predictor']>;

function body(predictor: Predictor, names: readonly string[], rows: readonly ModelCell[][]): string {
  const writer = requestForm({ predictor }).writer(names);
  return writer.body(rows.map((row) => writer.record(row)));
}

const NAMES = ['A', 'B'];
const ROWS = [
  [0, 1],
  [3, 4],
];

describe('requests in CSV', () => {
  it('have a row a line, without a header', () => {
    expect(body({}, NAMES, ROWS)).toBe('0,1\n3,4');
  });

  it('quote texts with commas, quotes, line breaks or spaces around', () => {
    const texts = ['a,b', 'say "no"', 'two\nlines', ' x', 'plain', '007'];
    expect(body({}, texts, [texts])).toBe('"a,b","say ""no""","two\nlines"," x",plain,007');
  });

  it('have nothing where a cell is missing, but never an empty line', () => {
    expect(body({}, ['a', 'b', 'c', 'd'], [[null, '', Number.NaN, 1e300]])).toBe(',,,1e+300');
    expect(body({}, ['a'], [[null], [2]])).toBe('""\n2');
  });
});

describe('requests in JSON Lines', () => {
  const jsonLines = (template: string): Predictor => ({
    content_type: 'application/jsonlines',
    content_template: template,
  });

  it('have the documented form of $features', () => {
    expect(body(jsonLines('{"myfeatures":$features}'), ['a', 'b', 'c'], [[1, 2, 3]])).toBe('{"myfeatures":[1,2,3]}');
    expect(
      body(
        jsonLines('{"data":{"features":$features}}'),
        ['x', 'y', 'z', 'u'],
        [
          [1, 2, 3, 4],
          [5, 6, 7, 8],
        ],
      ),
    ).toBe('{"data":{"features":[1,2,3,4]}}\n{"data":{"features":[5,6,7,8]}}');
  });

  it('keep texts as texts, missing cells as null, and each record on one line', () => {
    const template = '{\n  "features": $features\n}';
    expect(
      body(
        jsonLines(template),
        ['t', 'n'],
        [
          ['a "quoted"\n$features', null],
          ['5', Number.NaN],
        ],
      ),
    ).toBe('{   "features": ["a \\"quoted\\"\\n$features",null] }\n{   "features": ["5",null] }');
  });

  it('are refused without a template, without a place for the cells, and with placeholders of other templates', () => {
    const cases = [
      [{ content_type: 'application/jsonlines' }, 'What a request in application/jsonlines looks like is not said.'],
      [jsonLines('{"a":1}'), 'The template has no place for the cells of a row.'],
      [jsonLines('{"a":$records}'), '$records cannot stand here.'],
      [jsonLines('{"a":"$features"}'), 'This is no JSON once its placeholders are filled.'],
      [jsonLines('{"a":$feature}'), 'This is no JSON once its placeholders are filled.'],
    ] as const;
    for (const [predictor, what] of cases) {
      const error = errorOf(() => requestForm({ predictor }));
      expect([error.code, error.what]).toEqual(['CONFIGURATION', what]);
      expect(error.where).toBe('analysis configuration, predictor.content_template');
      expect(error.fix).toBeTruthy();
    }
  });
});

describe('requests in JSON', () => {
  const json = (content: string, record: string): Predictor => ({
    content_type: 'application/json',
    content_template: content,
    record_template: record,
  });

  // The examples of the Developer Guide's "Analysis Configuration Files".
  it.each([
    [
      json('{"instances": $records, "feature_names": $feature_names}', '$features'),
      { instances: ROWS, feature_names: NAMES },
    ],
    [
      json('$records', '$features_kvp'),
      [
        { A: 0, B: 1 },
        { A: 3, B: 4 },
      ],
    ],
    [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the format
      json('$records', '{"A": "${A}", "B": "${B}"}'),
      [
        { A: 0, B: 1 },
        { A: 3, B: 4 },
      ],
    ],
  ])('have the documented form', (predictor, document) => {
    expect(JSON.parse(body(predictor, NAMES, ROWS))).toEqual(document);
  });

  it('have one row with $record', () => {
    const form = requestForm({ predictor: json('$record', '$features_kvp') });
    const writer = form.writer(NAMES);
    expect(form.single).toBe(true);
    expect(JSON.parse(writer.body([writer.record([0, 1])]))).toEqual({ A: 0, B: 1 });
  });

  it('are JSON whatever names and texts hold', () => {
    const names = ['__proto__', 'a"b', '$features', 'x\ny'];
    const row = ['$records', '"}', null, '\u2028'];
    const [record] = JSON.parse(body(json('$records', '{"v":$features,"k":$features_kvp}'), names, [row])) as [
      { readonly v: unknown; readonly k: object },
    ];
    expect(record.v).toEqual(row);
    expect(Object.entries(record.k)).toEqual(names.map((name, index) => [name, row[index]]));
  });

  it('are refused where a template is missing, or says nothing of rows', () => {
    const cases: (readonly [Predictor, string, string])[] = [
      [{ content_type: 'application/json' }, 'content_template', 'What a request in application/json looks like'],
      [
        { content_type: 'application/json', content_template: '$records' },
        'record_template',
        'What a request in application/json looks like',
      ],
      [json('{"a":1}', '$features'), 'content_template', 'Where the rows stand is not said.'],
      [json('[$record,$records]', '$features'), 'content_template', 'Where the rows stand is not said.'],
      [json('$records', '{"a":1}'), 'record_template', 'The template has no place for the cells of a row.'],
      [json('$records', '$record'), 'record_template', '$record cannot stand here.'],
    ];
    for (const [predictor, key, what] of cases) {
      const error = errorOf(() => requestForm({ predictor }));
      expect([error.code, error.where]).toEqual(['CONFIGURATION', `analysis configuration, predictor.${key}`]);
      expect(error.what).toContain(what);
    }
  });

  it('are refused where a template asks for a feature that the data lack', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the format
    const form = requestForm({ predictor: json('$records', '{"a":"${A}","c":"${C}"}') });
    expect(errorOf(() => form.writer(NAMES))).toMatchObject({
      code: 'COLUMN_NOT_FOUND',
      what: 'The template asks for C, which the data lack.',
      fix: 'use columns that there are: A, B',
    });
  });
});

describe('the type of requests', () => {
  it('is that of the dataset where nothing else is said, and CSV where that is none of an endpoint', () => {
    expect(requestForm({ dataset_type: 'text/csv' }).contentType).toBe('text/csv');
    expect(requestForm({ dataset_type: 'application/x-parquet' }).contentType).toBe('text/csv');
    expect(requestForm(undefined).contentType).toBe('text/csv');
    expect(
      requestForm({ dataset_type: 'application/jsonlines', predictor: { content_template: '$features' } }),
    ).toMatchObject({ contentType: 'application/jsonlines' });
  });

  it('is refused where it is none for tables', () => {
    expect(errorOf(() => requestForm({ predictor: { content_type: 'image/png' } }))).toMatchObject({
      code: 'CONFIGURATION',
      what: '"image/png" is no format that an endpoint can be asked in.',
      fix: 'use one of: text/csv, application/jsonlines, application/json',
    });
  });
});

describe('any cells', () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
  );
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) =>
      fc.tuple(
        fc.array(fc.string(), { minLength: width, maxLength: width }),
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 4 }),
      ),
    );
  // JSON and CSV have no -0.
  const plain = (value: ModelCell): ModelCell => (value === 0 ? 0 : value);

  it('come out of JSON as they went in', () => {
    fc.assert(
      fc.property(table, ([names, rows]) => {
        const predictor = {
          content_type: 'application/json',
          content_template: '{"rows":$records,"names":$feature_names}',
          record_template: '{"cells":$features}',
        };
        const read = JSON.parse(body(predictor, names, rows)) as { readonly rows: unknown; readonly names: unknown };
        expect(read).toEqual({ rows: rows.map((cells) => ({ cells: cells.map(plain) })), names });
      }),
    );
  });

  it('come out of CSV as their texts, missing ones empty', () => {
    fc.assert(
      fc.property(table, ([names, rows]) => {
        const read = Papa.parse<string[]>(body({}, names, rows), { delimiter: ',', newline: '\n' });
        expect(read.data).toEqual(rows.map((cells) => cells.map((value) => String(plain(value) ?? ''))));
      }),
    );
  });
});
