import type { TranslationBundle } from '@jupyterlab/translation';
import { element } from './element.js';

/** A table under a box that filters its rows by name. The table is made anew for what is left. */
export function filteredTable<Row>(
  trans: TranslationBundle,
  rows: readonly Row[],
  name: (row: Row) => string,
  table: (rows: readonly Row[]) => HTMLElement,
): HTMLElement {
  const filter = element('input', {
    type: 'search',
    placeholder: trans.__('Filter features'),
    'aria-label': trans.__('Filter features'),
  });
  const count = element('span', { class: 'driftline-muted driftline-count', role: 'status' });
  const place = element('div');
  const apply = (): void => {
    const wanted = filter.value.trim().toLowerCase();
    const left = rows.filter((row) => name(row).toLowerCase().includes(wanted));
    count.textContent = trans.__('%1 of %2 features', left.length, rows.length);
    place.replaceChildren(table(left));
  };
  filter.addEventListener('input', apply);
  apply();
  return element(
    'div',
    { class: 'driftline-filtered' },
    element('div', { class: 'driftline-filter' }, filter, count),
    place,
  );
}
