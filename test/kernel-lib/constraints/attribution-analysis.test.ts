import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseAnalysis } from '../../../kernel-lib/src/constraints/analysis.js';
import { explanationsOf, explanationsText } from '../../../kernel-lib/src/constraints/attribution-analysis.js';

const of = (text: string) => explanationsOf(parseAnalysis(text, 'analysis.json'), 'analysis.json');
const written = (shap: unknown) => JSON.stringify({ version: '1.0', explanations: { kernel_shap: shap } });

describe('explanationsOf()', () => {
  const path = '../../conformance/data/clarify-fraud/explainability.analysis.json';
  const text = readFileSync(new URL(path, import.meta.url), 'utf8');

  test('reads what the service has written, in its order', () => {
    const [output, ...others] = of(text);
    expect(others).toEqual([]);
    expect(output).toMatchObject({ label: 'label0' });
    expect(output!.features.slice(0, 2)).toEqual(['vehicle_claim', 'total_claim_amount']);
    expect(output!.values[0]).toBe(0.002683572276857348);
    expect(output!.values.length).toBe(output!.features.length);
    expect(Number.isFinite(output!.expectedValue)).toBe(true);
  });

  test('explanationsText() writes it back as the same JSON', () => {
    expect(JSON.parse(explanationsText(of(text)))).toEqual(JSON.parse(text));
  });

  test('has a list of features for each output, under whatever name', () => {
    const outputs = of(
      written({
        '0.81234': { global_shap_values: { a: 1, b: -2 }, expected_value: 0.5 },
        setosa: { global_shap_values: { b: 3 }, expected_value: 0.1 },
      }),
    );
    expect(outputs).toEqual([
      { label: '0.81234', features: ['a', 'b'], values: Float64Array.of(1, -2), expectedValue: 0.5 },
      { label: 'setosa', features: ['b'], values: Float64Array.of(3), expectedValue: 0.1 },
    ]);
  });

  test.each(['{}', '{"explanations": {}}', written({}), '{"explanations": {"pdp": []}}'])(
    'has no outputs in a file without any: %s',
    (none) => {
      expect(of(none)).toEqual([]);
    },
  );

  test('takes a missing expected value for 0', () => {
    expect(of(written({ label0: { global_shap_values: { a: 1 } } }))[0]!.expectedValue).toBe(0);
  });

  test('says which attribution is no number, and where', () => {
    const bad =
      '{"explanations": {"kernel_shap": {"label0": {"global_shap_values": {"a": NaN}, "expected_value": 0}}}}';
    expect(() => of(bad)).toThrow('explanations.kernel_shap "label0" "a" of the analysis file is no finite number.');
    expect(() => of(bad)).toThrow('at: analysis.json');
    const infinite = written({ label0: { global_shap_values: { a: 1 }, expected_value: 'Infinity' } });
    expect(() => of(infinite)).toThrow('"label0".expected_value');
  });

  test('names what does not have the layout of an analysis file', () => {
    expect(() => of(written({ label0: { expected_value: 0 } }))).toThrow(
      'explanations.kernel_shap.label0.global_shap_values',
    );
    expect(() => of('{"explanations": []}')).toThrow('explanations');
  });
});

describe('explanationsText()', () => {
  test("has the service's keys in its order, a final newline, and no negative zero", () => {
    const text = explanationsText([
      { label: 'label0', features: ['age', 'sex'], values: Float64Array.of(0.5, -0), expectedValue: -1.25 },
    ]);
    expect(text).toBe(`{
  "version": "1.0",
  "explanations": {
    "kernel_shap": {
      "label0": {
        "global_shap_values": {
          "age": 0.5,
          "sex": 0
        },
        "expected_value": -1.25
      }
    }
  }
}
`);
  });

  test('keeps features of any name', () => {
    const features = ['__proto__', 'constructor', '"</script>\u2028', ''];
    const outputs = [{ label: '__proto__', features, values: Float64Array.of(1, 2, 3, 4), expectedValue: 0 }];
    expect(of(explanationsText(outputs))).toEqual(outputs);
  });
});
