import { asText } from '../viewers/file-content.js';
import { viewerHead } from '../viewers/viewer-head.js';
import { dataTable } from '../widgets/data-table.js';
import { element } from '../widgets/element.js';
import type { PanelContext } from '../widgets/panel-context.js';
import { section } from '../widgets/section.js';
import { statusMark } from '../widgets/status-mark.js';
import { type JsonDifference, jsonDifferences } from './json-differences.js';

/** Values of a list that are named before the rest is counted. */
const namedValues = 8;

/** What differs between two `constraints.json`, of whatever monitor: a row for each value that is not the same. */
export function constraintsComparison(baseline: unknown, current: unknown, context: PanelContext): HTMLElement {
  const { trans } = context;
  const differences = jsonDifferences(baseline, current);
  const subjects = new Set(differences.map((difference) => subjectOf(difference, trans)));
  return element(
    'article',
    { class: 'driftline-report' },
    viewerHead(
      trans.__('Constraints compared'),
      [[trans.__('Differences'), differences.length > 0 ? differences.length : undefined]],
      differences.length === 0
        ? statusMark('ok', trans.__('No difference'))
        : statusMark('drifting', trans._n('1 subject differs', '%1 subjects differ', subjects.size)),
    ),
    differences.length > 0 &&
      section(
        trans.__('Differences'),
        dataTable<JsonDifference>({
          caption: trans.__('Differences'),
          trans,
          stack: true,
          rows: differences,
          columns: [
            {
              title: trans.__('Of'),
              rowHeader: true,
              cell: (difference) => subjectOf(difference, trans),
              sortBy: (difference) => subjectOf(difference, trans),
            },
            { title: trans.__('Key'), kind: 'code', cell: keyOf, sortBy: keyOf },
            {
              title: trans.__('What'),
              cell: (difference) => whatWords(difference, context),
              sortBy: (difference) => whatWords(difference, context),
            },
            { title: trans.__('Baseline'), cell: ({ baseline: value }) => valueText(value) },
            { title: trans.__('Current'), cell: ({ current: value }) => valueText(value) },
          ],
        }),
      ),
  );
}

/** A feature or metric by its name; the rest of the file by its section. */
function subjectOf({ path }: JsonDifference, trans: PanelContext['trans']): string {
  const [first = '', second] = path;
  if (second === undefined) return trans.__('the file');
  return first === 'features' || first.endsWith('_constraints') ? second : first;
}

function keyOf({ path }: JsonDifference): string {
  const [first = '', second, ...rest] = path;
  if (second === undefined) return first;
  return (first === 'features' || first.endsWith('_constraints') ? rest : [second, ...rest]).join('.');
}

function whatWords({ baseline, current }: JsonDifference, { trans }: PanelContext): string {
  if (baseline === undefined) return trans.__('only in current');
  if (current === undefined) return trans.__('only in the baseline');
  const [before, now] = [textsOf(baseline), textsOf(current)];
  if (before === undefined || now === undefined) return trans.__('changed');
  const added = now.filter((text) => !before.includes(text));
  const gone = before.filter((text) => !now.includes(text));
  if (added.length + gone.length === 0) return trans.__('in another order');
  return [
    added.length > 0 && trans.__('added: %1', listWords(added, trans)),
    gone.length > 0 && trans.__('gone: %1', listWords(gone, trans)),
  ]
    .filter((words) => words !== false)
    .join('; ');
}

function textsOf(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
}

function listWords(values: readonly string[], trans: PanelContext['trans']): string {
  const named = values.slice(0, namedValues).join(', ');
  return values.length > namedValues ? trans.__('%1 and %2 more', named, values.length - namedValues) : named;
}

function valueText(value: unknown): string {
  return Array.isArray(value) && value.length > namedValues
    ? `${asText(value.slice(0, namedValues)).slice(0, -1)}, … (${value.length})]`
    : asText(value);
}
