import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BackgroundKernel, type KernelTimes } from '../../../jupyter-extension/src/kernel/background-kernel.js';
import type { KernelState } from '../../../jupyter-extension/src/kernel/driftline-kernel.js';
import { KernelError } from '../../../jupyter-extension/src/kernel/kernel-error.js';
import { FakeServer } from '../support/fake-kernels.js';
import { trans } from '../support/trans.js';

const times: KernelTimes = { startMs: 1000, patienceMs: 100, cancelMs: 500 };
const run = { project: 'census', monitors: ['quality'] };
const title = 'Running quality';

let server: FakeServer;
let kernel: BackgroundKernel;

beforeEach(() => {
  server = new FakeServer();
  kernel = new BackgroundKernel(server.services, trans, times);
});

afterEach(() => {
  vi.useRealTimers();
});

/** The states from now on. */
function watch(): KernelState[] {
  const states: KernelState[] = [];
  kernel.stateChanged.connect((_sender, state) => {
    states.push(state);
  });
  return states;
}

/** Why a request was refused. */
async function refusal(request: Promise<unknown>): Promise<KernelError> {
  const error = await request.then(
    () => new Error('it was fulfilled'),
    (reason: unknown) => reason,
  );
  if (error instanceof KernelError) return error;
  throw error;
}

describe('a request', () => {
  it('starts the kernel, tells how far it has come, and gives the typed result', async () => {
    const states = watch();
    const done: number[] = [];
    const asked = kernel.request('run', run, { title, onProgress: (progress) => done.push(progress.done) });
    const request = await server.next();
    expect(request).toMatchObject({ method: 'run', params: run });
    request.progress(3, 12);
    request.result({ executions: [] });
    const { executions } = await asked;
    expect(executions).toEqual([]);
    expect(done).toEqual([3]);
    await vi.waitFor(() => expect(kernel.state).toEqual({ kind: 'idle' }));
    const busy = { kind: 'busy', title, waiting: 0, cancelling: false };
    const progress = { stage: 'reading', done: 3, total: 12, unit: 'rows' };
    expect(states).toEqual([{ kind: 'starting' }, busy, { ...busy, progress }, { kind: 'idle' }]);
  });

  it('goes to the kernel that was started before, of this page or of one before it', async () => {
    server.addSession();
    kernel = new BackgroundKernel(server.services, trans, times);
    expect(kernel.state).toEqual({ kind: 'idle' });
    for (let i = 0; i < 2; i++) {
      const asked = kernel.request('about', {}, { title });
      await asked;
    }
    expect(server.started).toBe(0);
    expect(server.connections).toHaveLength(1);
  });

  it("throws the library's errors: what, where and how to fix it", async () => {
    const asked = kernel.request('run', run, { title });
    const problem = { code: 'FORMAT', what: 'What', where: 'where', fix: 'fix' } as const;
    (await server.next()).refuse(problem);
    const error = await refusal(asked);
    expect(error).toMatchObject(problem);
    expect(error.message).toBe('What\nwhere\nfix');
  });

  it('that the kernel does not answer fails with what the kernel printed', async () => {
    const asked = kernel.request('run', run, { title });
    (await server.next()).silence('TypeError: x is not a function');
    expect(await refusal(asked)).toMatchObject({ code: 'KERNEL', where: 'TypeError: x is not a function' });
  });

  it('waits until those before it are done', async () => {
    const results: string[] = [];
    const ask = async (name: string): Promise<void> => {
      await kernel.request('run', { ...run, monitors: [name] }, { title: name });
      results.push(name);
    };
    const all = Promise.allSettled(['a', 'b', 'c'].map(ask));
    const first = await server.next();
    expect(kernel.state).toMatchObject({ kind: 'busy', title: 'a', waiting: 2 });
    expect(server.received).toEqual([]);
    first.result({});
    const second = await server.next();
    expect(kernel.state).toMatchObject({ kind: 'busy', title: 'b', waiting: 1 });
    second.refuse({ code: 'FORMAT', what: 'no' });
    (await server.next()).result({});
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results).toEqual(['a', 'c']);
  });
});

