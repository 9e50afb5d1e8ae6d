import { createServer } from 'node:http';

/** A request that a model's endpoint got. */
export interface ModelRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** What the endpoint does: it answers, ends the connection, or says nothing at all. */
export type ModelReply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string;
      /** Send only so many bytes of the body, then end the connection. */
      readonly cutAt?: number;
    }
  | 'drop'
  | 'silence';

export interface ModelServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** All requests, in the order they came. */
  readonly requests: ModelRequest[];
  /** Decides the reply; gets how many requests came before. */
  reply: (request: ModelRequest, index: number) => ModelReply | Promise<ModelReply>;
  reset(): void;
  stop(): Promise<void>;
}

/** A server of HTTP on the loopback address that replies as told: by default 0.5 for each line of the request. */
export async function startModelServer(): Promise<ModelServer> {
  const halves: ModelServer['reply'] = ({ body }) => ({
    body: body
      .split('\n')
      .map(() => '0.5')
      .join('\n'),
  });
  const server: ModelServer = {
    origin: '',
    requests: [],
    reply: halves,
    reset() {
      server.requests.length = 0;
      server.reply = halves;
    },
    stop: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  const http = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const piece of incoming.setEncoding('utf8')) body += piece as string;
    const { method = '', url = '', headers } = incoming;
    const request: ModelRequest = { method, url, headers, body };
    const reply = await server.reply(request, server.requests.push(request) - 1);
    if (reply === 'drop') incoming.socket.destroy();
    if (typeof reply === 'string') return;
    const bytes = Buffer.from(reply.body);
    outgoing.writeHead(reply.status ?? 200, { 'content-length': String(bytes.length), ...reply.headers });
    if (reply.cutAt === undefined) return void outgoing.end(bytes);
    outgoing.write(bytes.subarray(0, reply.cutAt), () => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return Object.assign(server, { origin: `http://127.0.0.1:${(http.address() as { port: number }).port}` });
}
