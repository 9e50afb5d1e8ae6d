import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { MonitorError } from '../../../kernel-lib/src/errors.js';
import type { Model } from '../../../kernel-lib/src/models/model.js';
import { openModel, openTreeModel } from '../../../kernel-lib/src/models/open-model.js';
import type { ModelCell } from '../../../kernel-lib/src/models/tree-model.js';
import { root, temporaryFolder } from '../../support/driftline.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let modules = 0;

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** A module of its own name: Node loads each once. */
const opened = (text: string): Promise<Model> => openModel(write(`model-${modules++}.mjs`, text));
const ask = async (text: string): Promise<unknown> => (await opened(text)).predict(['x'], [[1], [2]]);
const CENSUS = path.join(root, 'kernel-lib/demo/census-model.json');

async function refused(promise: Promise<unknown>): Promise<MonitorError> {
  return promise.then(
    () => expect.unreachable(),
    (error: MonitorError) => error,
  );
}

describe('a JavaScript module', () => {
  it('is asked with rows as objects, missing cells null', async () => {
    const model = await opened('export default (rows) => rows.map(({ x, sex }) => (sex === null ? 0 : x / 10));');
    const rows: ModelCell[][] = [
      [1, 'F'],
      [2, null],
    ];
    expect(await model.predict(['x', 'sex'], rows)).toEqual([0.1, 0]);
  });

  it('may answer later, with lists, and with an array of numbers', async () => {
    expect(await ask('export default async (rows) => rows.map(() => [0.1, 0.9]);')).toEqual([
      [0.1, 0.9],
      [0.1, 0.9],
    ]);
    expect(await ask('export default (rows) => Float32Array.from(rows, () => 0.5);')).toEqual([0.5, 0.5]);
  });

  it('is asked for columns of any name', async () => {
    const model = await opened('export default (rows) => rows.map((row) => Object.keys(row).length);');
    expect(await model.predict(['__proto__', 'constructor'], [[1, 2]])).toEqual([2]);
  });

  it.each([
    ['[0.5]', 'The module answered a list of 1 for 2 rows.'],
    ['undefined', 'The module answered a value of type undefined for 2 rows.'],
    ['({ length: 2 })', 'The module answered a value of type object for 2 rows.'],
    ['[0.5, NaN]', 'The module answered NaN for the row at index 1.'],
    ['[0.5, "1"]', 'The module answered 1 for the row at index 1.'],
    ['[[0.5, Infinity], 1]', 'The module answered 0.5,Infinity for the row at index 0.'],
    ['[[0.5, null], 1]', 'The module answered 0.5, for the row at index 0.'],
    ['[0.5, 1n]', 'The module answered 1 for the row at index 1.'],
    ['new BigInt64Array(2)', 'The module answered 0 for the row at index 0.'],
  ])('is refused where it answers %s', async (answer, what) => {
    const error = await refused(ask(`export default () => ${answer};`));
    expect([error.code, error.what]).toEqual(['MODEL', what]);
    expect(error.fix).toBe('return a list with a number, or a list of numbers, for each row');
    expect(error.where).toMatch(/model-\d+\.mjs$/);
  });

  it('is named where it fails', async () => {
    const error = await refused(ask('export default () => { throw new Error("no weights"); };'));
    expect(error.message).toMatch(/^The module failed: no weights\n {2}at: .*\.mjs\n {2}fix: /);
    expect((await refused(ask('export default () => Promise.reject("no weights");'))).what).toBe(
      'The module failed: no weights',
    );
  });

  it('is refused where it cannot be loaded, or exports no function', async () => {
    expect((await refused(opened('export default'))).what).toMatch(/^The module could not be loaded: /);
    expect((await refused(openModel(path.join(folder, 'absent.js')))).what).toMatch(
      /^The module could not be loaded: /,
    );
    expect((await refused(opened('export const predict = () => [];'))).message).toMatch(
      /^The module has no default export that is a function\.\n {2}at: .*\n {2}fix: write: export default /,
    );
  });
});

