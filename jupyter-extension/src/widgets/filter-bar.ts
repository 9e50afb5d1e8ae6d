import type { TranslationBundle } from '@jupyterlab/translation';
import type { FilterOperator, RowFilter } from 'driftline/browser';
import { button, element } from './element.js';

export interface FilterBarOptions {
  /** Titles of the columns, in order. */
  readonly columns: readonly string[];
  readonly trans: TranslationBundle;
  /** Called with all conditions whenever they change. */
  readonly onChange: (filters: readonly RowFilter[]) => void;
}

const anyColumn = '';

/** A box that searches all columns, and below it conditions on single columns, each of which can be taken away. */
export function filterBar({ columns, trans, onChange }: FilterBarOptions): HTMLElement {
  const words = operatorWords(trans);
  const conditions: RowFilter[] = [];
  const search = element('input', {
    type: 'search',
    placeholder: trans.__('Search all columns'),
    'aria-label': trans.__('Search all columns'),
  });
  const column = element(
    'select',
    { 'aria-label': trans.__('Column of the condition') },
    element('option', { value: anyColumn }, trans.__('any column')),
    ...columns.map((title, index) => element('option', { value: String(index) }, title)),
  );
  const operator = element(
    'select',
    { 'aria-label': trans.__('Kind of the condition') },
    ...Object.entries(words).map(([key, word]) => element('option', { value: key }, word)),
  );
  const value = element('input', { type: 'text', 'aria-label': trans.__('Value of the condition') });
  const chips = element('ul', { class: 'driftline-conditions', 'aria-label': trans.__('Conditions'), hidden: true });

  const change = (): void => {
    const wanted = search.value.trim();
    const searched: RowFilter[] = wanted === '' ? [] : [{ column: undefined, operator: 'contains', value: wanted }];
    onChange([...searched, ...conditions]);
  };
  const show = (): void => {
    chips.hidden = conditions.length === 0;
    chips.replaceChildren(
      ...conditions.map((condition) => {
        const text = conditionText(condition, columns, words, trans);
        const remove = (): void => {
          conditions.splice(conditions.indexOf(condition), 1);
          show();
          change();
          column.focus();
        };
        return element(
          'li',
          {},
          text,
          button({ 'aria-label': trans.__('Take away: %1', text), title: trans.__('Take away') }, remove, '×'),
        );
      }),
    );
  };
  const add = (): void => {
    const kind = operator.value as FilterOperator;
    if (value.value === '' && !isAlone(kind)) {
      value.focus();
      return;
    }
    const place = column.value === anyColumn ? undefined : Number(column.value);
    conditions.push({ column: place, operator: kind, value: isAlone(kind) ? '' : value.value });
    value.value = '';
    show();
    change();
  };
  operator.addEventListener('change', () => {
    value.hidden = isAlone(operator.value as FilterOperator);
  });
  search.addEventListener('input', change);
  value.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') add();
  });
  return element(
    'div',
    { class: 'driftline-filter-bar' },
    search,
    element(
      'div',
      { class: 'driftline-condition', role: 'group', 'aria-label': trans.__('A condition on one column') },
      column,
      operator,
      value,
      button({ class: 'driftline-add' }, add, trans.__('Add')),
    ),
    chips,
  );
}

/** Whether a condition needs no value. */
function isAlone(operator: FilterOperator): boolean {
  return operator === 'missing' || operator === 'present';
}

function operatorWords(trans: TranslationBundle): Readonly<Record<FilterOperator, string>> {
  return {
    contains: trans.__('contains'),
    equals: trans.__('equals'),
    differs: trans.__('is not'),
    below: trans.__('is below'),
    above: trans.__('is above'),
    missing: trans.__('is missing'),
    present: trans.__('is not missing'),
  };
}

function conditionText(
  { column, operator, value }: RowFilter,
  columns: readonly string[],
  words: Readonly<Record<FilterOperator, string>>,
  trans: TranslationBundle,
): string {
  const title = column === undefined ? trans.__('any column') : (columns[column] ?? '');
  return `${title} ${words[operator]}${isAlone(operator) ? '' : ` ${value}`}`;
}
