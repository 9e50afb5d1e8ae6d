import type { TranslationBundle } from '@jupyterlab/translation';
import type { ViolationDecision } from 'driftline/browser';
import { button, element, uniqueId } from '../../widgets/element.js';

export type DecisionKind = ViolationDecision['kind'];

/** What a reader filled in. */
export type DecisionFields = Pick<ViolationDecision, 'until' | 'text'>;

interface FormOptions {
  readonly kind: DecisionKind;
  /** What was measured, as text. */
  readonly measured: string;
  readonly now: Date;
  readonly trans: TranslationBundle;
}

const DAY_MS = 24 * 3_600_000;

/** Asks for what a decision needs. `done` is called with the fields, or without where it was cancelled. */
export function decisionForm(
  { kind, measured, now, trans }: FormOptions,
  done: (fields: DecisionFields | undefined) => Promise<void>,
): HTMLFormElement {
  const textId = uniqueId('decision');
  const text = element('textarea', { id: textId, rows: '2', required: kind === 'note', maxlength: '2000' });
  const until = kind === 'muted' ? untilFields(now, trans) : undefined;
  const [explanation, store, textLabel] = words(kind, measured, trans);
  const form = element(
    'form',
    { class: 'driftline-decision-form', 'aria-label': store },
    element('p', {}, explanation),
    until?.node,
    element('div', { class: 'driftline-violation-field' }, element('label', { for: textId }, textLabel), text),
    element(
      'div',
      { class: 'driftline-violation-actions' },
      element('button', { type: 'submit', class: 'driftline-action' }, store),
      button({ class: 'driftline-link' }, () => void done(undefined), trans.__('Cancel')),
    ),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const said = text.value.trim();
    const time = until?.value();
    if ((kind === 'note' && said === '') || (until !== undefined && time === undefined)) return;
    const fields = { ...(time !== undefined && { until: time }), ...(said !== '' && { text: said }) };
    for (const control of form.querySelectorAll('button')) control.disabled = true;
    void done(fields).finally(() => {
      for (const control of form.querySelectorAll('button')) control.disabled = false;
    });
  });
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') void done(undefined);
  });
  return form;
}

function words(
  kind: DecisionKind,
  measured: string,
  trans: TranslationBundle,
): readonly [explanation: string, store: string, textLabel: string] {
  switch (kind) {
    case 'accepted':
      return [
        trans.__(
          'What was measured, %1, is then normal: this violation no longer counts, here and in later executions, unless it is further beyond its limit than that.',
          measured,
        ),
        trans.__('Accept'),
        trans.__('Why (optional)'),
      ];
    case 'muted':
      return [
        trans.__('Until then this violation does not count, however far it is beyond its limit.'),
        trans.__('Mute'),
        trans.__('Why (optional)'),
      ];
    case 'note':
      return [
        trans.__('A remark for everybody who looks at this violation; it goes on to count.'),
        trans.__('Store the note'),
        trans.__('Note'),
      ];
  }
}

/** A choice of spans, or a time of one's own. */
function untilFields(now: Date, trans: TranslationBundle): { readonly node: HTMLElement; value(): string | undefined } {
  const [spanId, timeId] = [uniqueId('span'), uniqueId('until')];
  const spans = [
    ['1', trans.__('for a day')],
    ['3', trans.__('for three days')],
    ['7', trans.__('for a week')],
    ['30', trans.__('for 30 days')],
    ['time', trans.__('until a time …')],
  ] as const;
  const span = element(
    'select',
    { id: spanId },
    ...spans.map(([value, name]) => element('option', { value, selected: value === '7' }, name)),
  );
  const time = element('input', {
    id: timeId,
    type: 'datetime-local',
    min: localTime(now),
    value: localTime(new Date(now.getTime() + DAY_MS)),
  });
  const own = element(
    'div',
    { class: 'driftline-violation-field', hidden: true },
    element('label', { for: timeId }, trans.__('Until (local time)')),
    time,
  );
  span.addEventListener('change', () => {
    own.hidden = span.value !== 'time';
    time.required = !own.hidden;
  });
  return {
    node: element(
      'div',
      { class: 'driftline-violation-fields' },
      element('div', { class: 'driftline-violation-field' }, element('label', { for: spanId }, trans.__('Mute')), span),
      own,
    ),
    value: () => {
      const until = span.value === 'time' ? Date.parse(time.value) : now.getTime() + Number(span.value) * DAY_MS;
      return Number.isNaN(until) ? undefined : new Date(until).toISOString();
    },
  };
}

/** As an input of type `datetime-local` takes it. */
function localTime(time: Date): string {
  const shifted = new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}
