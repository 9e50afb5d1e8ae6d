import { element } from '../../widgets/element.js';

/** A date and time of UTC; `onChange` gets it in ISO when it is a whole one. */
export function timeField(iso: string | undefined, onChange: (iso: string) => void): HTMLInputElement {
  const value =
    iso === undefined || Number.isNaN(Date.parse(iso)) ? undefined : new Date(iso).toISOString().slice(0, 16);
  const node = element('input', { type: 'datetime-local', class: 'driftline-input', value, step: '60' });
  node.addEventListener('change', () => {
    const time = new Date(`${node.value}Z`);
    if (!Number.isNaN(time.getTime())) onChange(time.toISOString().replace('.000Z', 'Z'));
  });
  return node;
}
