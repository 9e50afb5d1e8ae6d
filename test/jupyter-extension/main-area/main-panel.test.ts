// @vitest-environment jsdom
import '../support/browser-stubs.js';
import { describe, expect, it } from 'vitest';
import {
  MainPanel,
  type MakeMainPanel,
  type PanelServices,
} from '../../../jupyter-extension/src/main-area/main-panel.js';
import { panelSettings } from '../../../jupyter-extension/src/settings/panel-settings.js';
import { trans } from '../support/trans.js';

const services = {} as unknown as PanelServices;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function panel(make: MakeMainPanel<{ readonly name: string }>): MainPanel<{ readonly name: string }> {
  return new MainPanel(trans, services, async () => make);
}

describe('MainPanel', () => {
  it('shows what its code makes of the arguments, and ends the former content when it is opened again', async () => {
    const ended: boolean[] = [];
    const shown = panel(({ name }, { closed, setTitle }) => {
      setTitle(`About ${name}`);
      closed.addEventListener('abort', () => ended.push(true));
      const node = document.createElement('p');
      node.textContent = name;
      return node;
    });
    shown.open({ name: '<b>a</b>' }, 'First');
    await settle();
    expect(shown.node.textContent).toBe('<b>a</b>');
    expect(shown.title.label).toBe('About <b>a</b>');

    shown.open({ name: 'b' }, 'Second');
    await settle();
    expect(shown.node.textContent).toBe('b');
    expect(ended).toEqual([true]);
    shown.dispose();
    expect(ended).toEqual([true, true]);
  });

  it('says why a panel could not be made', async () => {
    const shown = panel(async () => {
      throw new Error('There is no endpoint "x".');
    });
    shown.open({ name: 'a' }, 'First');
    await settle();
    await settle();
    expect(shown.node.querySelector('[role=alert]')?.textContent).toContain('There is no endpoint "x".');
    shown.dispose();
  });

  it('remembers other arguments', async () => {
    const seen: unknown[] = [];
    const shown = panel((_args, { remember }) => {
      remember({ name: 'a', tab: 'bias' });
      return document.createElement('p');
    });
    shown.remembered.connect((_sender, args) => seen.push(args));
    shown.open({ name: 'a' }, 'First');
    await settle();
    expect(seen.at(-1)).toEqual({ name: 'a', tab: 'bias' });
    expect(shown.args).toEqual({ name: 'a', tab: 'bias' });
    shown.dispose();
  });

  it('is made anew as the reader left it when times are to be shown in another zone', async () => {
    const made: unknown[] = [];
    const ended: string[] = [];
    const shown = panel((args, { closed, remember, previous }) => {
      made.push([args, previous]);
      closed.addEventListener('abort', () => ended.push(args.name));
      if (args.name === 'a') remember({ name: 'a and more' });
      return document.createElement('p');
    });
    shown.open({ name: 'a' }, 'First');
    await settle();
    panelSettings.set({ timeZone: 'local' });
    await settle();
    shown.open({ name: 'b' }, 'Second');
    await settle();
    expect(made).toEqual([
      [{ name: 'a' }, {}],
      [{ name: 'a and more' }, {}],
      [{ name: 'b' }, { name: 'a and more' }],
    ]);
    expect(ended).toEqual(['a', 'a and more']);
    panelSettings.set({});
    shown.dispose();
  });
});
