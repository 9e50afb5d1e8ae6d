import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandOutput,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { MonitorError } from '../errors.js';
import { allowManyListeners, throwIfAborted } from './abort.js';
import { cacheFolder } from './cache-folder.js';
import { Gate } from './gate.js';
import { parseS3Uri } from './s3-address.js';
import { S3Cache } from './s3-cache.js';
import { createS3Client, s3Endpoint } from './s3-client.js';
import { type S3Credentials, s3Error } from './s3-errors.js';
import type { Storage, StorageContent, StorageOptions, StoredObject } from './storage.js';

export interface S3Options {
  /** Requests at the same time. Default: `DRIFTLINE_S3_CONCURRENCY`, else 32. */
  readonly concurrency?: number;
  /** Until an answer begins, and between two pieces of it. Default: `DRIFTLINE_S3_TIMEOUT_MS`, else 60,000. */
  readonly requestTimeoutMs?: number;
  /** Tries of a request, and of a body that breaks off. Default 5. */
  readonly maxAttempts?: number;
  /** The KMS key that writes are encrypted with. Default: `DRIFTLINE_S3_KMS_KEY_ID`, else what the bucket says. */
  readonly kmsKeyId?: string;
  /** Where local copies lie. Default: `s3` in `cacheFolder()`. */
  readonly cacheFolder?: string;
  /** Size of the local copies above which the oldest are removed. Default: `DRIFTLINE_CACHE_LIMIT_GB`, else 10 GB. */
  readonly cacheLimitBytes?: number;
}

/** How often a change is made anew when others write the same object. */
const UPDATE_ATTEMPTS = 20;

/** S3 as the environment describes it: the standard credential chain, `AWS_REGION`, `AWS_ENDPOINT_URL_S3`. */
export async function openS3(options: S3Options = {}): Promise<Storage> {
  const settings: Settings = {
    concurrency: options.concurrency ?? numberFrom('DRIFTLINE_S3_CONCURRENCY', 32),
    requestTimeoutMs: options.requestTimeoutMs ?? numberFrom('DRIFTLINE_S3_TIMEOUT_MS', 60_000),
    maxAttempts: options.maxAttempts ?? 5,
    kmsKeyId: options.kmsKeyId ?? (process.env['DRIFTLINE_S3_KMS_KEY_ID'] || undefined),
    endpoint: s3Endpoint(),
  };
  const limitBytes = options.cacheLimitBytes ?? numberFrom('DRIFTLINE_CACHE_LIMIT_GB', 10) * 1e9;
  const cache = new S3Cache(options.cacheFolder ?? path.join(cacheFolder(), 's3'), limitBytes);
  return new S3Storage(await createS3Client(settings), settings, cache);
}

interface Settings {
  readonly concurrency: number;
  readonly requestTimeoutMs: number;
  readonly maxAttempts: number;
  readonly kmsKeyId: string | undefined;
  readonly endpoint: string | undefined;
}

/**
 * Objects on S3. Zero-byte objects whose key ends in a slash, which consoles make to show folders, are not listed.
 * However many calls overlap, at most `concurrency` requests are under way; bodies stream, so memory stays bounded.
 */
class S3Storage implements Storage {
  readonly #client: S3Client;
  readonly #settings: Settings;
  readonly #cache: S3Cache;
  readonly #gate: Gate;
  readonly #copying = new Map<string, Promise<string>>();
  readonly #knownBuckets = new Set<string>();

  constructor(client: S3Client, settings: Settings, cache: S3Cache) {
    this.#client = client;
    this.#settings = settings;
    this.#cache = cache;
    this.#gate = new Gate(settings.concurrency);
  }

