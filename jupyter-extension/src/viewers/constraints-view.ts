import { formatFraction, formatNumber } from '../format/number-format.js';
import { isBestConstant } from '../panels/model-quality/metric-words.js';
import { isRecord } from '../report/read-report.js';
import { dataTable } from '../widgets/data-table.js';
import { button, type Child, element } from '../widgets/element.js';
import { filteredTable } from '../widgets/filtered-table.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { asText, at, numberAt, recordsAt, versionText } from './file-content.js';
import { bestConstants, sentence } from './metrics-view.js';
import { viewerHead } from './viewer-head.js';

type Entry = Readonly<Record<string, unknown>>;

const known = new Set(['name', 'inferred_type', 'completeness', 'num_constraints', 'string_constraints']);

/**
 * A `constraints.json`: what each feature or metric must keep, and how it is monitored.
 *
 * @param limits - opens the editor of them, where they judge a monitor.
 */
export function constraintsView(
  value: unknown,
  context: PanelContext,
  limits?: Promise<(() => void) | undefined>,
): HTMLElement {
  const { trans } = context;
  const edit = element('span', {});
  void limits?.then((open) => {
    if (open !== undefined) edit.append(button({ class: 'driftline-action' }, open, trans.__('Edit limits')));
  });
  const features = recordsAt(value, 'features');
  const metrics = isRecord(value)
    ? Object.entries(value).filter(([key, group]) => key.endsWith('_constraints') && isRecord(group))
    : [];
  const configuration = at(value, 'monitoring_config');
  return element(
    'article',
    { class: 'driftline-report' },
    viewerHead(
      trans.__('Constraints'),
      [
        [trans.__('Features'), features.length > 0 ? features.length : undefined],
        [trans.__('Format version'), versionText(value)],
      ],
      edit,
    ),
    features.length > 0 && featuresTable(features, context),
    ...metrics.map(([key, group]) => metricsSection(key, group as Entry, context)),
    isRecord(configuration) && configurationTable(configuration, context),
    features.length === 0 &&
      metrics.length === 0 &&
      element('p', { class: 'driftline-muted' }, trans.__('The file lists no features.')),
  );
}

function featuresTable(features: readonly Entry[], { trans }: PanelContext): HTMLElement {
  const others = features.some((feature) => Object.keys(feature).some((key) => !known.has(key)));
  return filteredTable(
    trans,
    features,
    ({ name }) => asText(name),
    (rows) =>
      dataTable<Entry>({
        caption: trans.__('Features'),
        trans,
        rows,
        empty: trans.__('No feature has this in its name.'),
        columns: [
          {
            title: trans.__('Feature'),
            rowHeader: true,
            cell: ({ name }) => asText(name),
            sortBy: ({ name }) => asText(name),
          },
          {
            title: trans.__('Type'),
            cell: (feature) => asText(feature['inferred_type']),
            sortBy: (feature) => asText(feature['inferred_type']),
          },
          {
            title: trans.__('Completeness'),
            kind: 'number',
            cell: (feature) => {
              const completeness = numberAt(feature, 'completeness');
              return completeness === undefined
                ? asText(at(feature, 'completeness'))
                : `≥ ${formatFraction(completeness)}`;
            },
            sortBy: (feature) => numberAt(feature, 'completeness'),
          },
          { title: trans.__('Numbers'), cell: (feature) => numbersCell(feature, trans) },
          { title: trans.__('Categories'), cell: (feature) => domainsCell(feature, trans) },
          ...(others ? [{ title: trans.__('Other keys'), cell: otherCell }] : []),
        ],
      }),
  );
}

function numbersCell(feature: Entry, trans: PanelContext['trans']): Child {
  const constraints = feature['num_constraints'];
  if (!isRecord(constraints)) return '';
  return Object.entries(constraints)
    .map(([key, value]) =>
      key !== 'is_non_negative'
        ? `${key}: ${asText(value)}`
        : value === true
          ? trans.__('not negative')
          : trans.__('any sign'),
    )
    .join(', ');
}

