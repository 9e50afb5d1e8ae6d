import { EventEmitter } from 'node:events';
import type { SendBundle } from '../../kernel-lib/src/report/display.js';
import type { ServeMethods } from '../../kernel-lib/src/serve/contract.js';
import {
  REPLY_MIME_TYPE,
  type ServeError,
  type ServeProgress,
  type ServeReply,
} from '../../kernel-lib/src/serve/protocol.js';
import { serveWith } from '../../kernel-lib/src/serve/serve.js';

/** A notebook that keeps what it is sent, and can be interrupted. */
export class FakeNotebook {
  readonly messages: (ServeReply | ServeProgress)[] = [];
  readonly interrupts = new EventEmitter();
  /** Called at every message. */
  onMessage: (message: ServeReply | ServeProgress) => void = () => {};
  readonly #serve: typeof serveWith;
  #requests = 0;

  /** @param serve - that of the compiled library, where what is asked for takes worker threads. */
  constructor(serve: typeof serveWith = serveWith) {
    this.#serve = serve;
  }

  readonly send: SendBundle = (bundle, { single }) => {
    const message = JSON.parse(JSON.stringify(bundle[single])) as ServeReply | ServeProgress;
    if (single !== REPLY_MIME_TYPE) throw new Error(`unexpected MIME type ${single}`);
    this.messages.push(message);
    this.onMessage(message);
  };

  /** Has a request served, and gives its reply. */
  async ask(method: string, params: unknown): Promise<ServeReply> {
    this.#requests += 1;
    const id = String(this.#requests);
    await this.#serve(JSON.stringify({ id, method, params }), this.send, this.interrupts);
    const reply = this.messages.find((message): message is ServeReply => message.id === id && 'ok' in message);
    if (reply === undefined) throw new Error('there was no reply');
    return reply;
  }

  async result<Method extends keyof ServeMethods>(
    method: Method,
    params: ServeMethods[Method]['params'],
  ): Promise<ServeMethods[Method]['result']> {
    const reply = await this.ask(method, params);
    if (!reply.ok) throw new Error(JSON.stringify(reply.error));
    return reply.result as ServeMethods[Method]['result'];
  }

  async refusal(method: string, params: unknown): Promise<ServeError> {
    const reply = await this.ask(method, params);
    if (reply.ok) throw new Error('the request was fulfilled');
    return reply.error;
  }
}
