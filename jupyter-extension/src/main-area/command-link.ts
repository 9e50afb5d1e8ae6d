import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { type Attributes, button } from '../widgets/element.js';
import type { PanelServices } from './main-panel.js';
import { reportLate } from './report-late.js';

/**
 * A button that opens something by a command of another panel. Undefined where there is no such command: its plugin is
 * switched off.
 */
export function commandLink(
  { commands }: Pick<PanelServices, 'commands'>,
  command: string,
  args: ReadonlyPartialJSONObject,
  words: string,
  attributes: Attributes = {},
): HTMLButtonElement | undefined {
  if (!commands.hasCommand(command)) return undefined;
  const run = (): void => {
    commands.execute(command, args).catch(reportLate);
  };
  return button({ class: 'driftline-link', ...attributes }, run, words);
}
