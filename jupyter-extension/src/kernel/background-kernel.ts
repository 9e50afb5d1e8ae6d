import type { TranslationBundle } from '@jupyterlab/translation';
import { type ISignal, Signal } from '@lumino/signaling';
import type { Progress, ServeMethods } from 'driftline';
import { kernelPath } from '../tokens.js';
import type { DriftlineKernel, KernelState, RequestOptions } from './driftline-kernel.js';
import type { KernelConnection } from './kernel-connection.js';
import { KernelError } from './kernel-error.js';
import { stopped } from './kernel-problems.js';
import { isInstalled, type KernelServices, runningSession, startKernel } from './start-kernel.js';

/** How long things may take; tests have less patience. */
export interface KernelTimes {
  /** A new kernel, to answer. */
  readonly startMs: number;
  /** A kernel that was found running, before it counts as busy. */
  readonly patienceMs: number;
  /** A cancelled request, to end; after that the kernel is shut down. */
  readonly cancelMs: number;
}

const defaultTimes: KernelTimes = { startMs: 60_000, patienceMs: 1500, cancelMs: 10_000 };

interface Task {
  readonly method: string;
  readonly params: unknown;
  readonly options: RequestOptions;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Where the kernel is at work on it. */
  connection?: KernelConnection;
  cancelled?: boolean;
}

/** The kernel of this page; see {@link DriftlineKernel}. */
export class BackgroundKernel implements DriftlineKernel {
  readonly #services: KernelServices;
  readonly #trans: TranslationBundle;
  readonly #times: KernelTimes;
  readonly #stateChanged = new Signal<this, KernelState>(this);
  readonly #waiting: Task[] = [];
  #state: KernelState = { kind: 'stopped' };
  #current: Task | undefined;
  #connection: KernelConnection | undefined;
  #starting: { readonly connection: Promise<KernelConnection>; readonly abort: () => void } | undefined;
  /** A kernel that was found at work which no request of this page has asked for. */
  #foreign: KernelConnection | undefined;
  #requests = 0;

  constructor(services: KernelServices, trans: TranslationBundle, times: KernelTimes = defaultTimes) {
    this.#services = services;
    this.#trans = trans;
    this.#times = times;
    const look = (): void => this.#look();
    services.sessions.runningChanged.connect(look);
    services.kernelspecs.specsChanged.connect(look);
    look();
  }

  get state(): KernelState {
    return this.#state;
  }

  get stateChanged(): ISignal<this, KernelState> {
    return this.#stateChanged;
  }

