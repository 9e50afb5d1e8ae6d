// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { CommandRegistry } from '@lumino/commands';
import { Signal } from '@lumino/signaling';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MonitorsContext } from '../../../../jupyter-extension/src/panels/monitors/monitors-context.js';
import {
  defaultView,
  loadMemory,
  type MonitorsMemory,
} from '../../../../jupyter-extension/src/panels/monitors/monitors-memory.js';
import { MonitorsPanel } from '../../../../jupyter-extension/src/panels/monitors/monitors-panel.js';
import { RunTracker } from '../../../../jupyter-extension/src/panels/monitors/run-tracker.js';
import { ProjectRegistry } from '../../../../jupyter-extension/src/project/project-registry.js';
import { defaultSettings, panelSettings } from '../../../../jupyter-extension/src/settings/panel-settings.js';
import { ChartSet } from '../../../../jupyter-extension/src/widgets/chart-set.js';
import { LateParts } from '../../../../jupyter-extension/src/widgets/late-parts.js';
import { fleetFiles } from '../../../support/fleet-project.js';
import { MemoryFiles } from '../../support/memory-files.js';
import { trans } from '../../support/trans.js';

vi.mock('@jupyterlab/apputils', () => ({ Notification: { error: (words: string) => errors.push(words) } }));

const errors = vi.hoisted((): string[] => []);
const sender = {};
const visibility = new Signal<object, boolean>(sender);
const resized = new Signal<object, void>(sender);
const now = (): Date => new Date('2026-03-09T12:00:00Z');

class Scene {
  readonly files = new MemoryFiles();
  readonly closing = new AbortController();
  readonly commands = new CommandRegistry();
  readonly executed: unknown[] = [];
  readonly saved: MonitorsMemory[] = [];
  readonly runs = new RunTracker();
  readonly registry = new ProjectRegistry(this.files, trans, async () => '');
  rowsShown = 0;
  panel: MonitorsPanel;

  constructor(memory: MonitorsMemory = { view: defaultView, found: [] }) {
    for (const id of ['open-dashboard', 'run-monitor', 'pause-monitor', 'set-up', 'open-project-file']) {
      this.commands.addCommand(`driftline:${id}`, { execute: (args) => this.executed.push([id, args]) });
    }
    const context: MonitorsContext = {
      ...{ trans, charts: new ChartSet(), parts: new LateParts(trans), projects: this.registry },
      commands: this.commands,
      kernel: { get: () => Promise.reject(new Error('no kernel')) },
      runs: this.runs,
      closed: this.closing.signal,
      ...{ visibility, resized, now },
      isVisible: () => false,
      hasFocus: () => false,
      load: async () => memory,
      save: async (saved) => {
        this.saved.push(saved);
      },
      settled: Promise.resolve(),
      openProject: async () => {
        this.executed.push(['open-project']);
      },
      onRows: () => {
        this.rowsShown += 1;
      },
    };
    this.panel = new MonitorsPanel(context);
    document.body.replaceChildren(this.panel.node);
  }

  putFleet(folder: string, endpoints: number): void {
    for (const [file, text] of fleetFiles({ endpoints, detailed: 0 })) this.files.put(`${folder}/${file}`, text);
  }

  get text(): string {
    return this.panel.node.textContent ?? '';
  }

  rows(): HTMLElement[] {
    return [...this.panel.node.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  }

  row(name: string): HTMLElement {
    const found = this.rows().find((row) => nameOf(row) === name);
    if (found === undefined) throw new Error(`no row ${name}`);
    return found;
  }

  button(name: string): HTMLButtonElement {
    const buttons = [...this.panel.node.querySelectorAll('button')];
    return buttons.find((node) => (node.getAttribute('aria-label') ?? node.textContent)?.startsWith(name))!;
  }

  summary(): string | undefined {
    return this.panel.node.querySelector('[role="status"]')?.textContent ?? undefined;
  }
}

/** The endpoint, or the type of the monitor. */
const nameOf = (row: Element | undefined): string =>
  row?.querySelector('.driftline-row-name, .driftline-row-title')?.textContent ?? '';
const stateOf = (row: Element | undefined): string => row?.querySelector('.driftline-status')?.textContent ?? '';

let scene: Scene;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  panelSettings.set({});
});
afterEach(() => {
  expect(errors.splice(0)).toEqual([]);
  scene.closing.abort();
  panelSettings.set(defaultSettings as unknown as Record<string, unknown>);
});

