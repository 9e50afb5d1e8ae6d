import type { ChartOrTable } from '../../widgets/chart-with-table.js';
import { choiceSwitch } from '../../widgets/choice-switch.js';
import { element, uniqueId } from '../../widgets/element.js';
import type { PanelContext } from '../../widgets/panel-context.js';

/** What the reader has chosen in a {@link switchedView}; kept while it is replaced by that of another output. */
export interface SwitchedChoice<Key extends string> {
  view: Key;
  shown: ChartOrTable;
}

export interface SwitchedViewOptions<Key extends string> {
  /** What is chosen: "What bars show". */
  readonly label: string;
  readonly choices: readonly (readonly [key: Key, words: string])[];
  readonly choice: SwitchedChoice<Key>;
  /** The chart of a choice, with its table. */
  readonly make: (view: Key, start: ChartOrTable, onChoose: (kind: ChartOrTable) => void) => HTMLElement;
}

/** A chart that can be looked at in several ways; with one way there is nothing to choose. */
export function switchedView<Key extends string>(
  { label, choices, choice, make }: SwitchedViewOptions<Key>,
  { charts }: PanelContext,
): HTMLElement {
  const id = uniqueId('switched');
  const place = element('div', { id });
  const draw = (): void => {
    charts.release(place);
    place.replaceChildren(make(choice.view, choice.shown, (kind) => (choice.shown = kind)));
  };
  if (!choices.some(([key]) => key === choice.view) && choices[0] !== undefined) choice.view = choices[0][0];
  draw();
  if (choices.length < 2) return place;
  const { node } = choiceSwitch({ label, choices, chosen: choice.view, controls: id }, (view) => {
    choice.view = view;
    draw();
  });
  return element('div', {}, element('div', { class: 'driftline-switches' }, node), place);
}
