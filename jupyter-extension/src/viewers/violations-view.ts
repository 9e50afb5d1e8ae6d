import { formatNumber } from '../format/number-format.js';
import { dataTable, type TableColumn } from '../widgets/data-table.js';
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
  const measured = violations.some((violation) => readMeasured(violation) !== undefined);
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
        columns: [
          ...keys.filter((key) => key !== 'description').map((key, index) => keyColumn(key, index === 0, trans)),
          ...(measured ? measuredColumns(trans) : []),
          ...keys.filter((key) => key === 'description').map((key) => keyColumn(key, keys.length === 1, trans)),
        ],
      }),
  );
}

function keyColumn(key: string, rowHeader: boolean, trans: PanelContext['trans']): TableColumn<Entry> {
  return {
    title: titles(trans)[key] ?? sentence(key),
    rowHeader,
    cell: (violation) => asText(violation[key]),
    sortBy: (violation) => (violation[key] === undefined ? undefined : asText(violation[key])),
  };
}

interface Measured {
  readonly value: number;
  readonly standardDeviation?: number;
  readonly threshold: number;
}

/** The numbers of a model-quality violation, which the service has in its sentence only. */
function readMeasured({ description }: Entry): Measured | undefined {
  if (typeof description !== 'string') return undefined;
  const found = /^Metric \S+ with (\S+)(?: \+\/- (\S+))? was (?:Less|Greater)ThanThreshold '?([^'\s]+)'?/.exec(
    description,
  );
  if (found === null) return undefined;
  const [value, deviation, threshold] = [found[1], found[2] ?? 'NaN', found[3]].map(Number) as [number, number, number];
  if (!Number.isFinite(value) || !Number.isFinite(threshold)) return undefined;
  return { value, threshold, ...(Number.isFinite(deviation) && { standardDeviation: deviation }) };
}

function measuredColumns(trans: PanelContext['trans']): TableColumn<Entry>[] {
  const column = (title: string, key: keyof Measured): TableColumn<Entry> => ({
    title,
    kind: 'number',
    cell: (violation) => formatNumber(readMeasured(violation)?.[key]),
    sortBy: (violation) => readMeasured(violation)?.[key],
  });
  return [
    column(trans.__('Measured'), 'value'),
    column(trans.__('Std. deviation'), 'standardDeviation'),
    column(trans.__('Threshold'), 'threshold'),
  ];
}

function titles(trans: PanelContext['trans']): Readonly<Record<string, string>> {
  return {
    feature_name: trans.__('Feature'),
    metric_name: trans.__('Metric'),
    constraint_check_type: trans.__('Check'),
    description: trans.__('Description'),
  };
}
