import type { TranslationBundle } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';
import type { ExecutionRecord, MonitorConfig, ProjectConfig, StatusFile } from 'driftline';
import type { AnnotationsFile, MeasuredSeries } from 'driftline/browser';
import { type ReadReport, readReport } from '../report/read-report.js';
import { endOfMonth, monthOf, monthsBetween } from './history-months.js';
import { ParsedFiles } from './parsed-files.js';
import { isBelow, joinPath, type ServerEntry, type ServerFiles } from './server-files.js';
import { isWithin, type TimeSpan } from './time-span.js';

type Library = typeof import('driftline/browser');

const PROJECT_FILE = 'driftline.yaml';
const emptyAnnotations: AnnotationsFile = { schema: 'driftline.annotations', version: 1, events: [], decisions: [] };

/** Reports that are kept in memory: going back and forth between executions does not fetch them again. */
const KEPT_REPORTS = 24;

/**
 * A project as the panels know it: its file, the state of its monitors, their histories and reports, and what people
 * noted. Read through the contents service; what lies elsewhere (S3, folders outside the server's root) by `readElsewhere`.
 * Histories are read when they are asked for, and again when the status says that something ran since.
 */
export class ProjectStore {
  /** The folder of `driftline.yaml` below the server's root; '' for the root itself. */
  readonly path: string;
  readonly #files: ServerFiles;
  readonly #trans: TranslationBundle;
  readonly #readElsewhere: (project: string, uri: string) => Promise<string>;
  readonly #changed = new Signal<this, void>(this);
  readonly #texts = new Map<string, { readonly version: string; readonly text: Promise<string> }>();
  readonly #parsed: ParsedFiles;
  readonly #reports = new Map<string, Promise<ReadReport>>();
  #config: ProjectConfig | undefined;
  #text = '';
  #status: StatusFile | undefined;
  #annotations = emptyAnnotations;
  #problem: string | undefined;
  #versions = '';

  constructor(
    path: string,
    files: ServerFiles,
    trans: TranslationBundle,
    readElsewhere: (project: string, uri: string) => Promise<string>,
  ) {
    this.path = path;
    this.#files = files;
    this.#parsed = new ParsedFiles(path, files);
    this.#trans = trans;
    this.#readElsewhere = readElsewhere;
  }

  /** Emitted when project file, status or annotations have changed. */
  get changed(): ISignal<this, void> {
    return this.#changed;
  }

  /** Undefined before the first {@link refresh}, and where the file cannot be read: see {@link problem}. */
  get config(): ProjectConfig | undefined {
    return this.#config;
  }

  /** The text of `driftline.yaml`. */
  get text(): string {
    return this.#text;
  }

  /** Undefined where no monitor ever ran. */
  get status(): StatusFile | undefined {
    return this.#status;
  }

  get annotations(): AnnotationsFile {
    return this.#annotations;
  }