  async *list(uri: string, options: StorageOptions = {}): AsyncGenerator<StoredObject> {
    const { bucket, key } = parseS3Uri(uri);
    const folder = key === '' || key.endsWith('/') ? key : `${key}/`;
    let found = false;
    for await (const page of this.#pages(uri, { Bucket: bucket, Prefix: folder }, options)) {
      for (const { Key, Size = 0, ETag = '' } of page.Contents ?? []) {
        if (Key === undefined) continue;
        found = true;
        if (Size > 0 || !Key.endsWith('/')) yield { uri: `s3://${bucket}/${Key}`, sizeBytes: Size, version: ETag };
      }
    }
    const single = found || folder === key ? undefined : await this.stat(uri, options);
    if (single) yield single;
  }

  async listFolders(uri: string, options: StorageOptions = {}): Promise<string[]> {
    const { bucket, key } = parseS3Uri(uri);
    const folder = key === '' || key.endsWith('/') ? key : `${key}/`;
    const names: string[] = [];
    for await (const page of this.#pages(uri, { Bucket: bucket, Prefix: folder, Delimiter: '/' }, options)) {
      for (const { Prefix } of page.CommonPrefixes ?? []) names.push(Prefix!.slice(folder.length, -1));
    }
    return names.filter((name) => name !== '').sort();
  }

