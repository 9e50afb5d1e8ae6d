import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ColumnType } from '../../../kernel-lib/src/capture/cell-type.js';
import { resolveColumns } from '../../../kernel-lib/src/capture/columns.js';
import { createLineReader } from '../../../kernel-lib/src/capture/record-rows.js';
import { captureLine } from './capture-line.js';

const csv = (data: string) => ({ data, encoding: 'CSV', observedContentType: 'text/csv' });
const line = captureLine({ output: csv('0.93'), input: csv('41,clerk,2.5') });
const inputOnly = captureLine({ input: csv('41,clerk,2.5') });
const baseline = (columns: Readonly<Record<string, ColumnType>>) => new Map(Object.entries(columns));
const features = { age: 'Integral', job: 'String', rate: 'Fractional' } as const;

function sample(name: string): string[] {
  const file = new URL(`../../conformance/data/capture-samples/${name}`, import.meta.url);
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

const namesOf = (resolved: ReturnType<typeof resolveColumns>) => resolved.mapping.columns.map(({ name }) => name);

describe('resolveColumns()', () => {
  test('names CSV by the configuration, and shows the first values', () => {
    expect(resolveColumns([line], { configured: { output: ['p'], input: ['age', 'job', 'rate'] } })).toEqual({
      plan: { parts: ['output', 'input'], names: { output: ['p'], input: ['age', 'job', 'rate'] } },
      mapping: {
        source: 'configuration',
        columns: [
          { part: 'output', index: 0, name: 'p', example: '0.93' },
          { part: 'input', index: 0, name: 'age', example: '41' },
          { part: 'input', index: 1, name: 'job', example: 'clerk' },
          { part: 'input', index: 2, name: 'rate', example: '2.5' },
        ],
      },
    });
  });

  test('names CSV by the position in the baseline, output first, as the service does', () => {
    const resolved = resolveColumns([line], { baseline: baseline({ income: 'Fractional', ...features }) });
    expect(resolved.plan.names).toEqual({ output: ['income'], input: ['age', 'job', 'rate'] });
    expect(resolved.mapping).toMatchObject({ source: 'baseline-position' });
    expect(resolved.mapping.warning).toBeUndefined();
  });

  test('numbers columns where nothing names them', () => {
    const resolved = resolveColumns([line]);
    expect(resolved.plan.names).toEqual({ output: ['_c0'], input: ['_c1', '_c2', '_c3'] });
    expect(resolved.mapping.source).toBe('position');
  });

  test('leaves JSON keys as they are, and names lists beside them by the rest of the baseline', () => {
    const lines = sample('json.endpoint.jsonl');
    const names = Array.from({ length: 14 }, (_, index) => `f${index}`);
    const rest = new Map([
      ['score', 'Fractional'],
      ['predicted_label', 'Integral'],
      ...names.map((name) => [name, 'Integral']),
    ] as [string, ColumnType][]);
    const resolved = resolveColumns(lines, { baseline: rest });
    expect(resolved.plan.names).toEqual({ input: names });
    expect(namesOf(resolved)).toEqual(['score', 'predicted_label', ...names]);
    const columnar = resolveColumns(sample('base64-output.endpoint.jsonl'));
    expect(columnar.mapping.source).toBe('json-keys');
    expect(columnar.plan.names).toEqual({});
  });

  test('makes a plan under which the sample reads', () => {
    for (const name of ['csv', 'json', 'jsonlines', 'llm', 'base64-output'].map((kind) => kind)) {
      const lines = sample(name === 'llm' ? 'llm-endpoint.real-file.jsonl' : `${name}.endpoint.jsonl`);
      const { plan, mapping } = resolveColumns(lines);
      const read = createLineReader(plan);
      for (const text of lines) {
        const result = read(text);
        expect(result.kind === 'rows' && result.rows.names).toEqual(mapping.columns.map((column) => column.name));
      }
    }
  });

  test('takes the parts that the capture has, or those asked for', () => {
    expect(resolveColumns([inputOnly]).plan.parts).toEqual(['input']);
    expect(resolveColumns([line], { parts: ['input'] }).plan).toEqual({
      parts: ['input'],
      names: { input: ['_c0', '_c1', '_c2'] },
    });
  });

  test('goes by the most frequent shape of the sample, and past lines that cannot be read', () => {
    const odd = captureLine({ output: csv('0.5'), input: csv('1,2') });
    const resolved = resolveColumns(['{"cap', odd, line, line], {
      baseline: baseline({ p: 'Fractional', ...features }),
    });
    expect(resolved.plan.names.input).toEqual(['age', 'job', 'rate']);
  });

  test('keeps the configuration when no line can be read', () => {
    const resolved = resolveColumns(['{'], { configured: { input: ['a'] } });
    expect(resolved).toMatchObject({
      plan: { parts: ['output', 'input'], names: { input: ['a'] } },
      mapping: { columns: [] },
    });
  });

  test('shows what a hook makes of the records', () => {
    const { mapping } = resolveColumns([line], {
      hook: ({ input }) => ({ n: input.rows.length, first: input.data.slice(0, 2) }),
    });
    expect(mapping.columns).toEqual([
      { part: 'hook', index: 0, name: 'n', example: '1' },
      { part: 'hook', index: 1, name: 'first', example: '41' },
    ]);
  });
});

describe('resolveColumns() warns', () => {
  const warningOf = (lines: string[], columns: Readonly<Record<string, ColumnType>>) =>
    resolveColumns(lines, { baseline: baseline(columns) }).mapping.warning;

  test("when a probability gets the name of the label, as in the service's own example", () => {
    const churn = new Map<string, ColumnType>([['Churn', 'Integral']]);
    for (let index = 0; index < 69; index++)
      churn.set(`f${index}`, index === 2 || index === 4 ? 'Fractional' : 'Integral');
    const { warning } = resolveColumns(sample('csv.endpoint.jsonl').slice(0, 1), { baseline: churn }).mapping;
    expect(warning).toMatch(/^The column "Churn", Integral in the baseline, gets the model's output, such as "0.0363/);
  });

  test('when the target is the last column of the baseline, by its name or by the types', () => {
    const last = /gets the name "age", though the baseline's last column, "(target|income)"/;
    expect(
      warningOf([captureLine({ output: csv('1'), input: csv('41,7,9') })], {
        age: 'Integral',
        b: 'Integral',
        c: 'Integral',
        target: 'Integral',
      }),
    ).toMatch(last);
    expect(warningOf([line], { ...features, income: 'Fractional' })).toMatch(last);
  });

  test('when values fit the names better shifted by one', () => {
    expect(warningOf([inputOnly], { job: 'String', rate: 'Fractional', age: 'Integral' })).toMatch(/shifted by one/);
  });

  test('when the capture and the baseline have different numbers of columns', () => {
    const resolved = resolveColumns([line], {
      baseline: baseline({ p: 'Fractional', age: 'Integral', job: 'String' }),
    });
    expect(namesOf(resolved)).toEqual(['p', 'age', 'job', '_c3']);
    expect(resolved.mapping.warning).toMatch(/^The capture has 4 columns without names, the baseline has 3/);
    expect(warningOf([line], { a: 'Fractional', ...features, e: 'String', f: 'String' })).toMatch(/the baseline has 6/);
  });

  test('when the configuration names another number of columns', () => {
    const resolved = resolveColumns([line], { configured: { output: ['p'], input: ['age'] } });
    expect(namesOf(resolved)).toEqual(['p', 'age', '_c2', '_c3']);
    expect(resolved.mapping.warning).toBe('The input has 3 columns, the configuration names 1.');
  });

  test('and leaves the output out when the baseline has as many columns as the input alone', () => {
    const resolved = resolveColumns([line], { baseline: baseline(features) });
    expect(resolved.plan).toEqual({ parts: ['input'], names: { input: ['age', 'job', 'rate'] } });
    expect(resolved.mapping.warning).toMatch(/as many as the input alone: the model's output is left out/);
  });

  test('but keeps it when a request has grown by a column, by the types or the name of the label', () => {
    const grown = captureLine({ output: csv('0.93'), input: csv('41,7,9') });
    for (const columns of [
      { income: 'Fractional', age: 'Integral', job: 'String' },
      { label: 'Integral', age: 'Integral', job: 'Integral' },
    ] as const) {
      const lines = [columns.job === 'String' ? line : grown];
      expect(resolveColumns(lines, { baseline: baseline(columns) }).plan.parts).toEqual(['output', 'input']);
    }
  });

  test('and names features past a label that was not captured, first or last', () => {
    for (const columns of [
      { label: 'Integral', ...features },
      { ...features, label: 'Integral' },
    ] as const) {
      const resolved = resolveColumns([inputOnly], { baseline: baseline(columns) });
      expect(namesOf(resolved)).toEqual(['age', 'job', 'rate']);
      expect(resolved.mapping.warning).toBe('Not captured: "label".');
    }
  });

  test('not when the output is named and the label of the baseline is what it stands for', () => {
    const resolved = resolveColumns([line], {
      baseline: baseline({ label: 'Integral', ...features }),
      configured: { output: ['probability'] },
    });
    expect(namesOf(resolved)).toEqual(['probability', 'age', 'job', 'rate']);
    expect(resolved.mapping.warning).toBeUndefined();
  });
});
