import type { KernelSpec, Session } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { ServeRequest } from 'driftline';
import { KERNEL_NAME } from 'driftline/browser';
import { kernelPath } from '../tokens.js';
import { KernelConnection } from './kernel-connection.js';
import { notInstalled, notStarted, stopped } from './kernel-problems.js';

/** What of JupyterLab starts kernels. */
export interface KernelServices {
  readonly sessions: Session.IManager;
  readonly kernelspecs: KernelSpec.IManager;
}

/** Whether Jupyter knows the kernel, as far as this page knows. */
export function isInstalled({ kernelspecs }: KernelServices): boolean {
  return kernelspecs.specs?.kernelspecs[KERNEL_NAME] !== undefined;
}

/** The session of the kernel, of those that this page knows. */
export function runningSession({ sessions }: KernelServices): Session.IModel | undefined {
  return [...sessions.running()].find(({ path }) => path === kernelPath);
}

export interface StartOptions {
  readonly trans: TranslationBundle;
  readonly onEnd: () => void;
  /** Called where a kernel that was found running does not answer at once: it is still at work for another page. */
  readonly onBusy: (connection: KernelConnection) => void;
  /** How long a new kernel may take to answer. */
  readonly timeoutMs: number;
  /** How long one that was found running may take before it counts as busy. */
  readonly patienceMs: number;
  /** Gives the start up. */
  readonly signal: AbortSignal;
}

const about: ServeRequest = { id: 'about', method: 'about', params: {} };

/**
 * Connects to the kernel, or starts it, and waits until the library in it answers.
 *
 * @throws KernelError `NOT_INSTALLED`; `KERNEL` where it does not start; `ABORTED`.
 */
export async function startKernel(services: KernelServices, options: StartOptions): Promise<KernelConnection> {
  const { sessions, kernelspecs } = services;
  const { trans, signal } = options;
  await kernelspecs.ready;
  if (!isInstalled(services)) await kernelspecs.refreshSpecs();
  if (!isInstalled(services)) throw notInstalled(trans);
  const found = await sessions.findByPath(kernelPath);
  const connection = found && (await reconnect(found, services, options));
  if (connection !== undefined) return connection;
  if (signal.aborted) throw stopped(trans);
  return startNew(services, options);
}

/** Connects to a session; undefined where its kernel is gone. */
async function reconnect(
  model: Session.IModel,
  { sessions }: KernelServices,
  { trans, onEnd, onBusy, patienceMs }: StartOptions,
): Promise<KernelConnection | undefined> {
  const connection = new KernelConnection(sessions.connectTo({ model }), trans, onEnd);
  const timer = setTimeout(() => onBusy(connection), patienceMs);
  try {
    await connection.request(about);
    return connection;
  } catch (error) {
    if (connection.live) throw error;
    await sessions.shutdown(model.id).catch(() => {});
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

async function startNew(
  { sessions }: KernelServices,
  { trans, onEnd, timeoutMs, signal }: StartOptions,
): Promise<KernelConnection> {
  const session = await sessions
    .startNew({ path: kernelPath, name: 'Driftline', type: 'driftline', kernel: { name: KERNEL_NAME } })
    .catch((error: unknown) => {
      throw notStarted(trans, error instanceof Error ? error.message : String(error));
    });
  const connection = new KernelConnection(session, trans, onEnd);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    const seconds = trans.__('It did not answer within %1 seconds.', Math.round(timeoutMs / 1000));
    timer = setTimeout(() => reject(notStarted(trans, seconds)), timeoutMs);
    signal.addEventListener('abort', () => reject(stopped(trans)));
    if (signal.aborted) reject(stopped(trans));
  });
  try {
    await Promise.race([connection.request(about), late]);
    return connection;
  } catch (error) {
    await sessions.shutdown(session.id).catch(() => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
