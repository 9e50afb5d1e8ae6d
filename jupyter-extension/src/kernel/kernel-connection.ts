import type { KernelMessage, Session } from '@jupyterlab/services';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Progress, ServeProgress, ServeReply, ServeRequest } from 'driftline';
import { REPLY_MIME_TYPE } from 'driftline/browser';
import { KernelError } from './kernel-error.js';
import { requestCell } from './request-cell.js';

const STDERR_LIMIT = 2000;

/** A session of the kernel that this page is connected to, for as long as it lives. */
export class KernelConnection {
  readonly #session: Session.ISessionConnection;
  readonly #trans: TranslationBundle;
  readonly #ended: Promise<never>;
  #end: (error: KernelError) => void = () => {};
  #live = true;

  /** @param onEnd - called once, when the kernel has died or was stopped. */
  constructor(session: Session.ISessionConnection, trans: TranslationBundle, onEnd: () => void) {
    this.#session = session;
    this.#trans = trans;
    this.#ended = new Promise<never>((_resolve, reject) => {
      this.#end = (error) => {
        if (!this.#live) return;
        this.#live = false;
        reject(error);
        onEnd();
        // Later: it is in the middle of telling what happened.
        setTimeout(() => session.dispose());
      };
    });
    // It may end when nobody waits for it.
    this.#ended.catch(() => {});
    const died = trans.__('The Driftline kernel ended while it was running.');
    const again = trans.__('Try again. If it ends again, look for the reason in the output of the Jupyter server.');
    session.statusChanged.connect((_sender, status) => {
      if (status === 'dead' || status === 'autorestarting') this.#ends(died, again);
      if (status === 'restarting' || status === 'terminating')
        this.#ends(trans.__('The Driftline kernel was stopped.'));
    });
    session.connectionStatusChanged.connect((_sender, status) => {
      if (status === 'disconnected') {
        this.#ends(trans.__('The connection to the Jupyter server was lost.'), trans.__('Look whether it still runs.'));
      }
    });
    session.disposed.connect(() => this.#ends(trans.__('The Driftline kernel was stopped.')));
  }

  get id(): string {
    return this.#session.id;
  }

  /** Whether the kernel still lives. */
  get live(): boolean {
    return this.#live;
  }

  /**
   * Has a request fulfilled.
   *
   * @throws KernelError as the kernel answered, `KERNEL` where it did not.
   */
  async request(request: ServeRequest, onProgress: (progress: Progress) => void = () => {}): Promise<unknown> {
    const { kernel } = this.#session;
    if (!this.#live || kernel === null) throw this.#noAnswer('');
    let reply: ServeReply | undefined;
    let stderr = '';
    const future = kernel.requestExecute({
      code: requestCell(request),
      silent: false,
      store_history: false,
      allow_stdin: false,
      stop_on_error: false,
    });
    future.onIOPub = ({ header, content }: KernelMessage.IIOPubMessage): void => {
      if (header.msg_type === 'stream') {
        const { name, text } = content as KernelMessage.IStreamMsg['content'];
        if (name === 'stderr') stderr = (stderr + text).slice(-STDERR_LIMIT);
      }
      if (header.msg_type !== 'display_data') return;
      const { data } = content as KernelMessage.IDisplayDataMsg['content'];
      const message = data[REPLY_MIME_TYPE] as ServeReply | ServeProgress | undefined;
      if (message?.id !== request.id) return;
      if ('progress' in message) onProgress(message.progress);
      else reply = message;
    };
    try {
      await Promise.race([future.done, this.#ended]);
    } catch (error) {
      throw error instanceof KernelError ? error : this.#noAnswer(String(error));
    }
    if (reply === undefined) throw this.#noAnswer(stderr);
    if (!reply.ok) throw new KernelError(reply.error);
    return reply.result;
  }

  /** Asks the kernel to abort what it is doing. */
  async interrupt(): Promise<void> {
    await this.#session.kernel?.interrupt();
  }

  #ends(what: string, fix?: string): void {
    this.#end(new KernelError({ code: 'KERNEL', what, ...(fix !== undefined && { fix }) }));
  }

  #noAnswer(output: string): KernelError {
    const trans = this.#trans;
    return new KernelError({
      code: 'KERNEL',
      what: trans.__('The Driftline kernel gave no answer.'),
      ...(output !== '' && { where: output }),
      fix: trans.__('Stop it and try again. If that does not help, install it again: npx driftline kernel install'),
    });
  }
}
