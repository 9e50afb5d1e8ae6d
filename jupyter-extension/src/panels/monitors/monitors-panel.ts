import type { CommandRegistry } from '@lumino/commands';
import { Poll } from '@lumino/polling';
import { reportError } from '../../plugins/report-error.js';
import { projectFolder } from '../../project/project-registry.js';
import type { ProjectStore } from '../../project/project-store.js';
import { type PanelSettings, panelSettings } from '../../settings/panel-settings.js';
import { commandIds } from '../../tokens.js';
import { element } from '../../widgets/element.js';
import { kernelFooter } from './kernel-footer.js';
import { pictureButton } from './list-controls.js';
import { canDo, doAction } from './monitor-actions.js';
import { endpointEntries } from './monitor-entries.js';
import { type ListView, type ProjectGroup, violatedEndpoints } from './monitor-list.js';
import type { MonitorsContext } from './monitors-context.js';
import { defaultView, type MonitorsMemory } from './monitors-memory.js';
import { MonitorsView } from './monitors-view.js';
import { openProjects } from './open-projects.js';
import { type NoticeContext, noEndpoint, noProject, projectProblem } from './project-notices.js';
import { violatedWords } from './row-content.js';

type Library = typeof import('driftline/browser');

const REFRESH_MS = 20_000;
/** The side panel's content: every endpoint of the open projects with its monitors. */
export class MonitorsPanel {
  readonly node: HTMLElement;
  readonly #context: MonitorsContext;
  readonly #notices: NoticeContext;
  readonly #summary = element('p', { class: 'driftline-monitors-summary', role: 'status' });
  readonly #problems = element('div', { class: 'driftline-monitors-problems' });
  readonly #place = element('div', { class: 'driftline-monitors-place' });
  readonly #poll: Poll;
  readonly #followed = new Set<ProjectStore>();
  readonly #plan = (): void => this.#showSoon();
  #library: Library | undefined;
  #memory: MonitorsMemory = { view: defaultView, found: [] };
  #view: MonitorsView | undefined;
  #opening = true;
  #planned = false;
  /** The keyboard was brought here before there was anything to take it. */
  #focusWanted = false;
  #problemWords = '';
  #wanted: readonly string[] = [];

