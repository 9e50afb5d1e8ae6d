import { CommandRegistry } from '@lumino/commands';
import { Menu } from '@lumino/widgets';
import type { ExportEntry } from '../widgets/export-button.js';

/** Opens a menu below a button. The focus goes back to the button when it closes. */
export function openExportMenu(button: HTMLElement, entries: readonly ExportEntry[], byKeyboard: boolean): Menu {
  const commands = new CommandRegistry();
  const menu = new Menu({ commands });
  entries.forEach(({ label, run }, index) => {
    const command = `driftline-export:${index}`;
    commands.addCommand(command, { label, execute: run });
    menu.addItem({ command });
  });
  button.setAttribute('aria-expanded', 'true');
  menu.aboutToClose.connect(() => {
    button.setAttribute('aria-expanded', 'false');
    button.focus();
    // The menu is still at work when it says so.
    setTimeout(() => menu.dispose(), 0);
  });
  const { left, bottom } = button.getBoundingClientRect();
  menu.open(left, bottom + 2);
  if (byKeyboard) menu.activeIndex = 0;
  return menu;
}
