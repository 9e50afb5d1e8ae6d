import { dataTable } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { statusMark } from '../widgets/status-mark.js';
import { asText, recordsAt, versionText } from './file-content.js';
import { sentence } from './metrics-view.js';
import { viewerHead } from './viewer-head.js';

type Entry = Readonly<Record<string, unknown>>;

/** The keys in the order of reading; keys not known here follow in the file's own order. */
const order = ['feature_name', 'metric_name', 'label', 'facet', 'facet_value', 'constraint_check_type'];

/** A `constraint_violations.json` of any of the four monitors: a row a violation, a column for each key that occurs. */
export function violationsView(value: unknown, { trans }: PanelContext): HTMLElement {
  const violations = recordsAt(value, 'violations');
  const present = [...new Set(violations.flatMap((violation) => Object.keys(violation)))];
  const keys = [
    ...order.filter((key) => present.includes(key)),
    ...present.filter((key) => !order.includes(key) && key !== 'description'),
    ...(present.includes('description') ? ['description'] : []),
  ];
  const count = violations.length;
  return element(
    'article',
    { class: 'driftline-report' },
    viewerHead(
      trans.__('Constraint violations'),
      [[trans.__('Format version'), versionText(value)]],
      count === 0
        ? statusMark('ok', trans.__('No violations'))
        : statusMark('violated', trans._n('1 violation', '%1 violations', count)),
    ),
    count > 0 &&
      dataTable<Entry>({
        caption: trans.__('Violations'),
        trans,
        stack: true,
        rows: violations,
        columns: keys.map((key, index) => ({
          title: titles(trans)[key] ?? sentence(key),
          rowHeader: index === 0,
          cell: (violation) => asText(violation[key]),
          sortBy: (violation) => (violation[key] === undefined ? undefined : asText(violation[key])),
        })),
      }),
  );
}

function titles(trans: PanelContext['trans']): Readonly<Record<string, string>> {
  return {
    feature_name: trans.__('Feature'),
    metric_name: trans.__('Metric'),
    constraint_check_type: trans.__('Check'),
    description: trans.__('Description'),
  };
}
