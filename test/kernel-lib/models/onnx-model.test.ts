import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { MonitorError } from '../../../kernel-lib/src/errors.js';
import type { ModelAnswer, ModelConfig } from '../../../kernel-lib/src/models/model.js';
import { onnxModel } from '../../../kernel-lib/src/models/onnx-model.js';
import type { ModelCell } from '../../../kernel-lib/src/models/tree-model.js';
import { root, temporaryFolder } from '../../support/driftline.js';
import { installStandIn, type StandInModel, standInModel } from '../../support/stand-in-onnxruntime.js';

const folder = temporaryFolder();
installStandIn(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const golden = (name: string): string => path.join(root, 'test/golden/onnx', name);
let files = 0;

function written(bytes: Uint8Array): string {
  const file = path.join(folder, `model-${files++}.onnx`);
  writeFileSync(file, bytes);
  return file;
}

async function refused(promise: Promise<unknown>): Promise<MonitorError> {
  return promise.then(
    () => expect.unreachable(),
    (error: MonitorError) => error,
  );
}

const tensor = (name: string, type: string, shape: readonly (number | string)[]): object => ({
  name,
  isTensor: true,
  type,
  shape,
});
const score = tensor('score', 'float32', ['N', 1]);

async function ask(
  model: Partial<StandInModel>,
  names: readonly string[],
  rows: readonly (readonly ModelCell[])[],
  config?: ModelConfig,
): Promise<readonly ModelAnswer[]> {
  const file = written(standInModel({ inputs: [tensor('X', 'float32', ['N', 2])], outputs: [score], ...model }));
  return (await onnxModel(file, config, folder)).predict(names, rows);
}

interface StandIn {
  readonly fed: { readonly feeds: Record<string, object>; readonly fetches: readonly string[] }[];
  readonly released: object[];
}
const standIn = createRequire(path.join(folder, 'x.js'))('onnxruntime-node') as StandIn;

describe('without onnxruntime-node', () => {
  it('an ONNX model is refused with how to install it', async () => {
    const empty = temporaryFolder();
    const error = await refused(onnxModel(golden('binary.onnx'), undefined, empty));
    expect(error.message).toBe(
      [
        'An ONNX model is asked by onnxruntime-node, which is not installed.',
        `  at: ${golden('binary.onnx')}`,
        '  fix: npm install onnxruntime-node',
      ].join('\n'),
    );
    rmSync(empty, { recursive: true });
  });

  it('or with one that does not load, the reason is told', async () => {
    const broken = temporaryFolder();
    installStandIn(broken);
    writeFileSync(
      path.join(broken, 'node_modules/onnxruntime-node/index.js'),
      'throw new Error("no such platform\\nat x")',
    );
    const error = await refused(onnxModel(golden('binary.onnx'), undefined, broken));
    expect(error.what).toBe('onnxruntime-node cannot be loaded: no such platform');
    rmSync(broken, { recursive: true });
  });

  it('or with one that is too old, a newer one is asked for', async () => {
    const file = written(standInModel({ outputs: [score] } as unknown as StandInModel));
    expect(await refused(onnxModel(file, undefined, folder))).toMatchObject({
      what: 'This onnxruntime-node does not tell what a model takes.',
      fix: 'npm install onnxruntime-node@latest (1.22 or newer)',
    });
  });

  it('a file that is not there is named', async () => {
    expect(await refused(onnxModel(path.join(folder, 'absent.onnx'), undefined, folder))).toMatchObject({
      code: 'FILE_NOT_FOUND',
    });
  });
});

describe('what is fed (to a stand-in)', () => {
  it('is one tensor of all columns in their order, missing cells NaN, texts of numbers as numbers', async () => {
    const answers = { score: { data: [0.25, 0.5], dims: [2, 1] } };
    expect(
      await ask(
        { answers },
        ['a', 'b'],
        [
          [1, '2.5'],
          [null, ' nan '],
        ],
      ),
    ).toEqual([0.25, 0.5]);
    expect(standIn.fed.at(-1)).toEqual({
      feeds: { X: { type: 'float32', data: Float32Array.of(1, 2.5, Number.NaN, Number.NaN), dims: [2, 2] } },
      fetches: ['score'],
    });
  });

  it('is a tensor a column, by name, each of its own type', async () => {
    const inputs = [
      tensor('age', 'int64', ['N', 1]),
      tensor('city', 'string', ['N', 1]),
      tensor('income', 'float64', ['N']),
      tensor('children', 'int32', [-1, 1]),
    ];
    const answers = { score: { data: [1], dims: [1, 1] } };
    await ask({ inputs, answers }, ['income', 'city', 'age', 'children', 'more'], [['1.5', 7, '30', 2, 'x']]);
    expect(standIn.fed.at(-1)?.feeds).toEqual({
      age: { type: 'int64', data: BigInt64Array.of(30n), dims: [1, 1] },
      city: { type: 'string', data: ['7'], dims: [1, 1] },
      income: { type: 'float64', data: Float64Array.of(1.5), dims: [1] },
      children: { type: 'int32', data: Int32Array.of(2), dims: [1, 1] },
    });
  });

  it('comes in runs of 10,000 rows', async () => {
    const before = standIn.fed.length;
    const inputs = [tensor('X', 'float64', ['N', 1])];
    const rows = Array.from({ length: 20_001 }, (_, index) => [index]);
    expect(await ask({ inputs }, ['a'], rows)).toEqual(rows.flat());
    expect(standIn.fed.length - before).toBe(3);
  });

  it.each<readonly [Partial<StandInModel>, readonly string[], ModelCell[], string, string]>([
    [{}, ['a', 'b'], [1, 'red'], 'MODEL', 'The model takes a number for "b", not "red".'],
    [{}, ['a'], [1], 'COLUMN_COUNT', 'The model takes 2 columns, and there are 1.'],
    [
      { inputs: [tensor('a', 'int64', ['N', 1])] },
      ['a'],
      [null],
      'MODEL',
      'The model takes a whole number for "a", and it is missing.',
    ],
    [
      { inputs: [tensor('a', 'int64', ['N', 1])] },
      ['a'],
      [1.5],
      'MODEL',
      'The model takes a whole number for "a", not 1.5.',
    ],
    [
      { inputs: [tensor('a', 'float32', ['N', 1]), tensor('z', 'float32', ['N', 1])] },
      ['a', 'b'],
      [1, 2],
      'COLUMN_NOT_FOUND',
      'The model asks for z, which the data lack.',
    ],
    [
      { inputs: [tensor('a', 'float32', ['N', 1]), tensor('z', 'float32', ['N', 3])] },
      ['a', 'z'],
      [1, 2],
      'MODEL',
      'The model’s input "z" does not say that it takes one column.',
    ],
    [
      { inputs: [tensor('image', 'float32', ['N', 3, 8, 8])] },
      ['a'],
      [1],
      'MODEL',
      'The model’s input "image" is a tensor of float32 with 4 dimensions, which rows of a table cannot fill.',
    ],
  ])('is refused where data and model disagree: %j %j', async (model, names, row, code, what) => {
    const error = await refused(ask(model, names, [row]));
    expect([error.code, error.what]).toEqual([code, what]);
    expect(error.where).toContain('.onnx');
    expect(error.fix).toBeTruthy();
  });

  it('is told by row and column', async () => {
    const rows = Array.from({ length: 10_003 }, () => [0, 0] as ModelCell[]);
    rows[10_001] = [1, 'red'];
    expect((await refused(ask({}, ['a', 'b'], rows))).where).toMatch(/\.onnx, row 10002, column "b"$/);
  });
});

describe('what is answered (by a stand-in)', () => {
  const label = tensor('label', 'int64', ['N']);
  const probabilities = tensor('probabilities', 'float32', ['N', 2]);
  const answers = { probabilities: { data: [0.1, 0.9, 0.6, 0.4], dims: [2, 2] } };
  const rows = [
    [1, 2],
    [3, 4],
  ];

  it('is the output of fractions, labels beside it left out', async () => {
    expect(await ask({ outputs: [label, probabilities], answers }, ['a', 'b'], rows)).toEqual([
      [0.1, 0.9],
      [0.6, 0.4],
    ]);
  });

  it('is one column of it, or another output, where the configuration says so', async () => {
    const predictor = { probability: 1 };
    expect(await ask({ outputs: [label, probabilities], answers }, ['a', 'b'], rows, { predictor })).toEqual([
      0.9, 0.4,
    ]);
    const two = { outputs: [probabilities, score], answers: { score: { data: [1, 2], dims: [2, 1] } } };
    expect(await ask(two, ['a', 'b'], rows, { predictor: { probability: 'score' } })).toEqual([1, 2]);
    expect((await refused(ask(two, ['a', 'b'], rows))).what).toBe(
      'Which output of the model counts is not clear: probabilities (float32), score (float32).',
    );
    const beyond = ask({ outputs: [probabilities], answers }, ['a', 'b'], rows, { predictor: { probability: 2 } });
    expect((await refused(beyond)).what).toBe('The model’s output "probabilities" has 2 columns, none with index 2.');
  });

  it.each<readonly [Partial<StandInModel>, string]>([
    [{ outputs: [label] }, 'Which output of the model counts is not clear: label (int64).'],
    [{ answers: { score: { data: [0.5, null], dims: [2, 1] } } }, 'The model answered NaN for row 2.'],
    [
      { answers: { score: { data: [0.5], dims: [1, 1] } } },
      'The model’s output "score" has the shape [1, 1] for 2 rows.',
    ],
    [{ fails: 'Got invalid dimensions' }, 'The model failed: Got invalid dimensions'],
  ])('is refused where it is no number a row: %j', async (model, what) => {
    const error = await refused(ask(model, ['a', 'b'], rows));
    expect([error.code, error.what]).toEqual(['MODEL', what]);
    expect(error.fix).toBeTruthy();
  });

  it('a model lets go of its memory, also where it is refused', async () => {
    const before = standIn.released.length;
    const file = written(standInModel({ inputs: [tensor('X', 'float32', ['N', 2])], outputs: [score] }));
    await (await onnxModel(file, undefined, folder)).close?.();
    await refused(ask({ outputs: [label] }, ['a', 'b'], rows));
    expect(standIn.released.length - before).toBe(2);
  });

  it('a file that is no model is refused', async () => {
    expect((await refused(onnxModel(written(Uint8Array.of(1, 2)), undefined, folder))).what).toBe(
      'onnxruntime does not understand the model: protobuf parsing failed.',
    );
  });
});

const runtime = process.env['DRIFTLINE_TEST_ONNXRUNTIME'];

describe.skipIf(runtime === undefined)(
  'models of scikit-learn in onnxruntime-node (DRIFTLINE_TEST_ONNXRUNTIME)',
  () => {
    const expected = JSON.parse(readFileSync(golden('answers.json'), 'utf8')) as Readonly<
      Record<string, ModelCell[][]>
    >;
    const open = (name: string, config?: ModelConfig): ReturnType<typeof onnxModel> =>
      onnxModel(golden(`${name}.onnx`), config, runtime);

    function worst(answers: readonly ModelAnswer[], name: string): number {
      const [ours, theirs] = [answers, expected[name]!].map((list) => list.flat().map(Number)) as [number[], number[]];
      expect(ours).toHaveLength(theirs.length);
      return Math.max(...ours.map((value, index) => Math.abs(value - theirs[index]!)));
    }

    // onnxruntime computes in single precision.
    it.each(['binary', 'multiclass', 'regression', 'tree'])('%s answers as scikit-learn', async (name) => {
      const model = await open(name);
      expect(worst(await model.predict(['a', 'b', 'c'], expected['rows']!), name)).toBeLessThan(1e-5);
      await model.close?.();
    });

    it('columns of numbers and texts are fed by name, in any order', async () => {
      const model = await open('columns');
      const rows = expected['table']!.map((row) => ['more', ...row].reverse());
      expect(worst(await model.predict(['city', 'income', 'age', 'more'], rows), 'columns')).toBeLessThan(1e-5);
    });

    it('maps of probabilities are refused', async () => {
      expect(await refused(open('zipmap'))).toMatchObject({
        code: 'MODEL',
        what: 'The model’s output "output_probability" is a sequence of maps (ZipMap), not a tensor.',
        fix: "export it without: to_onnx(model, ..., options={'zipmap': False})",
      });
    });

    it('a file that is no model is refused', async () => {
      const error = await refused(onnxModel(written(Uint8Array.of(1, 2, 3)), undefined, runtime));
      expect(error.what).toMatch(/^onnxruntime does not understand the model: .*protobuf parsing failed/);
    });
  },
);
