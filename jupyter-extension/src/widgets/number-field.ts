import { type Child, element, uniqueId } from './element.js';

export interface NumberFieldOptions {
  readonly label: string;
  readonly value: number | undefined;
  readonly min?: number;
  readonly max?: number;
  /** Of the slider, and of the arrow keys. */
  readonly step: number;
  /** A slider beside the number; it needs `min` and `max`. */
  readonly slider?: boolean;
  /** What an empty field means; without it, a number is required. */
  readonly empty?: string;
  /** What stands below: where the value comes from. */
  readonly hint?: Child;
  readonly onChange: (value: number | undefined) => void;
}

export interface NumberField {
  readonly node: HTMLElement;
  /** Shows a value that was set elsewhere; what is being typed stays. */
  show(value: number | undefined): void;
}

/** A labelled number, with a slider where it is in a range. What cannot be a value is said and not handed on. */
export function numberField(options: NumberFieldOptions): NumberField {
  const { label, min, max, step, empty, hint, onChange } = options;
  const id = uniqueId('number');
  const limits = { min: min === undefined ? undefined : String(min), max: max === undefined ? undefined : String(max) };
  const number = element('input', { id, type: 'number', step: 'any', placeholder: empty, ...limits });
  const problem = element('p', { class: 'driftline-field-problem', role: 'alert', hidden: true });
  const slider =
    options.slider === true
      ? element('input', { type: 'range', step: String(step), 'aria-label': label, ...limits })
      : undefined;
  const say = (words: string): void => {
    problem.textContent = words;
    problem.hidden = words === '';
    number.toggleAttribute('aria-invalid', words !== '');
  };
  const show = (value: number | undefined): void => {
    if (document.activeElement !== number) number.value = value === undefined ? '' : String(value);
    if (slider !== undefined && document.activeElement !== slider) slider.value = String(value ?? max ?? 0);
    say('');
  };
  number.addEventListener('input', () => {
    const text = number.value.trim();
    const value = text === '' ? undefined : Number(text);
    const within = value === undefined || (value >= (min ?? -Infinity) && value <= (max ?? Infinity));
    if (number.validity.badInput || (value !== undefined && !Number.isFinite(value))) {
      say('This is no number.');
    } else if (!within) say(`From ${min ?? '−∞'} to ${max ?? '∞'}.`);
    else if (value === undefined && empty === undefined) say('A number is needed here.');
    else {
      say('');
      if (slider !== undefined && value !== undefined) slider.value = String(value);
      onChange(value);
    }
  });
  slider?.addEventListener('input', () => {
    number.value = slider.value;
    say('');
    onChange(Number(slider.value));
  });
  show(options.value);
  const node = element(
    'div',
    { class: 'driftline-field' },
    element('label', { for: id }, label),
    element('div', { class: 'driftline-field-inputs' }, slider, number),
    hint !== undefined && hint !== false && element('p', { class: 'driftline-muted driftline-hint' }, hint),
    problem,
  );
  return { node, show };
}

/** A labelled check box. */
export function checkField(
  label: string,
  checked: boolean,
  onChange: (checked: boolean) => void,
): { readonly node: HTMLElement; readonly show: (checked: boolean) => void } {
  const box = element('input', { type: 'checkbox' });
  box.checked = checked;
  box.addEventListener('change', () => onChange(box.checked));
  return {
    node: element('label', { class: 'driftline-check' }, box, element('span', {}, label)),
    show: (now) => {
      box.checked = now;
    },
  };
}