  async stat(uri: string, options: StorageOptions = {}): Promise<StoredObject | undefined> {
    const { bucket, key } = parseS3Uri(uri);
    if (key === '' || key.endsWith('/')) return undefined;
    try {
      const head = await this.#ask('s3:GetObject', uri, options, (abort) =>
        this.#client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), abort),
      );
      return { uri: `s3://${bucket}/${key}`, sizeBytes: head.ContentLength ?? 0, version: head.ETag ?? '' };
    } catch (error) {
      if (!(error instanceof MonitorError)) throw error;
      if (error.code === 'S3_ACCESS_DENIED') return this.#explainRefusal(uri, error, options);
      if (error.code !== 'FILE_NOT_FOUND') throw error;
      await this.#requireBucket(bucket, uri, options);
      return undefined;
    }
  }

  async read(uri: string, options: StorageOptions = {}): Promise<Uint8Array> {
    return this.#download(uri, undefined, options, async (output) => bodyOf(output));
  }

  async localCopy(object: StoredObject, options: StorageOptions = {}): Promise<string> {
    throwIfAborted(options.signal);
    const file = this.#cache.pathOf(object, this.#settings.endpoint);
    const begun = this.#copying.get(file);
    if (begun) return this.#join(begun, object, options);
    const copying = this.#copy(object, file, options).finally(() => this.#copying.delete(file));
    this.#copying.set(file, copying);
    return copying;
  }

  /** Waits for a copy that another call began; when that call was aborted, this one begins anew. */
  async #join(begun: Promise<string>, object: StoredObject, options: StorageOptions): Promise<string> {
    try {
      return await begun;
    } catch (error) {
      throwIfAborted(options.signal);
      if (error instanceof MonitorError && error.code === 'ABORTED') return this.localCopy(object, options);
      throw error;
    }
  }

  async write(uri: string, content: StorageContent, options: StorageOptions = {}): Promise<void> {
    await this.#put(uri, content, {}, options);
  }

  async update(uri: string, change: (text: string | undefined) => string, options: StorageOptions = {}): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const there = await this.stat(uri, options);
      try {
        const text = there && (await this.#download(uri, there, options, async (output) => bodyOf(output)));
        const condition = there === undefined ? { IfNoneMatch: '*' } : { IfMatch: there.version };
        await this.#put(uri, change(text?.toString('utf8')), condition, options);
        return;
      } catch (error) {
        // Somebody else was faster: what they wrote is read, and the change made to that.
        if (!(error instanceof MonitorError) || error.code !== 'S3_OBJECT_CHANGED') throw error;
        if (attempt === UPDATE_ATTEMPTS) throw error;
        await pause(20 * attempt * (1 + Math.random()), undefined, options.signal ? { signal: options.signal } : {});
      }
    }
  }

  async #put(
    uri: string,
    content: StorageContent,
    condition: { readonly IfMatch?: string; readonly IfNoneMatch?: string },
    options: StorageOptions,
  ): Promise<void> {
    const { bucket, key } = parseS3Uri(uri);
    const { kmsKeyId } = this.#settings;
    const encryption = kmsKeyId ? { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: kmsKeyId } : {};
    const type = contentTypes[path.posix.extname(key)];
    const body = await bytesOf(content);
    await this.#ask('s3:PutObject', uri, options, (abort) =>
      this.#client.send(
        new PutObjectCommand({
          Bucket: bucket,
          Key: key,
          Body: body,
          ...condition,
          ...encryption,
          ...(type !== undefined && { ContentType: type }),
        }),
        abort,
      ),
    );
  }

  async remove(uri: string, options: StorageOptions = {}): Promise<void> {
    const { bucket, key } = parseS3Uri(uri);
    await this.#ask('s3:DeleteObject', uri, options, (abort) =>
      this.#client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), abort),
    );
  }

  async #copy(object: StoredObject, file: string, options: StorageOptions): Promise<string> {
    if (await this.#cache.has(file, object.sizeBytes)) return file;
    return this.#download(object.uri, object, options, async (output, sizeBytes) => {
      const bytes = await this.#cache.keep(file, output.Body as Readable, sizeBytes, options.signal);
      return { result: file, bytes };
    });
  }

  /** One GET, tried again from the start when its body breaks off or is shorter than the answer promised. */
  async #download<T>(
    uri: string,
    listed: StoredObject | undefined,
    options: StorageOptions,
    take: (
      output: GetObjectCommandOutput,
      sizeBytes: number,
    ) => Promise<{ readonly result: T; readonly bytes: number }>,
  ): Promise<T> {
    const { bucket, key } = parseS3Uri(uri);
    const command = { Bucket: bucket, Key: key, ...(listed?.version && { IfMatch: listed.version }) };
    let broken: unknown;
    for (let attempt = 1; attempt <= this.#settings.maxAttempts; attempt++) {
      if (attempt > 1) await this.#pauseBefore(attempt, options);
      const release = await this.#gate.enter(options.signal);
      try {
        const output = await this.#client.send(new GetObjectCommand(command), abortOf(options));
        const sizeBytes = output.ContentLength ?? listed?.sizeBytes ?? 0;
        try {
          const { result, bytes } = await take(output, sizeBytes);
          if (bytes === sizeBytes) return result;
          broken = new Error(`${bytes} of ${sizeBytes} bytes came`);
        } catch (error) {
          if (error instanceof MonitorError || options.signal?.aborted) throw error;
          broken = error;
        }
      } catch (error) {
        throw await this.#explain(error, 's3:GetObject', uri, options, listed);
      } finally {
        release();
      }
    }
    throw new MonitorError('S3_UNAVAILABLE', `The object broke off, ${this.#settings.maxAttempts} times.`, {
      where: uri,
      fix: 'try again later, and check the network to the service',
      cause: broken,
    });
  }

  async #pauseBefore(attempt: number, options: StorageOptions): Promise<void> {
    try {
      await pause(Math.random() * Math.min(5_000, 100 * 2 ** (attempt - 1)), undefined, abortSignalOf(options));
    } catch {
      throwIfAborted(options.signal);
    }
  }

  /** The pages of a listing; the next is asked for while the last is read. */
  async *#pages(
    uri: string,
    input: ListObjectsV2CommandInput,
    options: StorageOptions,
  ): AsyncGenerator<ListObjectsV2CommandOutput> {
    const ask = (token: string | undefined): Promise<ListObjectsV2CommandOutput> => {
      const command = new ListObjectsV2Command(token === undefined ? input : { ...input, ContinuationToken: token });
      const page = this.#ask('s3:ListBucket', uri, options, (abort) => this.#client.send(command, abort));
      page.catch(() => undefined);
      return page;
    };
    let next: Promise<ListObjectsV2CommandOutput> | undefined = ask(undefined);
    while (next) {
      const page: ListObjectsV2CommandOutput = await next;
      if (page.Name === undefined && page.IsTruncated === undefined) throw notAListing(uri);
      next = page.IsTruncated && page.NextContinuationToken ? ask(page.NextContinuationToken) : undefined;
      yield page;
    }
  }

  async #ask<T>(
    action: string,
    uri: string,
    options: StorageOptions,
    send: (abort: { abortSignal?: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const release = await this.#gate.enter(options.signal);
    try {
      return await send(abortOf(options));
    } catch (error) {
      throw await this.#explain(error, action, uri, options);
    } finally {
      release();
    }
  }

  /** HEAD answers have no body that says why they refuse; a GET of the first byte has. */
  async #explainRefusal(uri: string, refusal: MonitorError, options: StorageOptions): Promise<never> {
    const { bucket, key } = parseS3Uri(uri);
    const output = await this.#ask('s3:GetObject', uri, options, (abort) =>
      this.#client.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: 'bytes=0-0' }), abort),
    );
    (output.Body as Readable | undefined)?.destroy();
    throw refusal;
  }

  /** HEAD answers 404 also where there is no bucket. Without the right to look, the object counts as missing. */
  async #requireBucket(bucket: string, uri: string, options: StorageOptions): Promise<void> {
    if (this.#knownBuckets.has(bucket)) return;
    try {
      const head = new HeadBucketCommand({ Bucket: bucket });
      await this.#ask('s3:ListBucket', uri, options, (abort) => this.#client.send(head, abort));
    } catch (error) {
      const missing = error instanceof MonitorError && error.code === 'FILE_NOT_FOUND';
      if (missing) throw await this.#explain({ name: 'NoSuchBucket' }, 's3:ListBucket', uri, options);
    }
    this.#knownBuckets.add(bucket);
  }

  async #explain(
    error: unknown,
    action: string,
    uri: string,
    options: StorageOptions,
    listed?: StoredObject,
  ): Promise<MonitorError> {
    const credentials = (await this.#client.config.credentials().catch(() => undefined)) as S3Credentials | undefined;
    const region = await this.#client.config.region().catch(() => '');
    const endpoint = this.#settings.endpoint ?? `S3 in ${region}`;
    const { maxAttempts } = this.#settings;
    const explained = s3Error(error, { action, uri, endpoint, maxAttempts, credentials, signal: options.signal });
    if (listed === undefined || explained.code !== 'FILE_NOT_FOUND') return explained;
    return new MonitorError('S3_OBJECT_CHANGED', 'This object was deleted between list and read.', {
      where: uri,
      fix: 'run again; what is left is then read',
      cause: explained.cause,
    });
  }
}

