import type { AttributionChange, Estimated } from 'driftline';
import { formatBounds } from '../../format/attribution-format.js';
import { formatPValue, noValue } from '../../format/number-format.js';
import { type Child, element } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';

type Format = (value: number | undefined) => string;

/** A number over its 95 % interval; `–` where there is none. */
export function estimatedCell(estimated: Estimated | undefined, format: Format): Child {
  if (estimated === undefined) return noValue;
  const interval = formatBounds(estimated, format);
  const text = format(estimated.value);
  if (interval === undefined) return text;
  return element(
    'span',
    { class: 'driftline-since' },
    text,
    element('span', { class: 'driftline-muted' }, ` ${interval}`),
  );
}

/** A change over its interval and what chance says of it. */
export function changeCell(change: AttributionChange | undefined, format: Format, trans: PanelContext['trans']): Child {
  if (change === undefined) return noValue;
  const parts = [formatBounds(change, format), adjustedWords(change, trans)].filter((part) => part !== undefined);
  return element(
    'span',
    { class: 'driftline-since' },
    format(change.value),
    parts.length > 0 &&
      element(
        'span',
        { class: 'driftline-muted driftline-parts' },
        ...parts.flatMap((part, index) => [' ', element('span', {}, index < parts.length - 1 ? `${part},` : part)]),
      ),
  );
}

/** "p 0.0312", that no line break parts. */
export function adjustedWords(
  { adjustedPValue, pValue }: AttributionChange,
  trans: PanelContext['trans'],
): string | undefined {
  const known = adjustedPValue ?? pValue;
  return known === undefined ? undefined : trans.__('p\u00a0%1', formatPValue(known).replace(' ', '\u00a0'));
}

/** "0.412 (0.39 to 0.44)"; `–` where there is none. */
export function estimatedText(estimated: Estimated | undefined, format: Format): string {
  const interval = formatBounds(estimated, format);
  const text = format(estimated?.value);
  return interval === undefined ? text : `${text} (${interval})`;
}