describe('cancelling', () => {
  it('interrupts the kernel, and ends when the kernel says that it has stopped', async () => {
    const controller = new AbortController();
    const states = watch();
    const onProgress = vi.fn();
    const asked = kernel.request('run', run, { title, signal: controller.signal, onProgress });
    const request = await server.next();
    controller.abort();
    expect(server.connections[0]!.interrupts).toBe(1);
    expect(kernel.state).toMatchObject({ kind: 'busy', cancelling: true });
    request.progress(5);
    expect(onProgress).not.toHaveBeenCalled();
    request.refuse({ code: 'ABORTED', what: 'Stopped before it was finished.' });
    expect(await refusal(asked)).toMatchObject({ code: 'ABORTED' });
    await vi.waitFor(() => expect(states.at(-1)).toEqual({ kind: 'idle' }));
    const next = kernel.request('run', run, { title });
    (await server.next()).result({ executions: [] });
    expect(await next).toEqual({ executions: [] });
    expect(server.started).toBe(1);
  });

  it('by the button cancels what is being done, not what waits', async () => {
    const first = kernel.request('run', run, { title });
    const second = kernel.request('check', { project: '.', monitor: 'm', start: 'a', end: 'b' }, { title: 'second' });
    const request = await server.next();
    kernel.cancel();
    kernel.cancel();
    expect(server.connections[0]!.interrupts).toBe(1);
    request.refuse({ code: 'ABORTED', what: 'Stopped' });
    expect((await refusal(first)).code).toBe('ABORTED');
    (await server.next()).result({});
    expect(await second).toEqual({});
  });

  it('takes a request that waits out of the queue', async () => {
    const controller = new AbortController();
    const first = kernel.request('run', run, { title });
    const second = kernel.request('run', run, { title, signal: controller.signal });
    const request = await server.next();
    controller.abort();
    expect(await refusal(second)).toMatchObject({ code: 'ABORTED', what: 'Cancelled.' });
    expect(kernel.state).toMatchObject({ waiting: 0, cancelling: false });
    request.result({ executions: [] });
    expect(await first).toEqual({ executions: [] });
    expect(server.connections[0]!.interrupts).toBe(0);
  });

  it('while the kernel starts lets it start, and asks it for nothing', async () => {
    const controller = new AbortController();
    let ready: () => void = () => {};
    server.onStart = () => new Promise((resolve) => (ready = resolve));
    const asked = kernel.request('run', run, { title, signal: controller.signal });
    await vi.waitFor(() => expect(kernel.state).toEqual({ kind: 'starting' }));
    controller.abort();
    expect((await refusal(asked)).code).toBe('ABORTED');
    ready();
    await vi.waitFor(() => expect(kernel.state).toEqual({ kind: 'idle' }));
    expect(server.received).toEqual([]);
  });

  it('shuts the kernel down when what it does cannot be interrupted; the next request starts another', async () => {
    vi.useFakeTimers();
    const controller = new AbortController();
    const asked = kernel.request('run', run, { title, signal: controller.signal });
    await vi.advanceTimersByTimeAsync(10);
    expect(server.received).toHaveLength(1);
    controller.abort();
    const refused = refusal(asked);
    await vi.advanceTimersByTimeAsync(499);
    expect(server.models.size).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await refused).code).toBe('ABORTED');
    expect(server.models.size).toBe(0);
    await vi.advanceTimersByTimeAsync(10);
    expect(kernel.state).toEqual({ kind: 'stopped' });
    server.received.length = 0;
    const next = kernel.request('run', run, { title });
    await vi.advanceTimersByTimeAsync(10);
    server.received[0]!.result({ executions: [] });
    expect(await next).toEqual({ executions: [] });
    expect(server.started).toBe(2);
  });

  it('of a request that was cancelled before it was made asks for nothing', async () => {
    const asked = kernel.request('run', run, { title, signal: AbortSignal.abort() });
    expect((await refusal(asked)).code).toBe('ABORTED');
    expect(server.started).toBe(0);
  });
});

