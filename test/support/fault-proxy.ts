import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';

/** What goes wrong with one request. Without one it passes unchanged. */
type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: string }
  /** The answer comes late. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection ends before an answer. */
  | { readonly kind: 'drop' }
  /** The answer's head comes whole, then only these bytes, then the connection ends. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  /** As truncate, but nothing more comes and the connection stays. */
  | { readonly kind: 'stall'; readonly bytes: number };

interface ProxiedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface FaultProxy {
  readonly endpoint: string;
  /** All requests since `reset()`, in order. */
  readonly requests: ProxiedRequest[];
  /** Decides what goes wrong; gets the request and how many of `requests` came before it. */
  fault: (request: ProxiedRequest, index: number) => Fault | undefined;
  /** Runs before a request is passed on. */
  before: (request: ProxiedRequest) => Promise<void>;
  reset(): void;
  stop(): Promise<void>;
}

/** A proxy on the loopback address that passes requests on with their Host, so that signatures stay valid. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const proxy: FaultProxy = {
    endpoint: '',
    requests: [],
    fault: () => undefined,
    before: async () => undefined,
    reset() {
      proxy.requests.length = 0;
      proxy.fault = () => undefined;
      proxy.before = async () => undefined;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const server = createServer((incoming, outgoing) => {
    const seen: ProxiedRequest = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers };
    const fault = proxy.fault(seen, proxy.requests.push(seen) - 1);
    if (fault?.kind === 'drop') incoming.socket.destroy();
    else if (fault?.kind === 'status') answer(incoming, outgoing, fault.status, fault.body ?? '');
    else {
      const wait =
        fault?.kind === 'slow' ? new Promise((resolve) => setTimeout(resolve, fault.ms)) : proxy.before(seen);
      void wait.then(() => pass(incoming, outgoing, { hostname, port }, fault));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, { endpoint: `http://127.0.0.1:${(server.address() as { port: number }).port}` });
}

function answer(incoming: IncomingMessage, outgoing: ServerResponse, status: number, body: string): void {
  incoming.resume();
  incoming.on('end', () => {
    outgoing.writeHead(status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) });
    outgoing.end(body);
  });
}

function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: { readonly hostname: string; readonly port: string },
  fault: Fault | undefined,
): void {
  const { method, url, headers } = incoming;
  const upstream = request({ ...target, method, path: url, headers }, (response) => {
    outgoing.writeHead(response.statusCode ?? 500, response.headers);
    if (fault?.kind !== 'truncate' && fault?.kind !== 'stall') return response.pipe(outgoing);
    let left = fault.bytes;
    response.on('data', (data: Buffer) => {
      outgoing.write(data.subarray(0, left));
      left = Math.max(0, left - data.length);
    });
    response.on('end', () => {
      if (fault.kind === 'truncate') setTimeout(() => outgoing.destroy(), 20);
    });
  });
  upstream.on('error', () => outgoing.destroy());
  outgoing.on('close', () => upstream.destroy());
  incoming.pipe(upstream);
}
