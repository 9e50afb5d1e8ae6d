// @vitest-environment jsdom
import '../support/browser-stubs.js';
import { Signal } from '@lumino/signaling';
import { afterEach, expect, it, vi } from 'vitest';
import { defaultSettings, panelSettings } from '../../../jupyter-extension/src/settings/panel-settings.js';

vi.mock('@jupyterlab/apputils', () => ({ Notification: { error: vi.fn() } }));
vi.mock('@jupyterlab/settingregistry', () => ({ ISettingRegistry: {} }));

const { settingsPlugin } = await import('../../../jupyter-extension/src/plugins/settings-plugin.js');

afterEach(() => panelSettings.set({}));

it('settings are effective when they are loaded, and as soon as they are changed', async () => {
  const settings = { composite: { chartLimit: 3 } as Record<string, unknown> };
  const changed = new Signal<object, void>(settings);
  const load = vi.fn(async () => ({
    changed,
    get composite() {
      return settings.composite;
    },
  }));
  await settingsPlugin.activate({} as never, { load });
  await vi.waitFor(() => expect(panelSettings.current.chartLimit).toBe(3));
  expect(load).toHaveBeenCalledExactlyOnceWith('@driftline/jupyterlab:plugin');
  settings.composite = { chartLimit: 30, timeZone: 'local' };
  changed.emit();
  expect(panelSettings.current).toEqual({ ...defaultSettings, chartLimit: 30, timeZone: 'local' });
});
