import { type Document, isMap, isScalar, type Pair, parseDocument, Scalar, stringify, type YAMLMap } from 'yaml';

const format = { lineWidth: 0, flowCollectionPadding: false } as const;

/**
 * Sets a value in a YAML text, or removes it where `value` is undefined. Only the lines of that entry change; in a place
 * that is not written as lines of a block (`{a: 1}`), or that is not there yet, the document is written anew, with its comments.
 *
 * @throws Error of the YAML library where the place is below a text, a list or an alias.
 */
export function editYaml(text: string, path: readonly string[], value: unknown): string {
  const document = parseDocument(text);
  const edited = spliceEntry(text, document, path, value);
  if (value === undefined) document.deleteIn(path);
  else {
    const parent: unknown = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
    if (isMap(parent) && parent.items.length === 0) parent.flow = false;
    document.setIn(path, document.createNode(value));
  }
  const same = edited !== undefined && JSON.stringify(parsed(edited)) === JSON.stringify(document.toJS());
  return same ? edited : document.toString(format);
}

function parsed(text: string): unknown {
  const document = parseDocument(text);
  return document.errors.length > 0 ? undefined : document.toJS();
}

/** The text with one entry of a block mapping replaced, added or removed; undefined where that is not enough. */
function spliceEntry(text: string, document: Document, path: readonly string[], value: unknown): string | undefined {
  const key = path.at(-1)!;
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent) || parent.flow === true || parent.items.length === 0) return undefined;
  const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  if (pair !== undefined) return value === undefined ? withoutPair(text, pair) : withValue(text, pair, key, value);
  return value === undefined ? text : withPair(text, parent, key, value);
}

function withPair(text: string, parent: YAMLMap, key: string, value: unknown): string | undefined {
  const start = parent.range?.[0];
  const end = parent.range?.[1];
  if (start === undefined || end === undefined) return undefined;
  const at = lineEnd(text, end);
  const before = text.slice(0, at);
  return `${before}${before.endsWith('\n') ? '' : '\n'}${entry(key, value, columnOf(text, start))}${text.slice(at)}`;
}

function withValue(text: string, pair: Pair, key: string, value: unknown): string | undefined {
  const span = spanOf(pair);
  if (span === undefined) return undefined;
  const old = pair.value;
  if (isScalar(old) && old.range && old.type !== Scalar.BLOCK_FOLDED && old.type !== Scalar.BLOCK_LITERAL) {
    const inline = stringify(value, format).trimEnd();
    const [from, to] = old.range;
    if (typeof value !== 'object' && !inline.includes('\n') && to > from)
      return text.slice(0, from) + inline + text.slice(to);
  }
  const start = lineStart(text, span.start);
  return text.slice(0, start) + entry(key, value, span.start - start) + text.slice(lineEnd(text, span.end));
}

function withoutPair(text: string, pair: Pair): string | undefined {
  const span = spanOf(pair);
  return span && text.slice(0, lineStart(text, span.start)) + text.slice(lineEnd(text, span.end));
}

function spanOf({ key, value }: Pair): { readonly start: number; readonly end: number } | undefined {
  const start = (key as Scalar).range?.[0];
  const end = (value as { range?: readonly number[] } | null)?.range?.[1];
  return start === undefined || end === undefined ? undefined : { start, end };
}

function entry(key: string, value: unknown, indent: number): string {
  return stringify({ [key]: value }, format).replace(/^(?=.)/gm, ' '.repeat(indent));
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The end of the line in which `offset` lies, its newline included; `offset` itself where a line begins there. */
function lineEnd(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const newline = text.indexOf('\n', offset);
  return newline === -1 ? text.length : newline + 1;
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}
