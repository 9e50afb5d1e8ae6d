import { type ISignal, Signal } from '@lumino/signaling';
import type { ExecutionRecord, MonitorConfig, MonitorType } from 'driftline';
import type { TimeEvent } from '../../charts/event-marks.js';
import type { MainPanelContext } from '../../main-area/main-panel.js';
import type { ProjectStore } from '../../project/project-store.js';
import { isWithin, type TimeSpan } from '../../project/time-span.js';
import type { ChartOrTable } from '../../widgets/chart-with-table.js';
import { type DashboardArgs, listEntry, lists, type TabId, tabOf } from './dashboard-args.js';
import { hasReport, type MonitorHistory, readHistory } from './monitor-history.js';
import { brushedRange, choiceOf, defaultRange, type Known, type RangeChoice, rangeOf } from './time-range.js';
import { measureFrom } from './timing.js';

/** What has changed: the range of time, what the project has, or what the reader chose within a tab. */
export type DashboardChange = 'range' | 'project' | 'choice';

/** A cell of the map of drift, by the names of the files. */
export interface ChosenFeature {
  readonly feature: string;
  /** ISO: the start of the hour or window. */
  readonly hour?: string;
}

/** One endpoint as its dashboard shows it: the range that all charts share, and what the reader chose. */
export class Dashboard {
  readonly store: ProjectStore;
  readonly endpoint: string;
  readonly context: MainPanelContext;
  /** Whether a chart is shown as chart or as table, by its name: kept when it is made again. */
  readonly shownAs: Map<string, ChartOrTable> = new Map();
  /** What was chosen in the lists of metrics and features, by list. */
  readonly groups: Map<string, string> = new Map();
  readonly #changed = new Signal<this, DashboardChange>(this);
  readonly #monitors: Map<MonitorType, string> = new Map();
  readonly #executions: Map<string, string> = new Map();
  readonly #histories: Map<string, { readonly version: string; readonly history: Promise<MonitorHistory> }> = new Map();
  readonly #now: () => Date;
  readonly #before: RangeChoice[] = [];
  #choice: RangeChoice;
  #span: TimeSpan;
  #first: Date | undefined;
  #tab: TabId;
  #feature: ChosenFeature | undefined;