function domainsCell(feature: Entry, trans: PanelContext['trans']): Child {
  const domains = at(feature, 'string_constraints', 'domains');
  if (!Array.isArray(domains))
    return isRecord(feature['string_constraints']) ? asText(feature['string_constraints']) : '';
  const values = domains.map(asText);
  if (values.length <= 3) return values.join(', ');
  return element(
    'details',
    {},
    element('summary', {}, trans.__('%1 allowed: %2, …', values.length, values.slice(0, 2).join(', '))),
    element('ul', { class: 'driftline-values' }, ...values.map((value) => element('li', {}, value))),
  );
}

function otherCell(feature: Entry): Child {
  const others = Object.entries(feature).filter(([key]) => !known.has(key));
  return element(
    'div',
    { class: 'driftline-what' },
    ...others.map(([key, value]) => element('span', {}, `${key}: ${flat(value)}`)),
  );
}

const constraintKeys = new Set(['threshold', 'comparison_operator']);

function metricsSection(key: string, group: Entry, { trans }: PanelContext): HTMLElement {
  const title = sentence(key);
  const metrics = Object.entries(group);
  const constants = metrics.filter(([name]) => isBestConstant(name));
  return element(
    'section',
    {},
    element('h3', {}, title),
    metricsTable(
      title,
      metrics.filter(([name]) => !isBestConstant(name)),
      trans,
    ),
    constants.length > 0 && bestConstants(metricsTable(title, constants, trans), constants.length, trans),
  );
}

function metricsTable(
  caption: string,
  rows: readonly (readonly [string, unknown])[],
  trans: PanelContext['trans'],
): HTMLElement {
  const operators: Readonly<Record<string, string>> = {
    LessThanThreshold: trans.__('a violation when less'),
    GreaterThanThreshold: trans.__('a violation when greater'),
  };
  const more = ([, constraint]: readonly [string, unknown]): Entry =>
    Object.fromEntries(
      Object.entries(isRecord(constraint) ? constraint : {}).filter(([key]) => !constraintKeys.has(key)),
    );
  return dataTable<readonly [string, unknown]>({
    caption,
    trans,
    compact: true,
    rows,
    columns: [
      { title: trans.__('Metric'), rowHeader: true, cell: ([name]) => name, sortBy: ([name]) => name },
      {
        title: trans.__('Comparison'),
        cell: ([, constraint]) => {
          const operator = asText(at(constraint, 'comparison_operator'));
          return operators[operator] ?? operator;
        },
        sortBy: ([, constraint]) => asText(at(constraint, 'comparison_operator')),
      },
      {
        title: trans.__('Threshold'),
        kind: 'number',
        cell: ([, constraint]) => {
          const threshold = numberAt(constraint, 'threshold');
          return threshold === undefined ? asText(at(constraint, 'threshold')) : formatNumber(threshold);
        },
        sortBy: ([, constraint]) => numberAt(constraint, 'threshold'),
      },
      ...(rows.some((row) => Object.keys(more(row)).length > 0)
        ? [{ title: trans.__('Other keys'), cell: (row: readonly [string, unknown]) => flat(more(row)) }]
        : []),
    ],
  });
}

function configurationTable(configuration: Entry, { trans }: PanelContext): HTMLElement {
  return element(
    'section',
    {},
    element('h3', {}, trans.__('Monitoring configuration')),
    dataTable<readonly [string, unknown]>({
      caption: trans.__('Monitoring configuration'),
      trans,
      rows: leaves(configuration),
      columns: [
        { title: trans.__('Setting'), rowHeader: true, cell: ([name]) => name },
        { title: trans.__('Value'), cell: ([, value]) => asText(value) },
      ],
    }),
  );
}

/** Nested records as one list of dotted names and values. */
function leaves(record: Entry, prefix: string = ''): (readonly [string, unknown])[] {
  return Object.entries(record).flatMap(([key, value]) =>
    isRecord(value) ? leaves(value, `${prefix}${key}.`) : [[`${prefix}${key}`, value] as const],
  );
}

function flat(value: unknown): string {
  return isRecord(value)
    ? leaves(value)
        .map(([key, leaf]) => `${key} ${asText(leaf)}`)
        .join(', ')
    : asText(value);
}
