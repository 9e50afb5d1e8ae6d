import { button, element, uniqueId } from './element.js';

export interface TabsOptions<Key extends string> {
  /** What the tabs are of, for those who do not see it. */
  readonly label: string;
  readonly tabs: readonly (readonly [key: Key, words: string])[];
  readonly chosen: Key;
}

export interface Tabs<Key extends string> {
  /** The row of tabs. */
  readonly list: HTMLElement;
  /** The panels, of which one is shown. */
  readonly panels: HTMLElement;
  /** Where a tab's content goes. */
  panel(key: Key): HTMLElement;
  /** Chooses a tab as if it was pressed; without `onChoose` where it is chosen already. */
  choose(key: Key): void;
}

/**
 * Tabs, one of which is open. The arrow keys, Home and End open the neighbours, so that the Tab key goes from the row into
 * the open panel.
 *
 * @see Source: ARIA Authoring Practices Guide, tabs with automatic activation.
 */
export function tabs<Key extends string>(
  { label, tabs: entries, chosen }: TabsOptions<Key>,
  onChoose: (key: Key) => void,
): Tabs<Key> {
  const made = entries.map(([key, words]) => {
    const id = uniqueId('tab');
    const panel = element('div', {
      id: `${id}-panel`,
      class: 'driftline-tabpanel',
      role: 'tabpanel',
      'aria-labelledby': id,
    });
    const tab = button({ id, role: 'tab', 'aria-controls': panel.id }, () => choose(key), words);
    return { key, tab, panel };
  });
  let open: Key | undefined;
  const show = (wanted: Key): void => {
    open = wanted;
    for (const { key, tab, panel } of made) {
      tab.setAttribute('aria-selected', String(key === wanted));
      tab.tabIndex = key === wanted ? 0 : -1;
      panel.hidden = key !== wanted;
      if (key === wanted) tab.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
    }
  };
  const choose = (wanted: Key): void => {
    if (wanted === open) return;
    show(wanted);
    onChoose(wanted);
  };
  const list = element(
    'div',
    { class: 'driftline-tabs', role: 'tablist', 'aria-label': label },
    ...made.map(({ tab }) => tab),
  );
  list.addEventListener('keydown', (event) => {
    const at = made.findIndex(({ key }) => key === open);
    const last = made.length - 1;
    const target = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[
      event.key
    ];
    const next = target === undefined ? undefined : made[target];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    next.tab.focus();
    choose(next.key);
  });
  show(chosen);
  return {
    list,
    panels: element('div', {}, ...made.map(({ panel }) => panel)),
    panel: (wanted) => made.find(({ key }) => key === wanted)!.panel,
    choose,
  };
}
