import type { TranslationBundle } from '@jupyterlab/translation';
import type { Schedule } from 'driftline/browser';
import { formatWindow, isLocal } from '../../format/time-format.js';
import { panelSettings } from '../../settings/panel-settings.js';
import { element, uniqueId } from '../../widgets/element.js';
import {
  FILL_LIMIT,
  fillCount,
  fromField,
  type RunChoice,
  type RunDefaults,
  runDefaults,
  toField,
} from './run-choice.js';

/** A monitor that can be run. */
export interface RunnableMonitor {
  readonly name: string;
  readonly schedule: Schedule;
  /** ISO: the scheduled time of its last execution. */
  readonly last?: string | undefined;
  /** The window of its last execution. */
  readonly lastWindow?: { readonly start: string; readonly end: string } | undefined;
}

/** What is asked before a run. */
export interface RunForm {
  readonly node: HTMLElement;
  /** Undefined while something is missing or wrong. */
  readonly choice: () => RunChoice | undefined;
}

/** Asks which executions of some monitors are to be run. A window of its own can be chosen for a single monitor only. */
export function runForm(
  monitors: readonly RunnableMonitor[],
  { trans, now }: { readonly trans: TranslationBundle; readonly now: Date },
  onChange: () => void,
): RunForm {
  const [first] = monitors;
  if (first === undefined) throw new Error('There is no monitor to run.');
  const zone = panelSettings.current.timeZone;
  const defaults = runDefaults(first.schedule, first.last, now);
  const group = uniqueId('run');
  const hint = element('p', { class: 'driftline-run-hint', role: 'status' });
  const window = first.lastWindow ?? defaults.latest ?? { start: defaults.fill.from, end: defaults.fill.to };
  const [start, end] = [field(trans.__('From'), window.start), field(trans.__('Until'), window.end)];
  const [from, to] = [field(trans.__('From'), defaults.fill.from), field(trans.__('To'), defaults.fill.to)];
  let kind: RunChoice['kind'] = defaults.latest === undefined ? 'fill' : 'latest';

  const choice = (): RunChoice | undefined => {
    if (kind === 'latest') return { kind };
    const [begin, finish] = (kind === 'window' ? [start, end] : [from, to]).map(({ input }) =>
      fromField(input.value, zone),
    );
    if (begin === undefined || finish === undefined) return undefined;
    if (kind === 'window') return begin < finish ? { kind, start: begin, end: finish } : undefined;
    const count = fillCount(schedules, begin, finish) ?? 0;
    return count > 0 && count <= FILL_LIMIT ? { kind, from: begin, to: finish } : undefined;
  };
  const schedules = monitors.map(({ schedule }) => schedule);
  const update = (): void => {
    for (const { input } of [start, end]) input.disabled = kind !== 'window';
    for (const { input } of [from, to]) input.disabled = kind !== 'fill';
    hint.textContent = hintWords();
    hint.classList.toggle('jp-mod-error', choice() === undefined);
    if (node.isConnected) onChange();
  };
  const hintWords = (): string => {
    if (kind === 'latest')
      return trans.__('The execution is written into the history, as if the scheduler had run it.');
    if (kind === 'window') {
      return choice() === undefined
        ? trans.__('Choose an end after the start.')
        : trans.__('The report opens in a tab. Nothing is written into the history.');
    }
    const times = [from, to].map(({ input }) => fromField(input.value, zone) ?? '');
    const count = fillCount(schedules, times[0] ?? '', times[1] ?? '');
    if (count === undefined) return trans.__('Choose an end that is not before the start.');
    if (count === 0) return trans.__('Nothing is scheduled in this time.');
    if (count > FILL_LIMIT) {
      return trans.__('More than %1 executions: choose less, or use "driftline run --from … --to …".', FILL_LIMIT);
    }
    return trans._n(
      '%1 execution is run and written into the history.',
      '%1 executions are run, the oldest first, and written into the history.',
      count,
    );
  };
  const option = (value: RunChoice['kind'], words: string, ...more: readonly HTMLElement[]): HTMLElement => {
    const radio = element('input', { type: 'radio', name: group, value });
    radio.checked = value === kind;
    radio.addEventListener('change', () => {
      kind = value;
      update();
    });
    return element(
      'div',
      { class: 'driftline-run-option' },
      element('label', {}, radio, words),
      more.length > 0 && element('div', { class: 'driftline-run-fields' }, ...more),
    );
  };
  for (const { input } of [start, end, from, to]) input.addEventListener('input', update);
  const node = element(
    'div',
    { class: 'driftline-panel driftline-run-form', role: 'radiogroup', 'aria-label': trans.__('What to run') },
    defaults.latest && option('latest', latestWords(monitors, defaults, trans)),
    monitors.length === 1 && option('window', trans.__('A window of your choice'), start.node, end.node),
    option('fill', trans.__('Back-fill: every execution scheduled in a time'), from.node, to.node),
    element('p', { class: 'driftline-muted' }, isLocal() ? trans.__('Times are local.') : trans.__('Times are UTC.')),
    hint,
  );
  update();
  return { node, choice };

  function field(words: string, iso: string): { readonly node: HTMLElement; readonly input: HTMLInputElement } {
    const input = element('input', { type: 'datetime-local', step: '3600', value: toField(iso, zone), required: true });
    return { node: element('label', { class: 'driftline-run-field' }, element('span', {}, words), input), input };
  }
}

function latestWords(monitors: readonly RunnableMonitor[], { latest }: RunDefaults, trans: TranslationBundle): string {
  if (monitors.length > 1) return trans.__('The latest scheduled execution of each');
  return latest === undefined
    ? trans.__('The latest scheduled execution')
    : trans.__('The latest scheduled execution: %1', formatWindow(latest));
}
