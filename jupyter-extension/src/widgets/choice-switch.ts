import { button, element } from './element.js';

export interface ChoiceSwitchOptions<Key extends string> {
  /** What is chosen, for those who do not see that the buttons belong together. */
  readonly label: string;
  readonly choices: readonly (readonly [key: Key, words: string])[];
  readonly chosen: Key;
  /** The id of what the choice changes. */
  readonly controls: string;
}

export interface ChoiceSwitch<Key extends string> {
  readonly node: HTMLElement;
  /** Presses a button without choosing: the choice was made elsewhere. */
  press(key: Key): void;
}

/** A few buttons side by side, one of which is pressed. */
export function choiceSwitch<Key extends string>(
  { label, choices, chosen, controls }: ChoiceSwitchOptions<Key>,
  onChoose: (key: Key) => void,
): ChoiceSwitch<Key> {
  const buttons = choices.map(([key, words]) => ({
    key,
    node: button({ 'aria-pressed': String(key === chosen), 'aria-controls': controls }, () => choose(key), words),
  }));
  const press = (wanted: Key): void => {
    for (const { key, node } of buttons) node.setAttribute('aria-pressed', String(key === wanted));
  };
  const choose = (wanted: Key): void => {
    press(wanted);
    onChoose(wanted);
  };
  const node = element(
    'div',
    { class: 'driftline-switch', role: 'group', 'aria-label': label },
    ...buttons.map((each) => each.node),
  );
  return { node, press };
}
