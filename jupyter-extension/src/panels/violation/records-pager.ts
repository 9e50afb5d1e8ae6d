import type { TranslationBundle } from '@jupyterlab/translation';
import { formatCount } from '../../format/number-format.js';
import { button, element, uniqueId } from '../../widgets/element.js';
import type { WantedPage } from './records-request.js';

const SIZES = [25, 50, 100, 500] as const;

/** Where the page stands among the records, and how to get to the others. */
export function recordsPager(
  { offset, limit }: Pick<WantedPage, 'offset' | 'limit'>,
  { total, matching, shown }: { readonly total: number; readonly matching: number; readonly shown: number },
  trans: TranslationBundle,
  turn: (page: Pick<WantedPage, 'offset' | 'limit'>) => void,
): HTMLElement {
  const sizeId = uniqueId('size');
  const size = element(
    'select',
    { id: sizeId },
    ...SIZES.map((value) => element('option', { value: String(value), selected: value === limit }, String(value))),
  );
  size.addEventListener('change', () => turn({ offset: 0, limit: Number(size.value) }));
  const last = Math.max(0, Math.ceil(total / limit) - 1) * limit;
  const to = (words: string, name: string, wanted: number): HTMLElement =>
    button(
      {
        class: 'driftline-page',
        'aria-label': name,
        title: name,
        disabled: wanted === offset || wanted < 0 || wanted > last,
        'data-turn': words,
      },
      () => turn({ offset: wanted, limit }),
      words,
    );
  const of =
    total === matching ? formatCount(total) : trans.__('%1 (of %2)', formatCount(total), formatCount(matching));
  return element(
    'div',
    { class: 'driftline-violation-pager' },
    element(
      'p',
      { role: 'status' },
      shown === 0
        ? trans.__('No records of %1', formatCount(matching))
        : trans.__('Records %1 to %2 of %3', formatCount(offset + 1), formatCount(offset + shown), of),
    ),
    element(
      'div',
      { class: 'driftline-pages', role: 'group', 'aria-label': trans.__('Pages') },
      to('«', trans.__('First page'), 0),
      to('‹', trans.__('Previous page'), offset - limit),
      to('›', trans.__('Next page'), offset + limit),
      to('»', trans.__('Last page'), last),
    ),
    element(
      'div',
      { class: 'driftline-violation-field' },
      element('label', { for: sizeId }, trans.__('Rows a page')),
      size,
    ),
  );
}