const contentTypes: Readonly<Record<string, string>> = {
  '.json': 'application/json',
  '.jsonl': 'application/jsonlines',
  '.html': 'text/html; charset=utf-8',
  '.csv': 'text/csv',
  '.yaml': 'application/yaml',
};

/** A proxy's or portal's page reads as an empty listing, which must not pass for "no data". */
function notAListing(uri: string): MonitorError {
  return new MonitorError('S3_UNAVAILABLE', 'What was answered is no listing of a bucket.', {
    where: uri,
    fix: 'check AWS_ENDPOINT_URL_S3, and that no proxy stands in between',
  });
}

function abortOf({ signal }: StorageOptions): { abortSignal?: AbortSignal } {
  allowManyListeners(signal);
  return signal ? { abortSignal: signal } : {};
}

function abortSignalOf({ signal }: StorageOptions): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}

function numberFrom(variable: string, fallback: number): number {
  const text = process.env[variable];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new MonitorError('CONFIGURATION', `${variable} is "${text}".`, {
    fix: 'use a positive number, or leave it out',
  });
}

async function bytesOf(content: StorageContent): Promise<Uint8Array> {
  if (typeof content === 'string') return Buffer.from(content);
  if (content instanceof Uint8Array) return content;
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

async function bodyOf(output: GetObjectCommandOutput): Promise<{ readonly result: Buffer; readonly bytes: number }> {
  const parts: Uint8Array[] = [];
  for await (const part of output.Body as Readable) parts.push(part as Uint8Array);
  const content = Buffer.concat(parts);
  return { result: content, bytes: content.length };
}
