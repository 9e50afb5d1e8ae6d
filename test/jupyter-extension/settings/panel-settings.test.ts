import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultSettings, PanelSettingsHolder } from '../../../jupyter-extension/src/settings/panel-settings.js';

interface Property {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
}

const { properties } = JSON.parse(
  readFileSync(new URL('../../../jupyter-extension/schema/plugin.json', import.meta.url), 'utf8'),
) as { readonly properties: Readonly<Record<string, Property>> };

describe('the settings schema', () => {
  it('has the settings of the holder with the same defaults', () => {
    expect(Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, value.default]))).toEqual(
      defaultSettings,
    );
  });

  it('gives every setting a title and a description that is a sentence', () => {
    for (const { title, description } of Object.values(properties)) {
      expect(title).toMatch(/^[A-Z]/);
      expect(description).toMatch(/\.$/);
    }
  });
});

describe('PanelSettingsHolder', () => {
  it('takes values over and says which of them are others than before', () => {
    const holder = new PanelSettingsHolder();
    const seen: unknown[] = [];
    holder.changed.connect((_sender, names) => seen.push(names));
    holder.set({ ...defaultSettings, chartLimit: 4, projects: ['a/b'] });
    holder.set({ ...defaultSettings, chartLimit: 4, projects: ['a/b'] });
    expect(seen).toEqual([['chartLimit', 'projects']]);
    expect(holder.current).toEqual({ ...defaultSettings, chartLimit: 4, projects: ['a/b'] });
  });

  it('has the default where a value is missing or none', () => {
    const holder = new PanelSettingsHolder();
    holder.set({ chartLimit: 0, timeZone: 'Mars', projects: 'a', openFilesInDriftline: 'yes' });
    expect(holder.current).toEqual(defaultSettings);
    holder.set({ chartLimit: 7.9, timeZone: 'local', projects: ['a', 3], openFilesInDriftline: false });
    expect(holder.current).toEqual({ chartLimit: 7, timeZone: 'local', projects: ['a'], openFilesInDriftline: false });
    holder.set({});
    expect(holder.current).toEqual(defaultSettings);
  });
});
