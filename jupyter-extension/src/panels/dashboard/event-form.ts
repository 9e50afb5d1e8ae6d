import { UUID } from '@lumino/coreutils';
import type { ProjectEvent } from 'driftline/browser';
import { eventKindWords } from '../../charts/event-marks.js';
import { fromPlotTime, plotTime } from '../../charts/plot-time.js';
import { isLocal } from '../../format/time-format.js';
import { button, element, uniqueId } from '../../widgets/element.js';
import type { Dashboard } from './dashboard.js';

const kinds: readonly ProjectEvent['kind'][] = ['deployment', 'baseline', 'incident', 'note'];

/** A button, and the form that it opens: an event becomes a mark on every time axis of the endpoint. */
export function eventForm(dashboard: Dashboard): { readonly opener: HTMLElement; readonly form: HTMLElement } {
  const { context, store, endpoint } = dashboard;
  const { trans } = context;
  const id = uniqueId('event');
  const time = element('input', { id: `${id}-time`, type: 'datetime-local', required: true });
  const kind = element(
    'select',
    { id: `${id}-kind` },
    ...kinds.map((each) => element('option', { value: each }, eventKindWords(each, trans))),
  );
  const text = element('input', { id: `${id}-text`, type: 'text', maxlength: '400', required: true });
  const everywhere = element('input', { id: `${id}-all`, type: 'checkbox' });
  const message = element('p', { role: 'alert' });
  const field = (name: string, control: HTMLElement): HTMLElement =>
    element('span', { class: 'driftline-field' }, element('label', { for: control.id }, name), control);
  const save = element('button', { type: 'submit', class: 'driftline-action' }, trans.__('Add event'));
  const form = element(
    'form',
    { id, class: 'driftline-form', 'aria-label': trans.__('Add an event'), hidden: true },
    field(isLocal() ? trans.__('Time (local)') : trans.__('Time (UTC)'), time),
    field(trans.__('Kind'), kind),
    field(trans.__('What happened'), text),
    element(
      'span',
      { class: 'driftline-field driftline-field-check' },
      everywhere,
      element('label', { for: everywhere.id }, trans.__('for all endpoints')),
    ),
    element(
      'span',
      { class: 'driftline-form-actions' },
      save,
      button({ class: 'driftline-quiet-button' }, () => open(false), trans.__('Cancel')),
    ),
    message,
  );
  const opener = button(
    { class: 'driftline-quiet-button', 'aria-expanded': 'false', 'aria-controls': id },
    () => open(form.hidden),
    trans.__('Add event'),
  );
  const open = (shown: boolean): void => {
    form.hidden = !shown;
    opener.setAttribute('aria-expanded', String(shown));
    message.replaceChildren();
    if (!shown) {
      opener.focus();
      return;
    }
    time.value = plotTime(dashboard.span.to.toISOString()).replace(' ', 'T');
    text.value = '';
    text.focus();
  };
  const add = async (): Promise<void> => {
    const at = fromPlotTime(time.value);
    if (at === undefined) {
      message.replaceChildren(trans.__('The event needs a time.'));
      return;
    }
    const event: ProjectEvent = {
      id: UUID.uuid4(),
      time: at,
      kind: kind.value as ProjectEvent['kind'],
      text: text.value.trim(),
      ...(!everywhere.checked && { endpoint }),
    };
    save.disabled = true;
    try {
      await store.annotate((all) => ({ ...all, events: [...all.events, event] }));
      open(false);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      message.replaceChildren(trans.__('The event could not be written: %1', reason));
    } finally {
      save.disabled = false;
    }
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void add();
  });
  form.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') open(false);
  });
  return { opener, form };
}
