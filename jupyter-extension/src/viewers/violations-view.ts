import { formatBias } from '../format/bias-format.js';
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
const order = ['feature_name', 'label', 'facet', 'facet_value', 'metric_name', 'constraint_check_type'];

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
          ...(measured ? measuredColumns(violations, trans) : []),
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
  /** May be infinite in a bias metric. */
  readonly value: number;
  readonly standardDeviation?: number;
  readonly threshold: number;
}

/** The numbers of a violation that the service has in its sentence only: of model quality, bias, and attributions. */
function readMeasured(violation: Entry): Measured | undefined {
  const { description } = violation;
  if (typeof description !== 'string') return undefined;
  return readQuality(description) ?? readBias(description) ?? readAttribution(description);
}

function readQuality(description: string): Measured | undefined {
  const found = /^Metric \S+ with (\S+)(?: \+\/- (\S+))? was (?:Less|Greater)ThanThreshold '?([^'\s]+)'?/.exec(
    description,
  );
  if (found === null) return undefined;
  const [value, deviation, threshold] = [found[1], found[2] ?? 'NaN', found[3]].map(Number) as [number, number, number];
  if (!Number.isFinite(value) || !Number.isFinite(threshold)) return undefined;
  return { value, threshold, ...(Number.isFinite(deviation) && { standardDeviation: deviation }) };
}

function readBias(description: string): Measured | undefined {
  return numbers(/^Metric value (\S+) doesn't meet the baseline constraint requirement (\S+)$/.exec(description));
}

function readAttribution(description: string): Measured | undefined {
  return numbers(/^Feature attribution drift (\S+) exceeds threshold (\S+)$/.exec(description));
}

function numbers(found: RegExpExecArray | null): Measured | undefined {
  const [value, threshold] = [Number(found?.[1]), Number(found?.[2])];
  return Number.isNaN(value) || Number.isNaN(threshold) ? undefined : { value, threshold };
}

function measuredColumns(violations: readonly Entry[], trans: PanelContext['trans']): TableColumn<Entry>[] {
  const column = (title: string, key: keyof Measured): TableColumn<Entry> => ({
    title,
    kind: 'number',
    cell: (violation) => measuredText(readMeasured(violation)?.[key]),
    sortBy: (violation) => readMeasured(violation)?.[key],
  });
  const deviating = violations.some((violation) => readMeasured(violation)?.standardDeviation !== undefined);
  const ofBias = violations.some(({ facet }) => facet !== undefined);
  return [
    column(trans.__('Measured'), 'value'),
    ...(deviating ? [column(trans.__('Std. deviation'), 'standardDeviation')] : []),
    column(ofBias ? trans.__('Baseline') : trans.__('Threshold'), 'threshold'),
  ];
}

function measuredText(value: number | undefined): string {
  return value === undefined || Number.isFinite(value) ? formatNumber(value) : formatBias(value, 'value');
}

function titles(trans: PanelContext['trans']): Readonly<Record<string, string>> {
  return {
    feature_name: trans.__('Feature'),
    metric_name: trans.__('Metric'),
    facet: trans.__('Facet'),
    facet_value: trans.__('Facet value'),
    label: trans.__('Label'),
    constraint_check_type: trans.__('Check'),
    description: trans.__('Description'),
  };
}
