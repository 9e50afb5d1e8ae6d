import { MonitorError } from '../errors.js';
import { type HttpAddress, parseHttpAddress, quoted, shownModel } from './endpoint-address.js';
import { EndpointFailure, statusFailure } from './endpoint-failure.js';
import { type EndpointAnswer, type EndpointRequest, type EndpointTransport, endpointModel } from './endpoint-model.js';
import { retryAfterMs } from './endpoint-retry.js';
import { type EndpointOptions, endpointSettings } from './endpoint-settings.js';
import type { Model, ModelConfig } from './model.js';

/** Larger answers are refused: 500 rows of 1,000 numbers take some 10 MB. */
const MAX_ANSWER_BYTES = 64 * 2 ** 20;

/**
 * A model behind an HTTP endpoint that takes POST requests. User name and password in the address become basic
 * authentication; other headers come from `DRIFTLINE_MODEL_HEADERS`, a line `Name: value` each, since no file should hold
 * tokens. Redirects are not followed, so that no other host is shown them.
 *
 * @throws MonitorError `USAGE` for what is no address, `CONFIGURATION` for headers and templates that are wrong.
 */
export function httpModel(uri: string, config: ModelConfig | undefined, options: EndpointOptions = {}): Model {
  const address = parseHttpAddress(uri);
  const headers = headersFrom(process.env['DRIFTLINE_MODEL_HEADERS'] ?? '');
  if (address.authorization !== undefined && !headers.has('authorization')) {
    headers.set('authorization', address.authorization);
  }
  return endpointModel(new HttpTransport(address, headers), config, endpointSettings(options));
}

class HttpTransport implements EndpointTransport {
  readonly shown: string;
  readonly secrets: readonly string[];
  readonly #url: string;
  readonly #headers: Headers;

  constructor({ url, shown, secrets }: HttpAddress, headers: Headers) {
    this.#url = url;
    this.shown = shown;
    this.#headers = headers;
    this.secrets = [...secrets, ...[...headers.values()].flatMap((value) => [value, ...value.split(/\s+/)])];
  }

  async send({ body, contentType, acceptType, signal }: EndpointRequest): Promise<EndpointAnswer> {
    const headers = new Headers(this.#headers);
    headers.set('content-type', contentType);
    headers.set('accept', acceptType);
    try {
      const response = await fetch(this.#url, { method: 'POST', body, headers, signal, redirect: 'manual' });
      const text = await textOf(response);
      if (response.ok) return { text, type: response.headers.get('content-type') ?? undefined };
      throw this.#refusal(response, text);
    } catch (error) {
      if (error instanceof EndpointFailure || signal.aborted) throw error;
      throw networkFailure(error as Error);
    }
  }

  async close(): Promise<void> {
    // Node's connections end by themselves when nothing uses them.
  }

  #refusal({ status, headers }: Response, text: string): EndpointFailure {
    const location = headers.get('location');
    if (location === null || status < 300 || status > 399) {
      return statusFailure(status, quoted(text, this.secrets), retryAfterMs(headers.get('retry-after'), Date.now()));
    }
    const target = URL.canParse(location, this.#url) ? new URL(location, this.#url) : undefined;
    const elsewhere = target ? quoted(shownModel(target.href), this.secrets) : 'elsewhere';
    return new EndpointFailure(`The endpoint answered ${status}, a redirect to ${elsewhere}`, {
      passing: false,
      fix: 'name that address itself if it is the right one: requests and their credentials are not sent on',
    });
  }
}

async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const body = response.body as unknown as AsyncIterable<Uint8Array> | null;
  for await (const piece of body ?? []) {
    bytes += piece.length;
    if (bytes > MAX_ANSWER_BYTES) {
      throw new EndpointFailure(`The answer is larger than ${MAX_ANSWER_BYTES / 2 ** 20} MB`, {
        passing: false,
        fix: 'lower DRIFTLINE_MODEL_BATCH_ROWS, and check that this is the model’s address',
      });
    }
    pieces.push(piece);
  }
  return new TextDecoder().decode(Buffer.concat(pieces));
}

function networkFailure(error: Error): EndpointFailure {
  const cause = (error.cause ?? error) as { readonly code?: string; readonly message?: string };
  const code = cause.code ?? '';
  if (code === 'ENOTFOUND') {
    return new EndpointFailure('The endpoint’s host is not known (ENOTFOUND)', {
      passing: false,
      fix: 'check the address and the network',
    });
  }
  if (cause.message === 'bad port') {
    return new EndpointFailure(
      'Requests to this port are not made: it is another protocol’s (WHATWG Fetch, bad ports)',
      {
        passing: false,
        fix: 'serve the model at another port',
      },
    );
  }
  if (/CERT|VERIFY_LEAF/.test(code)) {
    return new EndpointFailure(`The endpoint’s certificate is not trusted (${code})`, {
      passing: false,
      fix: 'check the host’s name; name the file of your own certificate authority in NODE_EXTRA_CA_CERTS',
    });
  }
  if (/SSL|TLS|EPROTO/.test(code)) {
    return new EndpointFailure(`The endpoint does not speak TLS as asked (${code})`, {
      passing: false,
      fix: 'check whether its address begins with http:// or https://, and the port',
    });
  }
  const what = code === 'ECONNREFUSED' ? 'The endpoint cannot be reached' : 'The connection to the endpoint broke off';
  return new EndpointFailure(code === '' ? what : `${what} (${code})`, {
    passing: true,
    fix: 'check that it runs, and the address; then run again',
  });
}

/** Headers that are written with each request. */
const ours: ReadonlySet<string> = new Set(['content-type', 'accept', 'content-length', 'host', 'connection']);

function headersFrom(text: string): Headers {
  const headers = new Headers();
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  for (const [index, line] of lines.entries()) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).trim();
    if (colon < 1 || ours.has(name.toLowerCase()) || !accepted(headers, name, line.slice(colon + 1).trim())) {
      throw new MonitorError('CONFIGURATION', 'This is no header that a request can have.', {
        where: `DRIFTLINE_MODEL_HEADERS, line ${index + 1}`,
        fix: 'write lines such as Authorization: Bearer TOKEN; content type and accept come from --config',
      });
    }
  }
  return headers;
}

/** Node's own errors quote the value; it takes some control characters, and refuses them with the request. */
function accepted(headers: Headers, name: string, value: string): boolean {
  if (/[^\t\x20-\x7e\x80-\xff]/.test(value)) return false;
  try {
    headers.append(name, value);
    return true;
  } catch {
    return false;
  }
}
