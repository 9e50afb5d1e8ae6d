import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { cacheFolder } from '../storage/cache-folder.js';
import { openStorage } from '../storage/open-storage.js';
import type { StoredObject } from '../storage/storage.js';
import { inferenceCells } from './decode.js';
import { firstLines, readLines } from './lines.js';
import { parseRecord } from './record.js';

/** The largest file that is tried as one JSON document when its lines are none. */
const DOCUMENT_BYTES = 64 << 20;

/**
 * A batch-transform output, with the input it was made from, as a file of capture lines. An output whose lines already
 * carry their input and inference id is used as it is; any other (CSV, JSON without ids, one JSON document over many
 * lines) is written once, line for line, into the user's cache folder, under a name that depends on both files' content.
 * Where the two have different numbers of lines, the surplus lines lack one part and will be quarantined.
 */
export async function transformRecords(
  output: StoredObject | undefined,
  input: StoredObject | undefined,
  options: { readonly signal?: AbortSignal } = {},
): Promise<StoredObject> {
  const signal = options.signal === undefined ? {} : { signal: options.signal };
  const outputPath = output && (await openStorage(output.uri).localCopy(output, signal));
  if (output !== undefined && outputPath !== undefined && (await isSelfContained(outputPath, input))) return output;

  const target = path.join(cacheFolder(), 'batch', cacheName(output, input));
  const storage = openStorage(target);
  const known = await storage.stat(target);
  if (known !== undefined) return known;
  const inputPath = input && (await openStorage(input.uri).localCopy(input, signal));
  const temporary = `${target}.${process.pid}.partial`;
  await mkdir(path.dirname(target), { recursive: true });
  try {
    const lines = Readable.from(recordLines(await sideLines(outputPath), await sideLines(inputPath)));
    await pipeline(lines, createWriteStream(temporary), signal);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
  return (await storage.stat(target))!;
}

async function isSelfContained(file: string, input: StoredObject | undefined): Promise<boolean> {
  const [first] = await firstLines(file, 1);
  if (first === undefined) return true;
  const record = parseRecord(first);
  if ('reason' in record) return false;
  return input === undefined || record.batchTransformOutput === undefined || first.includes('"SageMakerOutput"');
}

async function* recordLines(
  outputs: AsyncIterator<string> | undefined,
  inputs: AsyncIterator<string> | undefined,
): AsyncGenerator<string> {
  for (;;) {
    const [output, input] = [await outputs?.next(), await inputs?.next()];
    if ((output?.done ?? true) && (input?.done ?? true)) return;
    yield `${recordLine(output?.done ? undefined : output?.value, input?.done ? undefined : input?.value)}\n`;
  }
}

function recordLine(output: string | undefined, input: string | undefined): string {
  const own = output !== undefined && input !== undefined ? withoutInput(output, input) : output;
  const record = output === undefined ? undefined : parseRecord(output);
  const cells = output === undefined ? null : inferenceCells.exec(output);
  const known = record !== undefined && !('reason' in record) ? record : undefined;
  return JSON.stringify({
    captureData: {
      ...(input !== undefined && { endpointInput: { data: input, encoding: encodingOf(input) } }),
      ...(own !== undefined && { batchTransformOutput: { data: own, encoding: encodingOf(own) } }),
    },
    eventMetadata: {
      inferenceId: known?.inferenceId ?? cells?.[1],
      inferenceTime: known?.inferenceTime ?? cells?.[2],
    },
    eventVersion: '0',
  });
}

/** A job that joins its input writes the input's cells first. */
function withoutInput(output: string, input: string): string {
  return encodingOf(output) === 'CSV' && output.startsWith(`${input},`) ? output.slice(input.length + 1) : output;
}

function encodingOf(line: string): 'JSON' | 'CSV' {
  return /^\s*[[{]/.test(line) ? 'JSON' : 'CSV';
}

async function sideLines(file: string | undefined): Promise<AsyncIterator<string> | undefined> {
  if (file === undefined) return undefined;
  const [first] = await firstLines(file, 1);
  const document = first !== undefined && /^\s*[[{]/.test(first) && !isJson(first) ? await oneLine(file) : undefined;
  return texts(file, document);
}

async function* texts(file: string, document: string | undefined): AsyncGenerator<string> {
  if (document !== undefined) {
    yield document;
    return;
  }
  for await (const line of readLines(file)) yield line.text;
}

/** A JSON document of many lines as one line: line ends outside strings are the only ones that JSON allows. */
async function oneLine(file: string): Promise<string | undefined> {
  const bytes = await readFile(file);
  if (bytes.length > DOCUMENT_BYTES) return undefined;
  const text = bytes.toString('utf8');
  return isJson(text) ? text.replace(/\r?\n/g, ' ') : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function cacheName(output: StoredObject | undefined, input: StoredObject | undefined): string {
  const hash = createHash('sha256');
  for (const object of [output, input]) hash.update(`${object?.uri}\n${object?.version}\n`);
  return `${hash.digest('hex').slice(0, 32)}-${path.basename((output ?? input)!.uri)}.jsonl`;
}
