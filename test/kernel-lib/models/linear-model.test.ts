import { describe, expect, it } from 'vitest';
import { createLinearModel, type LinearModel } from '../../../kernel-lib/src/models/linear-model.js';
import { identity, logistic, softmax } from '../../../kernel-lib/src/models/link.js';

const model = (changes: Partial<Parameters<typeof createLinearModel>[0]> = {}): LinearModel =>
  createLinearModel({
    features: [
      { name: 'a', kind: 'number' },
      { name: 'b', kind: 'number' },
    ],
    objective: 'reg:squarederror',
    weights: Float64Array.of(2, -1),
    bias: Float64Array.of(0.5),
    precision: 'double',
    scale: 'prediction',
    link: identity,
    ...changes,
  });

describe('createLinearModel()', () => {
  it('adds the bias and what each feature weighs', () => {
    expect([
      ...model().predict([
        [3, 4],
        ['1', '0'],
      ]),
    ]).toEqual([2.5, 2.5]);
    expect(model().outputs).toEqual(['label0']);
  });

  it('lets missing values add nothing', () => {
    expect([
      ...model().predict([
        [null, 4],
        [Number.NaN, ''],
        [3, null],
      ]),
    ]).toEqual([-3.5, 0.5, 6.5]);
  });

  it('has an output for each class, weights by feature and then output', () => {
    const classes = model({ weights: Float64Array.of(1, 2, 3, 10, 20, 30), bias: Float64Array.of(0, 0, 0.5) });
    expect(classes.outputs).toEqual(['0', '1', '2']);
    expect([
      ...classes.predictMargin([
        [1, 1],
        [0, 2],
      ]),
    ]).toEqual([11, 22, 33.5, 20, 40, 60.5]);
  });

  it('goes from margins to predictions by its link', () => {
    expect(model({ link: logistic() }).predict([[0, 0.5]])[0]).toBe(0.5);
    expect(model({ link: logistic(2) }).predict([[0, 0]])[0]).toBeCloseTo(1 / (1 + Math.exp(-1)), 15);
    const classes = model({ weights: new Float64Array(4), bias: Float64Array.of(0, Math.log(3)), link: softmax });
    expect([...classes.predict([[0, 0]])].map((value) => value.toFixed(12))).toEqual([
      '0.250000000000',
      '0.750000000000',
    ]);
  });

  it('keeps probabilities of large margins', () => {
    const classes = model({ weights: new Float64Array(4), bias: Float64Array.of(-1000, 1000), link: softmax });
    expect([...classes.predict([[0, 0]])]).toEqual([0, 1]);
  });

  it('answers encoded batches as rows', () => {
    const values = Float64Array.of(3, 1);
    const batch = {
      rowCount: 2,
      columns: [
        { kind: 'number', values, valid: Uint8Array.of(1, 0), integral: false },
        { kind: 'text', values: ['4', '0'] },
      ],
    } as const;
    expect(model().margins(model().encodeBatch(batch))).toEqual(
      model().predictMargin([
        [3, 4],
        [null, 0],
      ]),
    );
  });

  it('refuses a text where a number belongs, by row and column', () => {
    expect(() => model().predict([[1, 'x']])).toThrow('row 1, column "b"');
  });
});