  request<Method extends keyof ServeMethods>(
    method: Method,
    params: ServeMethods[Method]['params'],
    options: RequestOptions,
  ): Promise<ServeMethods[Method]['result']> {
    const { signal } = options;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(this.#cancelled());
        return;
      }
      const abort = (): void => this.#abort(task);
      const done = <Value>(settle: (value: Value) => void) => {
        return (value: Value): void => {
          signal?.removeEventListener('abort', abort);
          settle(value);
        };
      };
      const task: Task = {
        method,
        params,
        options,
        resolve: done(resolve as (result: unknown) => void),
        reject: done(reject),
      };
      signal?.addEventListener('abort', abort);
      this.#waiting.push(task);
      this.#updateWaiting();
      if (this.#current === undefined) void this.#work();
    });
  }

  cancel(): void {
    if (this.#foreign !== undefined) {
      this.#setCancelling();
      this.#foreign.interrupt().catch(() => {});
    } else if (this.#current !== undefined) this.#abort(this.#current);
  }

  async stop(): Promise<void> {
    const current = this.#current;
    for (const task of [...(current ? [current] : []), ...this.#waiting.splice(0)]) {
      task.cancelled = true;
      task.reject(stopped(this.#trans));
    }
    this.#starting?.abort();
    const { sessions } = this.#services;
    const id = this.#connection?.id ?? (await sessions.findByPath(kernelPath))?.id;
    this.#connection = undefined;
    if (id !== undefined) await sessions.shutdown(id);
    await this.#starting?.connection.catch(() => {});
    this.#look();
  }

  /** Fulfils what waits, one after the other. */
  async #work(): Promise<void> {
    for (let task = this.#waiting.shift(); task !== undefined; task = this.#waiting.shift()) {
      this.#current = task;
      try {
        task.resolve(await this.#fulfil(task));
      } catch (error) {
        task.reject(task.cancelled ? this.#cancelled() : error);
      }
      this.#current = undefined;
    }
    this.#look();
  }

  async #fulfil(task: Task): Promise<unknown> {
    const connection = await this.#connect();
    const { method, params, options } = task;
    if (task.cancelled) return undefined;
    task.connection = connection;
    this.#requests += 1;
    const { title, onProgress } = options;
    this.#setBusy(title);
    return connection.request({ id: String(this.#requests), method, params }, (progress) => {
      if (task.cancelled) return;
      this.#setBusy(title, progress);
      onProgress?.(progress);
    });
  }

  async #connect(): Promise<KernelConnection> {
    if (this.#connection?.live) return this.#connection;
    this.#set({ kind: 'starting' });
    const controller = new AbortController();
    const connection = startKernel(this.#services, {
      trans: this.#trans,
      onEnd: () => this.#look(),
      onBusy: (foreign) => {
        this.#foreign = foreign;
        this.#setBusy(this.#trans.__('Work that was begun before this page was loaded'));
      },
      timeoutMs: this.#times.startMs,
      patienceMs: this.#times.patienceMs,
      signal: controller.signal,
    });
    this.#starting = { connection, abort: () => controller.abort() };
    try {
      this.#connection = await connection;
      return this.#connection;
    } finally {
      this.#starting = undefined;
      this.#foreign = undefined;
    }
  }

  #abort(task: Task): void {
    if (task.cancelled) return;
    task.cancelled = true;
    const place = this.#waiting.indexOf(task);
    if (place >= 0) {
      this.#waiting.splice(place, 1);
      this.#updateWaiting();
    }
    const { connection } = task;
    if (connection === undefined) {
      task.reject(this.#cancelled());
      return;
    }
    this.#setCancelling();
    connection.interrupt().catch(() => {});
    setTimeout(() => {
      // Code that does not listen to its signal; nothing but the end of the kernel stops it.
      if (this.#current !== task) return;
      task.reject(this.#cancelled());
      this.#services.sessions.shutdown(connection.id).catch(() => {});
    }, this.#times.cancelMs);
  }

  /** The state that nothing of this page's doing explains. */
  #look(): void {
    if (this.#current !== undefined) return;
    const { kernelspecs } = this.#services;
    if (this.#connection?.live || runningSession(this.#services) !== undefined) this.#set({ kind: 'idle' });
    else if (kernelspecs.isReady && !isInstalled(this.#services)) this.#set({ kind: 'not-installed' });
    else this.#set({ kind: 'stopped' });
  }

  #setBusy(title: string, progress?: Progress): void {
    const waiting = this.#waitingCount();
    this.#set({ kind: 'busy', title, ...(progress && { progress }), waiting, cancelling: false });
  }

  #updateWaiting(): void {
    if (this.#state.kind === 'busy') this.#set({ ...this.#state, waiting: this.#waitingCount() });
  }

  /** Work of another page lets this one's request wait. */
  #waitingCount(): number {
    return this.#waiting.length + (this.#foreign === undefined ? 0 : 1);
  }

  #setCancelling(): void {
    if (this.#state.kind === 'busy') this.#set({ ...this.#state, cancelling: true });
  }

  #set(state: KernelState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#stateChanged.emit(state);
  }

  #cancelled(): KernelError {
    return new KernelError({ code: 'ABORTED', what: this.#trans.__('Cancelled.') });
  }
}
