import type { MonitorType, SetupInspection } from 'driftline';
import { applyChoices } from 'driftline/browser';
import { formatTimeAndZone } from '../../format/time-format.js';
import { element, uniqueId } from '../../widgets/element.js';
import { section } from '../../widgets/section.js';
import { monitorTypeTitle } from '../monitor-types.js';
import { cronOf, nextTimes, type ScheduleChoice } from './setup-schedule.js';
import { wantedMonitors } from './setup-state.js';
import type { SetupContext, SetupStep } from './setup-step.js';

const UPCOMING = 3;

/** Name, monitors, schedule and rule. */
export function monitorsStep(context: SetupContext): SetupStep {
  const { trans, state } = context;
  const applied = applyChoices(state.inspection!, state.choices);
  const node = element(
    'div',
    { class: 'driftline-setup-monitors' },
    nameField(applied, context),
    section(trans.__('Monitors'), ...applied.monitors.map((choice) => monitorBox(choice, applied, context))),
    section(trans.__('Schedule'), schedulePart(context)),
    section(trans.__('When is it a violation?'), rulePart(context)),
  );
  return {
    node,
    nextWords: trans.__('Review'),
    next: async () => {
      if (wantedMonitors(state, applied).length === 0) throw new Error(trans.__('Choose at least one monitor.'));
      if (!/^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(state.choices.endpoint ?? applied.endpoint)) {
        throw new Error(trans.__('The name of an endpoint is up to 63 letters, digits and hyphens.'));
      }
    },
  };
}

function nameField(applied: SetupInspection, { trans, state }: SetupContext): HTMLElement {
  const [id, hintId] = [uniqueId('name'), uniqueId('hint')];
  const extending = state.choices.extend === true;
  const input = element('input', {
    id,
    type: 'text',
    value: state.choices.endpoint ?? applied.endpoint,
    readonly: extending,
    spellcheck: 'false',
    'aria-describedby': hintId,
  });
  input.addEventListener('input', () => {
    state.choices.endpoint = input.value.trim();
  });
  const hint = extending
    ? trans.__('The monitors are added to this endpoint.')
    : trans.__('Results and monitors are named after it.');
  return element(
    'div',
    { class: 'driftline-setup-field' },
    element('label', { for: id }, trans.__('Name of the endpoint')),
    input,
    element('p', { id: hintId, class: 'driftline-muted' }, hint),
  );
}

function monitorBox(
  { type, possible, reason }: SetupInspection['monitors'][number],
  applied: SetupInspection,
  { trans, state }: SetupContext,
): HTMLElement {
  const there = state.existing.includes(type);
  const hintId = uniqueId('hint');
  const box = element('input', {
    type: 'checkbox',
    value: type,
    disabled: !possible || there,
    checked: wantedMonitors(state, applied).includes(type),
    'aria-describedby': hintId,
  });
  box.addEventListener('change', () => {
    const wanted = new Set<MonitorType>(wantedMonitors(state, applied));
    if (box.checked) wanted.add(type);
    else wanted.delete(type);
    state.monitors = [...wanted];
  });
  return element(
    'div',
    { class: 'driftline-setup-monitor' },
    element('label', { class: 'driftline-setup-check' }, box, monitorTypeTitle(type, trans)),
    element('p', { id: hintId, class: 'driftline-muted' }, there ? trans.__('The endpoint has it already.') : reason),
  );
}

function schedulePart({ trans, state }: SetupContext): HTMLElement {
  const upcoming = element('ol', { class: 'driftline-setup-times', 'aria-label': trans.__('The next executions') });
  const hour = numberSelect(
    trans.__('Hour of the day, UTC'),
    Array.from({ length: 24 }, (_, at) => [at, `${String(at).padStart(2, '0')}:00 UTC`] as const),
    state.schedule.hour,
    (value) => choose({ kind: 'daily', hour: value }),
  );
  const every = numberSelect(
    trans.__('Hours between executions'),
    [2, 3, 4, 6, 8, 12].map((at) => [at, trans.__('%1 hours', at)] as const),
    state.schedule.every,
    (value) => choose({ kind: 'every', every: value }),
  );
  const name = uniqueId('schedule');
  const radios = new Map<ScheduleChoice['kind'], HTMLInputElement>();
  const radio = (kind: ScheduleChoice['kind'], words: string, more?: HTMLElement): HTMLElement => {
    const input = element('input', { type: 'radio', name, value: kind, checked: state.schedule.kind === kind });
    input.addEventListener('change', () => choose({ kind }));
    radios.set(kind, input);
    return element(
      'div',
      { class: 'driftline-setup-choice' },
      element('label', { class: 'driftline-setup-check' }, input, words),
      more,
    );
  };
  const choose = (change: Partial<ScheduleChoice>): void => {
    state.schedule = { ...state.schedule, ...change };
    const chosen = radios.get(state.schedule.kind);
    if (chosen) chosen.checked = true;
    show();
  };
  const show = (): void => {
    const times = nextTimes(cronOf(state.schedule), new Date(), UPCOMING);
    upcoming.replaceChildren(
      ...times.map((time) =>
        element('li', {}, element('time', { datetime: time.toISOString() }, formatTimeAndZone(time.toISOString()))),
      ),
    );
  };
  show();
  return element(
    'div',
    { class: 'driftline-setup-schedule' },
    element(
      'div',
      { role: 'radiogroup', 'aria-label': trans.__('Schedule') },
      radio('hourly', trans.__('Every hour')),
      radio('daily', trans.__('Every day at'), hour),
      radio('every', trans.__('Every'), every),
    ),
    element('div', {}, element('p', { class: 'driftline-muted' }, trans.__('The next executions:')), upcoming),
  );
}

function numberSelect(
  label: string,
  options: readonly (readonly [value: number, words: string])[],
  value: number,
  onChange: (value: number) => void,
): HTMLSelectElement {
  const nodes = options.map(([key, words]) => element('option', { value: String(key) }, words));
  const select = element('select', { 'aria-label': label }, ...nodes);
  select.value = String(value);
  select.addEventListener('change', () => onChange(Number(select.value)));
  return select;
}

function rulePart({ trans, state }: SetupContext): HTMLElement {
  const name = uniqueId('rule');
  const radio = (rule: 'significant' | 'threshold', title: string, words: string): HTMLElement => {
    const hintId = uniqueId('hint');
    const input = element('input', {
      type: 'radio',
      name,
      value: rule,
      checked: state.rule === rule,
      'aria-describedby': hintId,
    });
    input.addEventListener('change', () => {
      state.rule = rule;
    });
    return element(
      'div',
      { class: 'driftline-setup-choice driftline-setup-monitor' },
      element('label', { class: 'driftline-setup-check' }, input, title),
      element('p', { id: hintId, class: 'driftline-muted' }, words),
    );
  };
  return element(
    'div',
    { role: 'radiogroup', 'aria-label': trans.__('Rule') },
    radio(
      'significant',
      trans.__('When it is surely beyond the limit'),
      trans.__('Few false alarms: chance alone does not make a violation, however many columns there are.'),
    ),
    radio(
      'threshold',
      trans.__('Whenever it is beyond the limit'),
      trans.__('As Amazon SageMaker Model Monitor decides.'),
    ),
  );
}
