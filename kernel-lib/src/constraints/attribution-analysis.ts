import { MonitorError } from '../errors.js';
import { stringifyServiceJson } from '../json/write-json.js';
import type { GlobalAttributions } from '../metrics/attribution/aggregate.js';
import type { Analysis } from './analysis.schema.js';

/**
 * The aggregated attributions of an `analysis.json`, by output, in its order; empty where it has none.
 *
 * @throws MonitorError `FORMAT` where a feature's attribution, or an expected value, is no finite number.
 */
export function explanationsOf({ explanations }: Analysis, where: string): GlobalAttributions[] {
  return Object.entries(explanations?.kernel_shap ?? {}).map(([label, output]) => {
    const { global_shap_values: values, expected_value: expected } = output;
    const at = `explanations.kernel_shap ${JSON.stringify(label)}`;
    const features = Object.keys(values);
    return {
      label,
      features,
      values: Float64Array.from(features, (feature) =>
        finite(values[feature], `${at} ${JSON.stringify(feature)}`, where),
      ),
      expectedValue: finite(expected ?? 0, `${at}.expected_value`, where),
    };
  });
}

function finite(value: unknown, what: string, where: string): number {
  const number = typeof value === 'number' ? value : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw new MonitorError('FORMAT', `${what} of the analysis file is no finite number.`, {
    where,
    fix: 'make the baseline again: its attributions could not be computed',
  });
}

/** The text of an explainability `analysis.json` in the service's layout. */
export function explanationsText(outputs: readonly GlobalAttributions[]): string {
  return stringifyServiceJson({
    version: '1.0',
    explanations: {
      kernel_shap: Object.fromEntries(
        outputs.map(({ label, features, values, expectedValue }) => [
          label,
          {
            global_shap_values: Object.fromEntries(features.map((feature, place) => [feature, values[place]! + 0])),
            expected_value: expectedValue,
          },
        ]),
      ),
    },
  } satisfies Analysis);
}