describe('a model in a file', () => {
  it('picks its features by name, whatever their order, and takes missing ones', async () => {
    const census = JSON.parse(readFileSync(path.join(root, 'test/golden/models/census-predictions.json'), 'utf8')) as {
      readonly features: readonly string[];
      readonly rows: readonly ModelCell[][];
      readonly probabilities: readonly number[];
    };
    const model = await openModel(CENSUS);
    const names = ['income', ...census.features].reverse();
    const rows = census.rows.map((row) => ['?', ...row].reverse());
    const answers = await model.predict(names, rows);
    const differences = answers.map((answer, row) => Math.abs(Number(answer) - census.probabilities[row]!));
    // XGBoost answers in single precision.
    expect(Math.max(...differences)).toBeLessThan(1e-6);
  });

  it('that has no names takes columns by their place, all of them', async () => {
    const { cases } = JSON.parse(readFileSync(path.join(root, 'test/golden/models/small-models.json'), 'utf8')) as {
      readonly cases: { name: string; model: object; rows: ModelCell[][]; predictions: number[] }[];
    };
    const { model, rows, predictions } = cases.find(({ name }) => name === 'numeric regression')!;
    const opened = await openModel(write('unnamed.json', JSON.stringify(model)));
    expect(opened.takesEveryColumn).toBe(true);
    for (const names of [
      ['a', 'b', 'c'],
      ['f0', 'f1', 'f2'],
    ]) {
      const answers = await opened.predict(names, rows);
      const differences = answers.map((answer, row) => Math.abs(Number(answer) - predictions[row]!));
      // XGBoost answers in single precision.
      expect(Math.max(...differences)).toBeLessThan(1e-5);
    }
    expect((await refused(opened.predict(['a', 'b'], [[1, 2]]))).what).toBe(
      'The model has no names, the number of columns is 2, and the model takes 3.',
    );
  });

  it.each([
    ['lightgbm-models.json', 'multiclass', 'model.txt', 1e-12],
    // XGBoost answers in single precision.
    ['xgboost-ubj-3.2.0.json', 'several classes', 'model.ubj', 1e-6],
    ['xgboost-ubj-3.2.0.json', 'gblinear', 'linear.bin', 1e-6],
  ])('is told by what it holds, not by its name: %s, %s', async (golden, name, file, tolerance) => {
    const { cases } = JSON.parse(readFileSync(path.join(root, 'test/golden/models', golden), 'utf8')) as {
      readonly cases: { name: string; model?: string; ubj?: string; rows: ModelCell[][]; predictions: number[][] }[];
    };
    const { model, ubj, rows, predictions } = cases.find((one) => one.name === name)!;
    writeFileSync(path.join(folder, file), model ?? Buffer.from(ubj!, 'base64'));
    const opened = await openModel(path.join(folder, file));
    const answers = await opened.predict(['a', 'b', 'c'], rows);
    const classes = predictions[0]!.length;
    expect(opened.outputs).toEqual(classes === 1 ? undefined : ['0', '1', '2']);
    expect(answers.map((answer) => [answer].flat().length)).toEqual(rows.map(() => classes));
    const differences = answers.flatMap((answer, row) =>
      [answer].flat().map((value, output) => Math.abs(value - predictions[row]![output]!)),
    );
    expect(Math.max(...differences)).toBeLessThan(tolerance);
  });

  it('names its classes as the configuration does', async () => {
    const { outputs } = await openModel(path.join(folder, 'model.txt'), {
      config: { predictor: { label_headers: ['low', 'middle', 'high'] } },
    });
    expect(outputs).toEqual(['low', 'middle', 'high']);
  });

  it('says which of its features the data lack', async () => {
    const names = (await openTreeModel(CENSUS)).features.map(({ name }) => name);
    const model = await openModel(CENSUS);
    expect((await refused(model.predict(names.slice(2), [names.slice(2).map(() => 1)]))).message).toBe(
      [
        `The model asks for ${names[0]}, ${names[1]}, which the data lack.`,
        `  at: ${CENSUS}`,
        `  fix: use data with these columns; there are: ${names.slice(2).join(', ')}`,
      ].join('\n'),
    );
  });

  it('is refused where the file holds none, is not there, or is of another kind', async () => {
    expect(await refused(openModel(write('other.json', '{"version": [1]}')))).toMatchObject({ code: 'MODEL' });
    expect(await refused(openModel(path.join(folder, 'absent.json')))).toMatchObject({ code: 'FILE_NOT_FOUND' });
    const pickle = path.join(folder, 'model.pkl');
    writeFileSync(pickle, Uint8Array.of(0x80, 5));
    for (const open of [openModel, openTreeModel]) {
      const error = await refused(open(pickle));
      expect([error.code, error.where]).toEqual(['MODEL', pickle]);
      expect(error.fix).toContain('XGBoost');
    }
  });
});
