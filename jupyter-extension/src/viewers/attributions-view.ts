import { formatNumber } from '../format/number-format.js';
import { isRecord } from '../report/read-report.js';
import { dataTable } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import { fact } from '../widgets/fact.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { section } from '../widgets/section.js';
import { asText, at } from './file-content.js';

type Attribution = readonly [feature: string, value: unknown];

/** The `kernel_shap` part of an `analysis.json`: for each output of the model its features, the weightiest first. */
export function attributionsView(shap: unknown, context: PanelContext): HTMLElement[] {
  if (!isRecord(shap)) return [];
  const { trans } = context;
  return Object.entries(shap).map(([label, output]) => {
    const expected = at(output, 'expected_value');
    const attributions = Object.entries(recordOf(at(output, 'global_shap_values'))).sort(byWeight);
    return section(
      trans.__('Attributions of %1', label),
      expected !== undefined &&
        element(
          'dl',
          { class: 'driftline-facts' },
          fact(
            trans.__('Expected value'),
            numberText(expected),
            trans.__('the output for the baseline of the analysis'),
          ),
        ),
      attributionsTable(trans.__('Attributions of %1', label), attributions, context),
    );
  });
}

function attributionsTable(caption: string, rows: readonly Attribution[], { trans }: PanelContext): HTMLElement {
  return dataTable<Attribution>({
    caption,
    trans,
    compact: true,
    rows,
    empty: trans.__('The file lists no features.'),
    columns: [
      { title: trans.__('Feature'), rowHeader: true, cell: ([feature]) => feature, sortBy: ([feature]) => feature },
      {
        title: trans.__('Global SHAP value'),
        kind: 'number',
        cell: ([, value]) => numberText(value),
        sortBy: ([, value]) => (typeof value === 'number' ? value : undefined),
      },
    ],
  });
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function byWeight([, a]: Attribution, [, b]: Attribution): number {
  const weight = (value: unknown): number => (typeof value === 'number' ? Math.abs(value) : -1);
  return weight(b) - weight(a);
}

function numberText(value: unknown): string {
  return typeof value === 'number' ? formatNumber(value) : asText(value);
}
