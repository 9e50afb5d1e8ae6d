import { MonitorError } from '../errors.js';

/**
 * A model's location as it may be shown: without user name, password and the values of a query, which may be tokens.
 * Locations of files come back as they are.
 */
export function shownModel(uri: string): string {
  if (!/^https?:/i.test(uri)) return uri;
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined) return uri.replace(/^(https?:)\/*[^/?#]*@/i, '$1//').replace(/[?#].*$/s, '');
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}${url.search ? '?…' : ''}`;
}

/** An HTTP endpoint's address, its credentials apart from it. */
export interface HttpAddress {
  readonly url: string;
  /** As it may be shown. */
  readonly shown: string;
  /** The value of the header `Authorization`, where the address has a user name. */
  readonly authorization: string | undefined;
  /** Texts that no message may have. */
  readonly secrets: readonly string[];
}

/** @throws MonitorError `USAGE` for what is no address. */
export function parseHttpAddress(uri: string): HttpAddress {
  const shown = shownModel(uri);
  if (!URL.canParse(uri)) {
    throw new MonitorError('USAGE', 'This is no address.', { where: shown, fix: 'write https://HOST/PATH' });
  }
  const url = new URL(uri);
  if (url.search === encodeURI('?…')) {
    throw new MonitorError('USAGE', 'The values of this address’s query were not kept.', {
      where: shown,
      fix: 'give the whole address again: --model',
    });
  }
  const [user, password] = [url.username, url.password].map(decoded) as [string, string];
  const authorization =
    user || password ? `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}` : undefined;
  const secrets = [url.password, password, authorization?.slice(6) ?? '', ...url.searchParams.values()];
  url.username = '';
  url.password = '';
  url.hash = '';
  return { url: url.href, shown, authorization, secrets };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Texts below this length stand in any message by chance. */
const SHORTEST_SECRET = 4;

/** A text from an endpoint as a message may quote it: one line of at most 200 characters, secrets as `…`. */
export function quoted(text: string, secrets: readonly string[]): string {
  let masked = text;
  const known = secrets.filter(({ length }) => length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
  for (const secret of known) masked = masked.replaceAll(secret, '…');
  const line = masked.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
