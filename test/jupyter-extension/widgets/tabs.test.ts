// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { tabs } from '../../../jupyter-extension/src/widgets/tabs.js';

function shown(): { made: ReturnType<typeof tabs<'a' | 'b' | 'c'>>; chosen: string[]; buttons: HTMLElement[] } {
  const chosen: string[] = [];
  const made = tabs(
    {
      label: 'Parts',
      tabs: [
        ['a', 'First'],
        ['b', '<b>Second</b>'],
        ['c', 'Third'],
      ],
      chosen: 'b',
    },
    (key) => chosen.push(key),
  );
  document.body.replaceChildren(made.list, made.panels);
  return { made, chosen, buttons: [...made.list.querySelectorAll<HTMLElement>('[role=tab]')] };
}
const press = (node: HTMLElement, key: string): void => {
  node.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
};

it('one tab is open, its panel is named by it, the others are hidden', () => {
  const { made, buttons } = shown();
  expect(made.list.getAttribute('aria-label')).toBe('Parts');
  expect(buttons.map((tab) => [tab.textContent, tab.getAttribute('aria-selected'), tab.tabIndex])).toEqual([
    ['First', 'false', -1],
    ['<b>Second</b>', 'true', 0],
    ['Third', 'false', -1],
  ]);
  const panels = [...made.panels.querySelectorAll<HTMLElement>('[role=tabpanel]')];
  expect(panels.map(({ hidden }) => hidden)).toEqual([true, false, true]);
  expect(panels.map((panel) => panel.getAttribute('aria-labelledby'))).toEqual(buttons.map(({ id }) => id));
  expect(buttons.map((tab) => tab.getAttribute('aria-controls'))).toEqual(panels.map(({ id }) => id));
});

it('a press opens a tab, once', () => {
  const { made, chosen, buttons } = shown();
  buttons[2]?.click();
  buttons[2]?.click();
  made.choose('c');
  expect(chosen).toEqual(['c']);
  expect(made.panel('c').hidden).toBe(false);
});

it('arrows, Home and End open the neighbours and take the focus there, round the ends', () => {
  const { made, chosen, buttons } = shown();
  buttons[1]?.focus();
  press(buttons[1]!, 'ArrowRight');
  press(buttons[2]!, 'ArrowRight');
  press(buttons[0]!, 'ArrowLeft');
  press(buttons[2]!, 'Home');
  press(buttons[0]!, 'End');
  press(buttons[2]!, 'x');
  expect(chosen).toEqual(['c', 'a', 'c', 'a', 'c']);
  expect(document.activeElement).toBe(buttons[2]);
  expect(made.panel('c').hidden).toBe(false);
});
