import type { TranslationBundle } from '@jupyterlab/translation';
import type { MonitorType } from 'driftline';
import type { MonitorStateKind } from 'driftline/browser';
import { actionIcon } from '../../widgets/action-icon.js';
import { button, element } from '../../widgets/element.js';
import { kindText, stateIcon } from '../../widgets/state-mark.js';
import { monitorTypes, monitorTypeTitle } from '../monitor-types.js';
import type { ListSort, ListView } from './monitor-list.js';

/** Search, filters and order of the list. */
export interface ListControls {
  readonly node: HTMLElement;
  /** Shows a view, and how many monitors are in each state. */
  show(view: ListView, counts: ReadonlyMap<MonitorStateKind, number>): void;
}

/** @param order - the states in the order of their buttons. */
export function listControls(
  trans: TranslationBundle,
  order: readonly MonitorStateKind[],
  change: (part: Partial<ListView>) => void,
): ListControls {
  const search = element('input', {
    type: 'search',
    class: 'driftline-search',
    placeholder: trans.__('Search endpoints and monitors'),
    'aria-label': trans.__('Search endpoints and monitors'),
  });
  search.addEventListener('input', () => change({ search: search.value }));
  const chips = element('div', {
    class: 'driftline-chips',
    role: 'group',
    'aria-label': trans.__('Monitors by state'),
  });
  const type = choice<MonitorType | ''>(
    trans.__('Type of monitor'),
    [['', trans.__('All monitors')], ...monitorTypes.map((each) => [each, monitorTypeTitle(each, trans)] as const)],
    (chosen) => change({ type: chosen === '' ? undefined : chosen }),
  );
  const sort = choice<ListSort>(
    trans.__('Order of endpoints'),
    [
      ['worst', trans.__('Worst first')],
      ['name', trans.__('By name')],
      ['last', trans.__('Latest execution')],
    ],
    (chosen) => change({ sort: chosen }),
  );
  const buttons = new Map<MonitorStateKind, { readonly node: HTMLButtonElement; readonly words: HTMLElement }>();
  let pressed: readonly MonitorStateKind[] = [];
  const toggle = (kind: MonitorStateKind): void =>
    change({ kinds: pressed.includes(kind) ? pressed.filter((each) => each !== kind) : [...pressed, kind] });
  for (const kind of order) {
    const words = element('span');
    const node = button({ class: 'driftline-state-chip' }, () => toggle(kind), stateIcon(kind), words);
    buttons.set(kind, { node, words });
    chips.append(node);
  }
  return {
    node: element(
      'div',
      { class: 'driftline-monitors-controls' },
      search,
      chips,
      element('div', { class: 'driftline-monitors-choices' }, type, sort),
    ),
    show: (view, counts) => {
      pressed = view.kinds;
      if (search.value !== view.search) search.value = view.search;
      type.value = view.type ?? '';
      sort.value = view.sort;
      for (const [kind, { node, words }] of buttons) {
        const count = counts.get(kind) ?? 0;
        const isPressed = view.kinds.includes(kind);
        node.hidden = count === 0 && !isPressed;
        node.setAttribute('aria-pressed', String(isPressed));
        words.textContent = `${kindText(kind, trans)} ${count}`;
        node.title = trans._n('%1 monitor: %2', '%1 monitors: %2', count, kindText(kind, trans));
      }
    },
  };
}

function choice<Value extends string>(
  label: string,
  values: readonly (readonly [value: Value, words: string])[],
  choose: (value: Value) => void,
): HTMLSelectElement {
  const options = values.map(([value, words]) => element('option', { value }, words));
  const node = element('select', { 'aria-label': label, title: label }, ...options);
  node.addEventListener('change', () => choose(node.value as Value));
  return node;
}

/** A button with a picture in place of its name. */
export function pictureButton(
  shape: Parameters<typeof actionIcon>[0],
  name: string,
  act: () => void,
): HTMLButtonElement {
  return button({ class: 'driftline-icon-button', title: name, 'aria-label': name }, act, actionIcon(shape));
}
