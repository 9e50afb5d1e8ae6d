import { type ISignal, Signal } from '@lumino/signaling';

/** What a user can set; `schema/plugin.json` describes each, and has the same defaults. */
export interface PanelSettings {
  /** Charts drawn at the same time on one page, at least 1. */
  readonly chartLimit: number;
  /** The zone in which times are shown. */
  readonly timeZone: TimeZone;
  /** Folders with a `driftline.yaml`, from the server's root; empty: the panels look for one themselves. */
  readonly projects: readonly string[];
  /** Whether a double click on a result file opens its viewer; otherwise the viewers stay in "Open With". */
  readonly openFilesInDriftline: boolean;
}

/** UTC as the files have it, or the zone of the browser. */
export type TimeZone = 'UTC' | 'local';

export const defaultSettings: PanelSettings = {
  chartLimit: 12,
  timeZone: 'UTC',
  projects: [],
  openFilesInDriftline: true,
};

/** The settings of now. Whoever reads them again on `changed` follows the user without a reload. */
export class PanelSettingsHolder {
  readonly #changed = new Signal<this, readonly (keyof PanelSettings)[]>(this);
  #current: PanelSettings = defaultSettings;

  get current(): PanelSettings {
    return this.#current;
  }

  /** Emitted with the names of the settings that have another value now. */
  get changed(): ISignal<this, readonly (keyof PanelSettings)[]> {
    return this.#changed;
  }

  /** Takes over what a settings file says; a value that is missing or no valid one is the default. */
  set(values: Readonly<Record<string, unknown>>): void {
    const before = this.#current;
    const { chartLimit, timeZone, projects, openFilesInDriftline } = values;
    const next: PanelSettings = {
      chartLimit:
        typeof chartLimit === 'number' && chartLimit >= 1 ? Math.floor(chartLimit) : defaultSettings.chartLimit,
      timeZone: timeZone === 'local' || timeZone === 'UTC' ? timeZone : defaultSettings.timeZone,
      projects: Array.isArray(projects)
        ? projects.filter((project): project is string => typeof project === 'string')
        : defaultSettings.projects,
      openFilesInDriftline:
        typeof openFilesInDriftline === 'boolean' ? openFilesInDriftline : defaultSettings.openFilesInDriftline,
    };
    this.#current = next;
    const names = (Object.keys(next) as (keyof PanelSettings)[]).filter(
      (name) => JSON.stringify(next[name]) !== JSON.stringify(before[name]),
    );
    if (names.length > 0) this.#changed.emit(names);
  }
}

/** The one holder of the page; the settings plugin fills it. */
export const panelSettings: PanelSettingsHolder = new PanelSettingsHolder();
