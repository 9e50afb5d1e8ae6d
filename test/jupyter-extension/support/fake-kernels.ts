import { Signal } from '@lumino/signaling';
import type { KernelServices } from '../../../jupyter-extension/src/kernel/start-kernel.js';
import { KERNEL_NAME, REPLY_MIME_TYPE, type ServeRequest } from '../../../kernel-lib/src/serve/protocol.js';

/** A request that a fake kernel was given, and how it is answered. */
export interface FakeRequest extends ServeRequest {
  readonly params: Readonly<Record<string, unknown>>;
  progress(done: number, total?: number): void;
  result(result: unknown): void;
  refuse(error: { readonly code: string; readonly what: string }): void;
  /** The cell ends without an answer. */
  silence(stderr: string): void;
}

interface Model {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly type: string;
  readonly kernel: { readonly id: string; readonly name: string };
}

type Handler = (message: { header: { msg_type: string }; content: unknown }) => void;

/** A connection to a session, with a kernel that hands requests to the test. `about` is answered by itself. */
class FakeSession {
  readonly statusChanged = new Signal<this, string>(this);
  readonly connectionStatusChanged = new Signal<this, string>(this);
  readonly disposed = new Signal<this, void>(this);
  readonly requests: FakeRequest[] = [];
  readonly model: Model;
  readonly server: FakeServer;
  isDisposed = false;
  interrupts = 0;

  constructor(model: Model, server: FakeServer) {
    this.model = model;
    this.server = server;
  }

  get id(): string {
    return this.model.id;
  }

  readonly kernel = {
    interrupt: async (): Promise<void> => {
      this.interrupts += 1;
      this.server.onInterrupt();
    },
    requestExecute: ({ code }: { code: string }) => this.#execute(code),
  };

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.disposed.emit();
  }

  #execute(code: string) {
    const literal = /\.serve\((".*")\)/.exec(code)?.[1] ?? '';
    const request = JSON.parse(JSON.parse(literal) as string) as FakeRequest;
    const future: { onIOPub: Handler; done: Promise<void> } = { onIOPub: () => {}, done: Promise.resolve() };
    const show = (message: object): void =>
      future.onIOPub({
        header: { msg_type: 'display_data' },
        content: { data: { [REPLY_MIME_TYPE]: { id: request.id, ...message } } },
      });
    future.done = new Promise((resolve) => {
      const end = (message: object): void => {
        show(message);
        resolve();
      };
      this.requests.push({
        ...request,
        progress: (done, total) => show({ progress: { stage: 'reading', done, total, unit: 'rows' } }),
        result: (result) => end({ ok: true, result }),
        refuse: (error) => end({ ok: false, error }),
        silence: (text) => {
          future.onIOPub({ header: { msg_type: 'stream' }, content: { name: 'stderr', text } });
          resolve();
        },
      });
    });
    const last = this.requests.at(-1)!;
    if (request.method === 'about') queueMicrotask(() => this.server.onAbout(last));
    else this.server.received.push(last);
    return future;
  }
}

/** A Jupyter server with one page. */
export class FakeServer {
  readonly models = new Map<string, Model>();
  readonly connections: FakeSession[] = [];
  /** Requests of all kernels, `about` left out. */
  readonly received: FakeRequest[] = [];
  installed = true;
  started = 0;
  onAbout: (request: FakeRequest) => void = ({ result }) => result({ version: '0.1.0', folder: '/' });
  onInterrupt: () => void = () => {};
  onStart: () => Promise<void> = async () => {};
  readonly services: KernelServices;

  constructor() {
    const server = this;
    const sessions = {
      runningChanged: new Signal<object, unknown>({}),
      running: () => this.models.values(),
      findByPath: async (path: string) => [...this.models.values()].find((model) => model.path === path),
      connectTo: ({ model }: { model: Model }) => this.#connect(model),
      startNew: async ({ path, name, type, kernel }: Omit<Model, 'id'>) => {
        await this.onStart();
        this.started += 1;
        return this.#connect(this.addSession({ path, name, type, kernel: { id: 'k', name: kernel.name } }));
      },
      shutdown: async (id: string) => {
        this.models.delete(id);
        for (const connection of this.connections) if (connection.id === id) connection.dispose();
        sessions.runningChanged.emit(undefined);
      },
    };
    const kernelspecs = {
      isReady: true,
      ready: Promise.resolve(),
      specsChanged: new Signal<object, unknown>({}),
      refreshSpecs: async () => {},
      get specs() {
        return { default: 'python3', kernelspecs: server.installed ? { [KERNEL_NAME]: {} } : {} };
      },
    };
    this.services = { sessions, kernelspecs } as unknown as KernelServices;
  }

  /** A session that is there when the page is loaded. */
  addSession(more: Partial<Model> = {}): Model {
    const id = `session-${this.models.size + this.connections.length + 1}`;
    const model = {
      path: 'driftline-kernel',
      name: 'Driftline',
      type: 'driftline',
      kernel: { id: 'k', name: '' },
      ...more,
    };
    this.models.set(id, { id, ...model });
    return this.models.get(id)!;
  }

  /** The next request that is not answered yet; waits for it. */
  async next(): Promise<FakeRequest> {
    while (this.received.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    return this.received.shift()!;
  }

  /** The kernel says something of itself. */
  tell(status: string): void {
    this.connections.at(-1)!.statusChanged.emit(status);
  }

  #connect(model: Model): FakeSession {
    const connection = new FakeSession(model, this);
    this.connections.push(connection);
    return connection;
  }
}
