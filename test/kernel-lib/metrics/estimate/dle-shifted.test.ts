import { describe, expect, it } from 'vitest';
import { type DleReference, estimateDle, fitDle } from '../../../../kernel-lib/src/metrics/estimate/dle.js';
import { regressionQuality } from '../../../../kernel-lib/src/metrics/model/regression.js';
import { expectClose, readGolden } from '../../stats/golden.js';

type Errors = Readonly<Record<'mae' | 'mse' | 'rmse', number>>;

const golden = readGolden<{ reference: Errors; chunks: { values: Errors; realised: Errors }[] }>(
  'model/dle-shifted.json',
);
const CHUNK = 1000;
const SHIFTED = 3;

/** As in the generator. */
function rowsOf(start: number, count: number, power: number): DleReference {
  const part = (step: number): Float64Array =>
    Float64Array.from({ length: count }, (_, row) => ((start + row + 1) * step) % 1);
  const x = part(0.6180339887498949).map((value) => value ** power);
  const z = part(0.41421356237309515);
  const u = part(0.7320508075688772);
  const predictions = x.map((value, row) => 3 * value - 2 * z[row]!);
  const labels = predictions.map(
    (prediction, row) => prediction + (0.5 + 2 * x[row]! * x[row]!) * Math.log(u[row]! / (1 - u[row]!)),
  );
  return { predictions, labels, features: [x, z] };
}

function realised({ labels, predictions }: DleReference): Errors {
  const { values } = regressionQuality({ labels, predictions }, { intervals: false, deviations: false });
  return { mae: values['mae']!.value, mse: values['mse']!.value, rmse: values['rmse']!.value };
}

describe('estimateDle() of inputs with other errors than the baseline had', () => {
  const reference = rowsOf(0, 4000, 1);
  const state = fitDle(reference);
  const chunks = golden.chunks.map((_, chunk) => rowsOf(4000 + chunk * CHUNK, CHUNK, chunk === SHIFTED ? 0.03 : 1));

  // Two mathematics libraries: powers and logarithms may differ in the last digit.
  it('has the rows that NannyML had', () => {
    for (const [rows, expected] of [
      [reference, golden.reference] as const,
      ...chunks.map((rows, chunk) => [rows, golden.chunks[chunk]!.realised] as const),
    ]) {
      const found = realised(rows);
      for (const name of ['mae', 'mse', 'rmse'] as const) expectClose(found[name], expected[name], 1e-9, name);
    }
    const { mae } = golden.reference;
    expect(golden.chunks[SHIFTED]!.realised.mae / mae).toBeGreaterThan(1.95);
  });

  // The largest differences found: 0.7 % of NannyML's mae, 1.3 % of its rmse, 2.4 % of its mse; 2.2 %, 4.5 % and 9.1 % of
  // the real ones, in the chunk that moved (NannyML: 2.5 %, 5.8 % and 11.9 %).
  it.each([
    ['mae', 0.015, 0.03],
    ['rmse', 0.02, 0.06],
    ['mse', 0.04, 0.12],
  ] as const)(
    'has an %s near to that of NannyML and to the real one, also where errors double',
    (name, near, share) => {
      chunks.forEach((rows, chunk) => {
        const { values, realised: real } = golden.chunks[chunk]!;
        const { value } = estimateDle(state, rows)[name]!;
        expect(Math.abs(value / values[name] - 1), `${chunk} NannyML`).toBeLessThan(near);
        expect(Math.abs(value / real[name] - 1), `${chunk} real`).toBeLessThan(share);
      });
    },
  );
});