  /** Why the project cannot be shown, or a part of it: what, where, and how to fix it. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Reads again what has changed on the disk; emits `changed` where anything has. */
  async refresh(): Promise<void> {
    const library = await this.#library();
    let entries: readonly ServerEntry[];
    try {
      entries = await this.#files.list(this.path);
    } catch (error) {
      this.#set({ problem: messageOf(error) });
      return;
    }
    const names = [PROJECT_FILE, library.STATUS_FILE, library.ANNOTATIONS_FILE];
    const own = entries.filter(({ name }) => names.includes(name));
    const versions = JSON.stringify(own.map(({ name, modified }) => [name, modified]));
    if (versions === this.#versions) return;
    if (!own.some(({ name }) => name === PROJECT_FILE)) {
      this.#set({ problem: this.#trans.__('There is no driftline.yaml in the folder "%1".', this.path || '/') });
      return;
    }
    const parsed = <Value>(name: string, parse: (text: string) => Value): Promise<Value | undefined> =>
      this.#parsed.get(own, name, parse);
    try {
      const [project, status, annotations] = await Promise.all([
        parsed(PROJECT_FILE, (text) => ({
          text,
          config: library.parseProjectFile(text, joinPath(this.path, PROJECT_FILE)),
        })),
        parsed(library.STATUS_FILE, (text) => library.parseStatus(text, library.STATUS_FILE)),
        parsed(library.ANNOTATIONS_FILE, (text) => library.parseAnnotations(text, library.ANNOTATIONS_FILE)),
      ]);
      this.#text = project?.text ?? '';
      this.#config = project?.config;
      this.#status = status;
      this.#annotations = annotations ?? emptyAnnotations;
      this.#versions = versions;
      this.#set({ problem: undefined });
    } catch (error) {
      this.#set({ problem: messageOf(error) });
    }
  }

  /** The monitors of an endpoint, in file order. */
  monitorsOf(endpoint: string): readonly (readonly [name: string, config: MonitorConfig])[] {
    return Object.entries(this.#config?.monitors ?? {}).filter(([, monitor]) => monitor.endpoint === endpoint);
  }

  /** A monitor's executions with scheduled times in the span, ascending. */
  async executions(monitor: string, span: TimeSpan): Promise<readonly ExecutionRecord[]> {
    const library = await this.#library();
    const texts = await this.#months(monitor, 'executions', span);
    return texts
      .flatMap(([where, text]) => library.parseExecutions(text, where).executions)
      .filter(({ scheduledTime }) => isWithin(scheduledTime, span));
  }

  /** What a monitor's executions with scheduled times in the span measured. */
  async measures(monitor: string, span: TimeSpan): Promise<MeasuredSeries> {
    const library = await this.#library();
    const texts = await this.#months(monitor, 'measures', span);
    const joined = library.joinMeasures(texts.map(([where, text]) => library.parseMeasures(text, where)));
    return {
      subjects: joined.subjects,
      executions: joined.executions.filter(({ scheduledTime }) => isWithin(scheduledTime, span)),
    };
  }

  /**
   * When a monitor's history begins: the start of its oldest window. Undefined where it never ran. Of histories outside the
   * server's root only the latest executions are known, by the status.
   */
  async historyStart(monitor: string): Promise<Date | undefined> {
    const state = this.#status?.monitors[monitor];
    if (state === undefined) return undefined;
    const folder = `${this.folderOf(monitor)}/executions`;
    const path = this.serverPath(folder);
    const oldest =
      path === undefined
        ? state.trend.scheduledTimes[0]?.slice(0, 7)
        : (await this.#files.list(path)).flatMap(({ name }) => monthOf(name) ?? []).sort()[0];
    if (oldest === undefined) return new Date(state.last.window.start);
    const month = { from: new Date(`${oldest}-01T00:00:00Z`), to: endOfMonth(oldest) };
    const [first] = await this.executions(monitor, month);
    return new Date((first ?? state.last).window.start);
  }

  /** The report of an execution. Never throws: a report that cannot be read is a problem in words. */
  async report(monitor: string, execution: ExecutionRecord): Promise<ReadReport> {
    const key = `${monitor}\n${execution.scheduledTime}\n${execution.endedAt}`;
    const known = this.#reports.get(key);
    const report = known ?? this.#readReport(monitor, execution);
    this.#reports.delete(key);
    this.#reports.set(key, report);
    const [oldest] = this.#reports.keys();
    if (this.#reports.size > KEPT_REPORTS && oldest !== undefined) this.#reports.delete(oldest);
    return report;
  }

  /** A file of an execution: "hours.json". @throws when it cannot be read. */
  async executionFile(monitor: string, { folder }: ExecutionRecord, name: string): Promise<string> {
    return this.read(`${this.folderOf(monitor)}/${folder}/${name}`);
  }

  /** A monitor's folder of results, as the project file says it: relative to the project, absolute, or a URI. */
  folderOf(monitor: string): string {
    const config = this.#config?.monitors[monitor];
    if (config === undefined) throw new Error(this.#trans.__('The project has no monitor "%1".', monitor));
    return `${config.output.replace(/\/+$/, '')}/${config.endpoint}/${monitor}`;
  }

  /** A location of the project file as a path below the server's root; undefined where it lies elsewhere. */
  serverPath(location: string): string | undefined {
    return isBelow(location) ? joinPath(this.path, location) : undefined;
  }

  /** Any text file that the project names: relative, absolute or on S3. @throws when it cannot be read. */
  async read(location: string): Promise<string> {
    return isBelow(location)
      ? this.#files.read(joinPath(this.path, location))
      : this.#readElsewhere(this.path, location);
  }

  /** Whether there is a file below the project, told by its folder: false for what lies elsewhere. */
  async has(location: string): Promise<boolean> {
    if (!isBelow(location)) return false;
    const parts = joinPath(this.path, location).split('/');
    const entries = await this.#files.list(parts.slice(0, -1).join('/')).catch(() => []);
    return entries.some(({ name }) => name === parts.at(-1));
  }

  /** Replaces a file of the project that lies below it. */
  async write(location: string, text: string): Promise<void> {
    await this.#files.write(joinPath(this.path, location), text);
  }

  /** Changes `driftline.yaml`, as it is on the disk now; what `change` makes must be valid. @throws otherwise. */
  async changeConfig(change: (text: string) => string): Promise<void> {
    const library = await this.#library();
    const path = joinPath(this.path, PROJECT_FILE);
    const text = change(await this.#files.read(path));
    library.parseProjectFile(text, path);
    await this.#files.write(path, text);
    await this.#refreshNow();
  }

  /** Changes the annotations, as they are on the disk now. */
  async annotate(change: (annotations: AnnotationsFile) => AnnotationsFile): Promise<void> {
    await this.#refreshNow();
    const { ANNOTATIONS_FILE } = await this.#library();
    const text = `${JSON.stringify(change(this.#annotations), null, 2)}\n`;
    await this.#files.write(joinPath(this.path, ANNOTATIONS_FILE), text);
    await this.#refreshNow();
  }

  dispose(): void {
    Signal.clearData(this);
    this.#texts.clear();
    this.#reports.clear();
  }

  async #refreshNow(): Promise<void> {
    this.#versions = '';
    this.#parsed.clear();
    await this.refresh();
  }

  #set({ problem }: { readonly problem: string | undefined }): void {
    this.#problem = problem;
    if (problem !== undefined) this.#versions = '';
    this.#changed.emit();
  }

  async #readReport(monitor: string, execution: ExecutionRecord): Promise<ReadReport> {
    try {
      return readReport(await this.executionFile(monitor, execution, 'report.json'), this.#trans);
    } catch (error) {
      return {
        problem: {
          what: this.#trans.__('The report of this execution cannot be read: %1', messageOf(error)),
          fix: this.#trans.__('Run the execution again.'),
        },
      };
    }
  }

  /** Texts of the month files that touch the span, ascending, each with its name. */
  async #months(
    monitor: string,
    kind: 'executions' | 'measures',
    { from, to }: TimeSpan,
  ): Promise<readonly (readonly [where: string, text: string])[]> {
    const state = this.#status?.monitors[monitor];
    if (state === undefined) return [];
    const [first, last] = [from.toISOString().slice(0, 7), to.toISOString().slice(0, 7)];
    const folder = `${this.folderOf(monitor)}/${kind}`;
    const path = this.serverPath(folder);
    const months =
      path === undefined
        ? monthsBetween(first, last)
        : (await this.#files.list(path)).flatMap(({ name }) => monthOf(name) ?? []);
    const wanted = months.filter((month) => month >= first && month <= last).sort();
    const version = `${this.#status?.updatedAt} ${state.last.endedAt}`;
    const found = await Promise.all(
      wanted.map(async (month) => {
        const where = `${folder}/${month}.json`;
        try {
          return [where, await this.#read(where, version)] as const;
        } catch (error) {
          // Elsewhere months are not listed: one in which nothing ran has no file.
          if (path === undefined && (error as { readonly code?: unknown }).code === 'FILE_NOT_FOUND') return undefined;
          throw error;
        }
      }),
    );
    return found.filter((text) => text !== undefined);
  }

  /** Reads a text once as long as `version` stays the same. */
  #read(location: string, version: string): Promise<string> {
    const known = this.#texts.get(location);
    if (known?.version === version) return known.text;
    const text = this.read(location);
    this.#texts.set(location, { version, text });
    text.catch(() => this.#texts.delete(location));
    return text;
  }

  #library(): Promise<Library> {
    return import(/* webpackChunkName: "project" */ 'driftline/browser');
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