describe('MonitorsPanel', () => {
  it('finds a project and shows its endpoints with their monitors', async () => {
    scene = new Scene();
    scene.putFleet('shop', 2);
    await scene.panel.start();
    expect(scene.summary()).toMatch(/^(\d of 2 endpoints have violations|No violations on 2 endpoints)$/);
    expect(scene.rows()).toHaveLength(2 + 8);
    expect(scene.saved.at(-1)?.found).toEqual(['shop']);
    expect(scene.rowsShown).toBeGreaterThan(0);
    const row = scene.row('Data quality');
    expect(row.getAttribute('aria-level')).toBe('2');
    expect(row.querySelector('[title="Next execution: 10 Mar 2026, 00:00 UTC."]')?.textContent).toBe('Next 10 Mar');
    expect(row.querySelector('svg[role="img"]')?.getAttribute('aria-label')).toMatch(/^30 executions since/);
  });

  it('has few of 500 endpoints on the page, and says how many there are', async () => {
    scene = new Scene();
    scene.putFleet('fleet', 500);
    await scene.panel.start();
    expect(scene.summary()).toMatch(/^\d+ of 500 endpoints have violations$/);
    expect(scene.rows().length).toBeLessThan(40);
    expect(scene.rows()[0]?.getAttribute('aria-setsize')).toBe('500');
  });

  it('takes the projects of the settings, and follows them', async () => {
    scene = new Scene();
    scene.putFleet('a', 2);
    scene.putFleet('b', 2);
    panelSettings.set({ projects: ['a/'] });
    await scene.panel.start();
    expect(scene.registry.projects.map(({ path }) => path)).toEqual(['a']);
    panelSettings.set({ projects: ['b'] });
    await settle();
    await settle();
    await settle();
    expect(scene.registry.projects.map(({ path }) => path)).toEqual(['b']);
    expect(scene.rows().length).toBeGreaterThan(0);
  });

  it('closes what was found when the settings name projects', async () => {
    scene = new Scene();
    scene.putFleet('a', 1);
    scene.putFleet('b', 1);
    await scene.panel.start();
    expect(
      scene
        .rows()
        .map(nameOf)
        .filter((name) => name === 'a' || name === 'b'),
    ).toEqual(['a', 'b']);
    panelSettings.set({ projects: ['b/driftline.yaml'] });
    await settle();
    await settle();
    expect(scene.registry.projects.map(({ path }) => path)).toEqual(['b']);
  });

  it('tells monitors of one type apart by their names', async () => {
    scene = new Scene();
    const monitor = '{ type: data-quality, endpoint: shop, baseline: b, schedule: cron(0 0 ? * * *), output: o }';
    scene.files.put(
      'p/driftline.yaml',
      `version: 1\nendpoints:\n  shop: { capture: c }\nmonitors:\n  north: ${monitor}\n  south: ${monitor}\n`,
    );
    await scene.panel.start();
    expect(scene.rows().map(nameOf)).toEqual([
      'shop',
      'Data quality: north',
      'Data quality: south',
      'Model quality',
      'Bias',
      'Attribution',
    ]);
  });

  it('offers an action as soon as there is a command for it', async () => {
    scene = new Scene();
    scene.putFleet('shop', 1);
    await scene.panel.start();
    const edit = (): boolean | undefined =>
      scene.row('Data quality').querySelector<HTMLButtonElement>('[data-action="edit"]')?.disabled;
    expect(edit()).toBe(true);
    scene.commands.addCommand('driftline:edit-constraints', { execute: () => undefined });
    await settle();
    expect(edit()).toBe(false);
  });

  it('filters by state, search and type, says what is left and remembers it', async () => {
    scene = new Scene();
    scene.putFleet('fleet', 200);
    await scene.panel.start();
    const chip = scene.button('failed ');
    const count = Number(chip.textContent?.split(' ')[1]);
    chip.click();
    expect(chip.getAttribute('aria-pressed')).toBe('true');
    expect(count).toBeGreaterThan(1);
    expect(scene.rows().every((row) => row.textContent?.includes('failed'))).toBe(true);

    const search = scene.panel.node.querySelector<HTMLInputElement>('input[type="search"]')!;
    search.value = 'nothing like it';
    search.dispatchEvent(new Event('input'));
    expect(scene.rows()).toEqual([]);
    expect(scene.text).toContain('No endpoint is left by search and filters.');
    expect(scene.saved.at(-1)?.view).toMatchObject({ search: 'nothing like it', kinds: ['failed'] });
    scene.button('Show all').click();
    expect(search.value).toBe('');
    expect(scene.rows().length).toBeGreaterThan(10);

    const [type] = scene.panel.node.querySelectorAll('select');
    type!.value = 'model-bias';
    type!.dispatchEvent(new Event('change'));
    expect(scene.saved.at(-1)?.view).toMatchObject({ search: '', kinds: [], type: 'model-bias' });
    const chips = [...(scene.rows()[0]?.querySelectorAll<HTMLElement>('.driftline-monitor-chip') ?? [])];
    expect(chips.map(({ title }) => title.split(':')[0])).toEqual(['Bias']);
  });

  it('is as it was left after a reload', async () => {
    const view = { ...defaultView, search: 'fraud', sort: 'name' as const };
    scene = new Scene({ view, found: ['gone', 'fleet'] });
    scene.putFleet('fleet', 100);
    await scene.panel.start();
    expect(scene.rows().every((row) => nameOf(row).startsWith('fraud'))).toBe(true);
    // A project that is not there any more is no problem of anybody's.
    expect(scene.registry.projects.map(({ path }) => path)).toEqual(['fleet']);
    expect(scene.panel.node.querySelector('[role="alert"]')).toBeNull();
  });

  it('opens, runs and pauses by buttons and keys', async () => {
    scene = new Scene();
    scene.putFleet('shop', 2);
    await scene.panel.start();
    scene.panel.focus();
    const endpoint = document.activeElement as HTMLElement;
    const name = nameOf(endpoint);
    const press = (key: string): boolean =>
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    press('Enter');
    press('ArrowDown');
    press('Enter');
    const target = { project: 'shop', endpoint: name, monitor: `${name}-data-quality` };
    expect(scene.executed).toEqual([
      ['open-dashboard', { project: 'shop', endpoint: name }],
      ['open-dashboard', target],
    ]);
    const row = document.activeElement as HTMLElement;
    row.querySelector<HTMLElement>('[data-action="run"]')?.click();
    row.querySelector<HTMLElement>('[data-action="pause"]')?.click();
    expect(scene.executed.slice(2)).toEqual([
      ['run-monitor', target],
      ['pause-monitor', target],
    ]);
    // Nobody edits constraints in this page.
    expect(row.querySelector<HTMLButtonElement>('[data-action="edit"]')?.disabled).toBe(true);
    press('ArrowLeft');
    press('ArrowLeft');
    expect(document.activeElement?.getAttribute('aria-expanded')).toBe('false');
    expect(scene.saved.at(-1)?.view.toggled).toEqual([`endpoint:shop:${name}`]);
  });

  it('shows an endpoint without monitors, one click from getting some', async () => {
    scene = new Scene();
    scene.files.put('p/driftline.yaml', 'version: 1\nendpoints:\n  bare: { capture: c }\nmonitors: {}\n');
    await scene.panel.start();
    expect(scene.summary()).toBe('No violations on 1 endpoint');
    expect(stateOf(scene.row('bare'))).toBe('no monitor');
    scene.button('Set up monitors').click();
    scene.button('Set up this monitor').click();
    expect(scene.executed).toEqual([
      ['set-up', { project: 'p', endpoint: 'bare' }],
      ['set-up', { project: 'p', endpoint: 'bare', type: 'data-quality' }],
    ]);
  });

  it('shows what is wrong in a project file by line and column, and the others besides', async () => {
    scene = new Scene();
    scene.putFleet('good', 1);
    scene.files.put('bad/driftline.yaml', 'version: 1\nendpoints: {}\nmonitors:\n  m: { type: data-qality }\n');
    await scene.panel.start();
    const alert = scene.panel.node.querySelector('[role="alert"]');
    expect(alert?.textContent).toContain('Project "bad" has a problem');
    expect(alert?.textContent).toContain('4:14 monitors.m.type');
    scene.button('Open driftline.yaml').click();
    expect(scene.executed).toEqual([['open-project-file', { project: 'bad' }]]);
    expect(scene.rows().length).toBeGreaterThan(4);
  });

  it('says what to do where there is no project', async () => {
    scene = new Scene();
    await scene.panel.start();
    expect(scene.text).toContain('No project is open.');
    const buttons = [...scene.panel.node.querySelectorAll('.driftline-action')].map((node) => node.textContent);
    expect(buttons).toEqual(['Open project …', 'Set up a new project']);
    scene.button('Set up a new project').click();
    expect(scene.executed).toEqual([['set-up', {}]]);
  });

  it('follows the files and the runs of this page', async () => {
    scene = new Scene();
    scene.putFleet('shop', 1);
    await scene.panel.start();
    const name = nameOf(scene.rows()[0]);
    const end = scene.runs.begin('shop', [`${name}-data-quality`]);
    await settle();
    expect(stateOf(scene.row('Data quality'))).toBe('running …');
    end();
    await settle();
    expect(stateOf(scene.row('Data quality'))).not.toBe('running …');

    const file = 'shop/driftline-status.json';
    const status = JSON.parse(scene.files.texts.get(file)!);
    status.monitors[`${name}-data-quality`].last.outcome = 'failed';
    scene.files.put(file, JSON.stringify(status));
    await scene.registry.refresh();
    await settle();
    expect(stateOf(scene.row('Data quality'))).toBe('failed');
  });

  it('shows names as text, never as markup', async () => {
    scene = new Scene();
    const status = {
      schema: 'driftline.status',
      version: 1,
      updatedAt: '2026-03-09T00:00:00Z',
      monitors: {
        m: {
          endpoint: 'shop',
          violations: 0,
          last: {
            ...{ scheduledTime: '2026-03-09T00:00:00Z', outcome: 'failed', status: 'Failed', violations: [] },
            ...{ headline: '<img src=x onerror=alert(1)> is missing', folder: '2026/03/09/00', rows: 0, reports: 0 },
          },
          trend: { scheduledTimes: ['2026-03-09T00:00:00Z'], outcomes: ['failed'], violations: [0] },
        },
      },
    };
    scene.files.put(
      'p/driftline.yaml',
      'version: 1\nendpoints:\n  shop: { capture: c }\nmonitors:\n  m: { type: data-quality, endpoint: shop, baseline: b, schedule: cron(0 0 ? * * *), output: o }\n',
    );
    scene.files.put('p/driftline-status.json', JSON.stringify(status));
    await scene.panel.start();
    expect(scene.text).toContain('<img src=x onerror=alert(1)> is missing');
    expect(scene.panel.node.querySelector('img')).toBeNull();
  });
});

describe('loadMemory()', () => {
  const from = (stored: unknown) =>
    loadMemory({ fetch: async () => stored } as unknown as Parameters<typeof loadMemory>[0]);

  it('gives the default where nothing was stored, or something else', async () => {
    const expected = { view: defaultView, found: [] };
    expect(await loadMemory(null)).toEqual(expected);
    expect(await from(undefined)).toEqual(expected);
    expect(await from({ view: 7, found: 'x' })).toEqual(expected);
    expect(await from({ view: { sort: 'sideways', kinds: [1], type: 'x' } })).toEqual(expected);
  });

  it('gives what was stored', async () => {
    const memory = { view: { ...defaultView, type: 'model-bias', toggled: ['a'] }, found: ['p'] };
    expect(await from(memory)).toEqual(memory);
  });
});