describe('a kernel that', () => {
  it('is not installed says how it is installed', async () => {
    server.installed = false;
    kernel = new BackgroundKernel(server.services, trans, times);
    expect(kernel.state).toEqual({ kind: 'not-installed' });
    const error = await refusal(kernel.request('run', run, { title }));
    expect(error.code).toBe('NOT_INSTALLED');
    expect(error.fix).toContain('npx driftline kernel install');
    server.installed = true;
    const asked = kernel.request('run', run, { title });
    (await server.next()).result({ executions: [] });
    expect(await asked).toEqual({ executions: [] });
  });

  it('dies at work fails what it was doing; what waits is done by a new one', async () => {
    const first = kernel.request('run', run, { title });
    const second = kernel.request('run', run, { title: 'second' });
    await server.next();
    server.onAbout = ({ silence }) => {
      server.onAbout = ({ result }) => result({});
      server.tell('dead');
      silence('');
    };
    server.tell('dead');
    const error = await refusal(first);
    expect(error).toMatchObject({ code: 'KERNEL', what: 'The Driftline kernel ended while it was running.' });
    (await server.next()).result({ executions: [] });
    expect(await second).toEqual({ executions: [] });
    expect(server.started).toBe(2);
    expect(server.models.size).toBe(1);
    await vi.waitFor(() => expect(server.connections[0]!.isDisposed).toBe(true));
  });

  it('Jupyter has started again by itself is connected to again', async () => {
    const first = kernel.request('run', run, { title });
    await server.next();
    server.tell('autorestarting');
    await refusal(first);
    const second = kernel.request('run', run, { title });
    (await server.next()).result({ executions: [] });
    expect(await second).toEqual({ executions: [] });
    expect(server.started).toBe(1);
    expect(server.connections).toHaveLength(2);
  });

  it('somebody else stops is no longer there', async () => {
    const asked = kernel.request('run', run, { title });
    await server.next();
    await server.services.sessions.shutdown([...server.models.keys()][0]!);
    expect(await refusal(asked)).toMatchObject({ code: 'KERNEL', what: 'The Driftline kernel was stopped.' });
    await vi.waitFor(() => expect(kernel.state).toEqual({ kind: 'stopped' }));
  });

  it('does not start says what the server said', async () => {
    server.onStart = async () => {
      throw new Error('No such file: /usr/bin/node');
    };
    const error = await refusal(kernel.request('run', run, { title }));
    expect(error).toMatchObject({ code: 'KERNEL', where: 'No such file: /usr/bin/node' });
    expect(error.fix).toContain('npx driftline kernel install');
    await vi.waitFor(() => expect(kernel.state).toEqual({ kind: 'stopped' }));
  });

  it('does not answer after its start is given up and shut down', async () => {
    vi.useFakeTimers();
    server.onAbout = () => {};
    const refused = refusal(kernel.request('run', run, { title }));
    await vi.advanceTimersByTimeAsync(1000);
    expect(await refused).toMatchObject({ code: 'KERNEL', where: 'It did not answer within 1 seconds.' });
    expect(server.models.size).toBe(0);
  });

  it('is at work for a page before this one shows that, and can be cancelled', async () => {
    vi.useFakeTimers();
    server.addSession();
    let free: () => void = () => {};
    server.onAbout = ({ result }) => {
      free = () => result({});
    };
    server.onInterrupt = () => free();
    const asked = kernel.request('run', run, { title });
    await vi.advanceTimersByTimeAsync(100);
    expect(kernel.state).toMatchObject({
      kind: 'busy',
      title: 'Work that was begun before this page was loaded',
      waiting: 1,
    });
    kernel.cancel();
    await vi.advanceTimersByTimeAsync(10);
    expect(server.connections[0]!.interrupts).toBe(1);
    server.received[0]!.result({ executions: [] });
    expect(await asked).toEqual({ executions: [] });
  });
});

describe('stop()', () => {
  it('shuts the session down, and aborts what was being done and what waited', async () => {
    const first = kernel.request('run', run, { title });
    const second = kernel.request('run', run, { title });
    await server.next();
    await kernel.stop();
    for (const request of [first, second]) {
      expect(await refusal(request)).toMatchObject({ code: 'ABORTED', what: 'The Driftline kernel was stopped.' });
    }
    expect(server.models.size).toBe(0);
    await vi.waitFor(() => expect(kernel.state).toEqual({ kind: 'stopped' }));
  });

  it('shuts down a session that a page before this one has started', async () => {
    server.addSession();
    await kernel.stop();
    expect(server.models.size).toBe(0);
    expect(kernel.state).toEqual({ kind: 'stopped' });
  });

  it('while the kernel starts leaves none behind', async () => {
    let ready: () => void = () => {};
    server.onStart = () => new Promise((resolve) => (ready = resolve));
    const asked = kernel.request('run', run, { title });
    await vi.waitFor(() => expect(kernel.state).toEqual({ kind: 'starting' }));
    const end = kernel.stop();
    expect((await refusal(asked)).code).toBe('ABORTED');
    ready();
    await end;
    expect(server.models.size).toBe(0);
    await vi.waitFor(() => expect(kernel.state).toEqual({ kind: 'stopped' }));
  });

  it('does not wait for the work of another page', async () => {
    server.addSession();
    server.onAbout = () => {};
    const asked = kernel.request('run', run, { title });
    await vi.waitFor(() => expect(server.connections).toHaveLength(1));
    await kernel.stop();
    expect((await refusal(asked)).code).toBe('ABORTED');
    expect(server.models.size).toBe(0);
    expect(server.started).toBe(0);
  });

  it('does nothing where no kernel runs', async () => {
    await kernel.stop();
    expect(kernel.state).toEqual({ kind: 'stopped' });
  });
});