  constructor(store: ProjectStore, args: DashboardArgs, context: MainPanelContext, now: () => Date) {
    this.store = store;
    this.endpoint = args.endpoint;
    this.context = context;
    this.#now = now;
    const { monitor, feature, hour } = args;
    const type = monitor === undefined ? undefined : store.config?.monitors[monitor]?.type;
    if (monitor !== undefined && type !== undefined) this.#monitors.set(type, monitor);
    this.#tab = tabOf(args.tab, type ?? (feature === undefined ? undefined : 'data-quality'));
    if (feature !== undefined) this.#show(feature, hour);
    this.#choice =
      choiceOf(args) ?? choiceOf(context.previous as Partial<DashboardArgs>) ?? defaultRange(this.#known(), now());
    this.#span = rangeOf(this.#choice, this.#known(), now());
  }

  get changed(): ISignal<this, DashboardChange> {
    return this.#changed;
  }

  get choice(): RangeChoice {
    return this.#choice;
  }

  /** The range that is shown. */
  get span(): TimeSpan {
    return this.#span;
  }

  get tab(): TabId {
    return this.#tab;
  }

  set tab(tab: TabId) {
    this.#tab = tab;
    this.#remember();
  }

  /** The feature whose distributions are shown. */
  get feature(): ChosenFeature | undefined {
    return this.#feature;
  }

  /** Resolves what depends on files; to be awaited before anything is shown. */
  async start(): Promise<void> {
    await this.#resolve();
    this.#remember();
  }

  /** The endpoint's monitors of a type, by name. */
  monitorsOf(type: MonitorType): readonly (readonly [name: string, config: MonitorConfig])[] {
    return this.store.monitorsOf(this.endpoint).filter(([, config]) => config.type === type);
  }

  /** The monitor of a type that is shown; undefined where the endpoint has none. */
  monitorOf(type: MonitorType): string | undefined {
    const names = this.monitorsOf(type).map(([name]) => name);
    const chosen = this.#monitors.get(type);
    return chosen !== undefined && names.includes(chosen) ? chosen : names[0];
  }

  chooseMonitor(type: MonitorType, monitor: string): void {
    this.#monitors.set(type, monitor);
    this.#remember();
    this.#changed.emit('choice');
  }

  /** The end of the newest window of any of the endpoint's monitors; undefined where nothing ever ran. */
  get latest(): Date | undefined {
    return this.#known().latest;
  }

  async chooseRange(choice: RangeChoice): Promise<void> {
    this.#before.push(this.#choice);
    await this.#showRange(choice);
  }

  /** Whether another range was shown before. */
  get canGoBack(): boolean {
    return this.#before.length > 0;
  }

  /** Shows the range again that was shown before. */
  async goBack(): Promise<void> {
    const choice = this.#before.pop();
    if (choice !== undefined) await this.#showRange(choice);
  }

  /** Shows what was dragged over, as far as it is no slip. */
  async brush(from: string, to: string): Promise<void> {
    const choice = brushedRange(from, to, this.#span);
    if (choice !== undefined) await this.chooseRange(choice);
  }

  /** What a monitor did in the range; read once as long as nothing ran. */
  history(monitor: string): Promise<MonitorHistory> {
    const config = this.store.config?.monitors[monitor];
    const { from, to } = this.#span;
    const version = `${from.getTime()} ${to.getTime()} ${this.store.status?.updatedAt}`;
    const known = this.#histories.get(monitor);
    if (known?.version === version) return known.history;
    if (config === undefined) {
      return Promise.reject(new Error(this.context.trans.__('The project has no monitor "%1".', monitor)));
    }
    const history = readHistory(this.store, monitor, config, this.#span);
    this.#histories.set(monitor, { version, history });
    history.catch(() => this.#histories.delete(monitor));
    return history;
  }

  /** The execution that is shown in full: the chosen one, else the newest one that has a report. */
  executionOf({ monitor, executions }: Pick<MonitorHistory, 'monitor' | 'executions'>): ExecutionRecord | undefined {
    const chosen = this.#executions.get(monitor);
    return (
      executions.find(({ scheduledTime }) => scheduledTime === chosen) ??
      executions.findLast(hasReport) ??
      executions.at(-1)
    );
  }

  /** Takes an execution as chosen without telling: the hour that was asked for lies in its window. */
  adoptExecution(monitor: string, scheduledTime: string): void {
    this.#executions.set(monitor, scheduledTime);
  }

  chooseExecution(monitor: string, scheduledTime: string): void {
    if (this.#executions.get(monitor) === scheduledTime) return;
    this.#executions.set(monitor, scheduledTime);
    this.#changed.emit('choice');
  }

  /** Shows an entry of a list of metrics or features; see {@link groups}. */
  chooseGroup(list: string, group: string): void {
    this.groups.set(list, group);
    this.#changed.emit('choice');
  }

  /** Whether the reader chose an execution of a monitor, or one of its hours. */
  hasChosenExecution(monitor: string): boolean {
    return this.#executions.has(monitor);
  }

  /** Shows a feature in an hour of a monitor, and with it the execution whose window has the hour. */
  chooseFeature(chosen: ChosenFeature, monitor: string, scheduledTime: string): void {
    performance.mark('driftline:feature-start');
    this.#feature = chosen;
    this.#executions.set(monitor, scheduledTime);
    this.#remember();
    this.#changed.emit('choice');
  }

  /** What happened to the endpoint in the range, ascending: events of the project, and decisions about its violations. */
  events(): TimeEvent[] {
    const { events, decisions } = this.store.annotations;
    const monitors = new Set(this.store.monitorsOf(this.endpoint).map(([name]) => name));
    const own = events.filter(({ endpoint }) => endpoint === undefined || endpoint === this.endpoint);
    const decided = decisions.filter(({ monitor }) => monitors.has(monitor));
    return [
      ...own.map(({ id, time, kind, text }): TimeEvent => ({ id, time, kind, text })),
      ...decided.map(({ id, at, kind, monitor, violation, text }): TimeEvent => {
        const what = `${monitor}, ${violation}`;
        return { id, time: at, kind, text: text === undefined || text === '' ? what : `${what}: ${text}` };
      }),
    ]
      .filter(({ time }) => isWithin(time, this.#span))
      .sort((a, b) => Date.parse(a.time) - Date.parse(b.time));
  }

  /** What would show this view again; with `fixed` the range stays where it is now. */
  args(fixed: boolean = false): DashboardArgs {
    const { from, to } = this.#span;
    const choice = fixed ? { from: from.toISOString(), to: to.toISOString() } : this.#choice;
    const type = this.#monitorTypeOfTab();
    const monitor = type && this.#monitors.get(type);
    return {
      project: this.store.path,
      endpoint: this.endpoint,
      tab: this.#tab,
      ...choice,
      ...(monitor !== undefined && { monitor }),
      ...(this.#feature !== undefined && this.#feature),
    };
  }

  /** A chart was drawn: the first one ends what the opening of the dashboard took. */
  drawn(): void {
    measureFrom('driftline:open-dashboard-start', 'driftline:dashboard');
  }

  /** The project has changed on the disk: a range that moves along moves. */
  async follow(): Promise<void> {
    await this.#resolve();
    this.#changed.emit('project');
  }

  dispose(): void {
    Signal.clearData(this);
    this.#histories.clear();
  }

  async #showRange(choice: RangeChoice): Promise<void> {
    this.#choice = choice;
    await this.#resolve();
    this.#remember();
    this.#changed.emit('range');
  }

  #show(feature: string, hour: string | undefined): void {
    const tab = this.#tab;
    if (tab === 'model-quality' || tab === 'bias' || tab === 'attribution') {
      this.groups.set(lists[tab], listEntry(tab, feature));
    } else {
      this.#feature = { feature, ...(hour !== undefined && { hour }) };
    }
  }

  #monitorTypeOfTab(): MonitorType | undefined {
    return [...this.#monitors.keys()].find((type) => tabOf(undefined, type) === this.#tab);
  }

  #remember(): void {
    this.context.remember(this.args());
  }

  async #resolve(): Promise<void> {
    const choice = this.#choice;
    if ('last' in choice && choice.last === 'all') {
      const monitors = this.store.monitorsOf(this.endpoint).map(([name]) => name);
      const starts = await Promise.all(monitors.map((name) => this.store.historyStart(name).catch(() => undefined)));
      const times = starts.filter((start) => start !== undefined).map((start) => start.getTime());
      this.#first = times.length === 0 ? undefined : new Date(Math.min(...times));
      if (choice !== this.#choice) return;
    }
    this.#span = rangeOf(choice, this.#known(), this.#now());
  }

  #known(): Known {
    const ends = this.store
      .monitorsOf(this.endpoint)
      .flatMap(([name]) => this.store.status?.monitors[name]?.last.window.end ?? [])
      .map((end) => Date.parse(end));
    return {
      ...(this.#first !== undefined && { first: this.#first }),
      ...(ends.length > 0 && { latest: new Date(Math.max(...ends)) }),
    };
  }
}