  constructor(context: MonitorsContext) {
    this.#context = context;
    const { trans, commands } = context;
    const openProject = context.openProject && (() => this.#try(context.openProject?.()));
    this.#notices = {
      trans,
      canDo: (action) => canDo(commands, action),
      act: (action, target) => doAction(commands, action, target),
      openProject,
      setUpProject: () => this.#try(commands.execute(commandIds.setUp, {})),
    };
    this.node = element(
      'div',
      { class: 'driftline-monitors' },
      element(
        'div',
        { class: 'driftline-monitors-head' },
        element('h2', {}, trans.__('Monitors')),
        pictureButton('refresh', trans.__('Refresh'), () => this.#try(this.#poll.refresh())),
        openProject && pictureButton('folder', trans.__('Open project …'), openProject),
      ),
      this.#summary,
      this.#problems,
      this.#place,
      kernelFooter(context),
    );
    this.#poll = new Poll({
      auto: false,
      factory: () => this.#refresh(),
      frequency: { interval: REFRESH_MS, backoff: true, max: 10 * REFRESH_MS },
      standby: 'when-hidden',
      name: 'driftline:monitors',
    });
    this.#follow();
  }

  /** Opens the projects of the settings, else those that are found. Resolved when the first of them are shown. */
  async start(): Promise<void> {
    const { load, settled, trans } = this.#context;
    this.#summary.textContent = trans.__('Loading …');
    [this.#memory, this.#library] = await Promise.all([
      load(),
      import(/* webpackChunkName: "project" */ 'driftline/browser'),
      settled,
    ]);
    await this.#open();
  }

  /** Takes the keyboard to the list, or to the first thing to do where there is none. */
  focus(): void {
    this.#focusWanted = this.#view === undefined;
    if (this.#view !== undefined) this.#view.focus();
    else this.#place.querySelector('button')?.focus();
  }

  /** Follows what changes, until the panel is closed. */
  #follow(): void {
    const { commands, runs, projects, visibility, resized, closed } = this.#context;
    const settingsChanged = (_holder: unknown, names: readonly (keyof PanelSettings)[]): void => {
      if (names.includes('projects')) this.#try(this.#open());
    };
    const seen = (_sender: unknown, visible: boolean): void => this.#seen(visible);
    const layout = (): void => this.#view?.layout();
    const added = (_sender: unknown, { type }: CommandRegistry.ICommandChangedArgs): void => {
      if (type === 'added' || type === 'removed') this.#showSoon();
    };
    commands.commandChanged.connect(added);
    runs.changed.connect(this.#plan);
    projects.changed.connect(this.#plan);
    panelSettings.changed.connect(settingsChanged);
    visibility.connect(seen);
    resized.connect(layout);
    closed.addEventListener('abort', () => {
      commands.commandChanged.disconnect(added);
      runs.changed.disconnect(this.#plan);
      projects.changed.disconnect(this.#plan);
      panelSettings.changed.disconnect(settingsChanged);
      visibility.disconnect(seen);
      resized.disconnect(layout);
      for (const store of this.#followed) store.changed.disconnect(this.#plan);
      this.#poll.dispose();
    });
  }

  async #open(): Promise<void> {
    const { projects, isVisible } = this.#context;
    const set = panelSettings.current.projects.map(projectFolder);
    this.#opening = true;
    const found = await openProjects(projects, { set, known: this.#memory.found }, () => this.#show());
    this.#opening = false;
    const wanted = found ?? set;
    for (const path of this.#wanted) if (!wanted.includes(path)) projects.close(path);
    this.#wanted = wanted;
    this.#show();
    if (found !== undefined && found.join('\n') !== this.#memory.found.join('\n')) this.#remember({ found });
    this.#seen(isVisible());
  }

  async #refresh(): Promise<void> {
    await this.#context.projects.refresh();
    // Without a change of the files the next executions may be others.
    this.#show();
  }

  #seen(visible: boolean): void {
    if (visible) this.#view?.layout();
    this.#try(visible ? this.#poll.start() : this.#poll.stop());
  }

  #showSoon(): void {
    if (this.#planned) return;
    this.#planned = true;
    queueMicrotask(() => {
      this.#planned = false;
      this.#show();
    });
  }

  /** Shows the projects as they are known now. */
  #show(): void {
    const library = this.#library;
    const { projects, runs, now, closed } = this.#context;
    if (library === undefined || closed.aborted) return;
    const stores = projects.projects;
    for (const store of stores) {
      if (!this.#followed.has(store)) store.changed.connect(this.#plan);
      this.#followed.add(store);
    }
    const options = { now: now(), isRunning: (path: string, name: string) => runs.isRunning(path, name) };
    const groups = stores.map((store) => {
      return { path: store.path, endpoints: endpointEntries(store, library, options) };
    });
    this.#showProblems(stores);
    const endpoints = groups.reduce((sum, group) => sum + group.endpoints.length, 0);
    this.#summarise(groups, endpoints);
    if (endpoints > 0) this.#showList(groups, library);
    else this.#showNothing(stores);
  }

  /** Made again only when they are others: a button in them may have the focus. */
  #showProblems(stores: readonly ProjectStore[]): void {
    const shown = stores.filter(({ problem }) => problem !== undefined);
    const words = JSON.stringify(shown.map(({ path, problem }) => [path, problem]));
    if (words === this.#problemWords) return;
    this.#problemWords = words;
    this.#problems.replaceChildren(...shown.map((store) => projectProblem(store, this.#notices)));
  }

  #showList(groups: readonly ProjectGroup[], { stateRank, stateKinds }: Library): void {
    const { trans, now } = this.#context;
    const { canDo: can, act } = this.#notices;
    if (this.#view === undefined) {
      this.#view = new MonitorsView({
        ...{ trans, now, canDo: can, act, stateRank, kinds: stateKinds },
        view: this.#memory.view,
        onChange: (view: ListView) => this.#remember({ view }),
      });
      this.#place.replaceChildren(this.#view.node);
    }
    this.#view.show(groups);
    if (this.#focusWanted && this.#context.hasFocus()) this.#view.focus();
    this.#focusWanted = false;
    this.#context.onRows();
  }

  #showNothing(stores: readonly ProjectStore[]): void {
    this.#view = undefined;
    const isRead = stores.some(({ config }) => config !== undefined);
    if (this.#opening) this.#place.replaceChildren();
    else if (stores.length === 0) this.#place.replaceChildren(noProject(this.#notices));
    else if (isRead) this.#place.replaceChildren(noEndpoint(this.#notices));
    else this.#place.replaceChildren();
  }

  #summarise(groups: readonly ProjectGroup[], endpoints: number): void {
    const { trans } = this.#context;
    const violated = violatedEndpoints(groups);
    let words = this.#opening ? trans.__('Looking for projects …') : '';
    if (endpoints > 0) {
      words =
        violated === 0
          ? trans._n('No violations on %1 endpoint', 'No violations on %1 endpoints', endpoints)
          : violatedWords(violated, endpoints, trans);
    }
    // Said once: screen readers would say it at every refresh.
    if (this.#summary.textContent !== words) this.#summary.textContent = words;
  }

  #remember(part: Partial<MonitorsMemory>): void {
    this.#memory = { ...this.#memory, ...part };
    this.#try(this.#context.save(this.#memory));
  }

  #try(promise: Promise<unknown> | undefined): void {
    promise?.catch((error: unknown) => reportError(error));
  }
}
