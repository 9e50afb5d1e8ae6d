import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { MonitorError } from '../../../kernel-lib/src/errors.js';
import { localCopies } from '../../../kernel-lib/src/storage/copy-all.js';
import { openStorage } from '../../../kernel-lib/src/storage/open-storage.js';
import { openS3, type S3Options } from '../../../kernel-lib/src/storage/s3.js';
import type { Storage, StoredObject } from '../../../kernel-lib/src/storage/storage.js';
import { collect } from '../../support/collect.js';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy.js';
import { type S3Server, startS3Server } from '../../support/s3-server.js';

const root = 's3://data';
const many = Array.from({ length: 1005 }, (_, index) => `many/${String(index).padStart(4, '0')}.json`);

let server: S3Server;
let proxy: FaultProxy;
let cache: string;
let storage: Storage;

beforeAll(async () => {
  server = await startS3Server();
  proxy = await startFaultProxy(server.endpoint);
  await server.createBucket('data');
  use(server.env, server.endpoint);
  const direct = await openS3();
  const contents: [string, string][] = [
    ['a/1.csv', 'x\n1\n'],
    ['a/10.csv', 'x\n10\n'],
    ['a/b/2.csv', 'x\n2\n'],
    ['a-b.csv', 'x\n3\n'],
    ['odd/ü, 100% & "q"+ .csv', 'x\n4\n'],
    ['big.bin', 'b'.repeat(500_000)],
  ];
  await Promise.all(contents.map(([key, content]) => direct.write(`${root}/${key}`, content)));
  await Promise.all(many.map((key) => direct.write(`${root}/${key}`, key)));
  await direct.write('s3://readable/x.csv', 'x\n');
});

afterAll(async () => {
  await proxy?.stop();
  await server?.stop();
});

beforeEach(async () => {
  cache = mkdtempSync(path.join(tmpdir(), 'driftline-cache-'));
  proxy.reset();
  use(server.env);
  storage = await open();
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

/** Sets the environment that S3 is found by; requests go through the proxy. */
function use(env: Readonly<Record<string, string>>, endpoint: string = proxy.endpoint): void {
  vi.unstubAllEnvs();
  for (const name of Object.keys(process.env).filter((name) => name.startsWith('AWS_'))) vi.stubEnv(name, undefined);
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint);
}

function open(options: S3Options = {}): Promise<Storage> {
  return openS3({ cacheFolder: cache, ...options });
}

function gets(): string[] {
  return proxy.requests.filter(({ method }) => method === 'GET').map(({ url }) => url);
}

async function statOf(key: string): Promise<StoredObject> {
  const object = await storage.stat(`${root}/${key}`);
  return object ?? expect.fail(`${key} is not there`);
}

/** The error of a call that must fail, checked to hold no secret anywhere that could be printed. */
async function failure(call: Promise<unknown>): Promise<MonitorError> {
  const error = await call.then(
    () => expect.fail('it did not fail'),
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(MonitorError);
  const printed = inspect(error, { depth: 9, showHidden: true });
  for (const env of [server.env, server.readerEnv, wrongSecret, wrongKey, expired]) {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) {
      if (env[name]) expect(printed).not.toContain(env[name]);
    }
  }
  return error as MonitorError;
}

const wrongSecret: Record<string, string> = {
  AWS_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_ACCESS_KEY_ID: 'AKIADRIFTLINEADMIN01',
  AWS_SECRET_ACCESS_KEY: 'notTheSecret/ButASecretAllTheSame',
};
const expired: Record<string, string> = { ...wrongSecret, AWS_SESSION_TOKEN: 'aTokenThatNobodyMaySee' };
const wrongKey: Record<string, string> = { ...wrongSecret, AWS_ACCESS_KEY_ID: 'AKIANOBODYHASTHIS9876' };

describe('list()', () => {
  test('gives the objects below a prefix, ascending, and none that only begin alike', async () => {
    const found = await collect(storage.list(`${root}/a`));

    expect(found.map(({ uri }) => uri)).toEqual([`${root}/a/1.csv`, `${root}/a/10.csv`, `${root}/a/b/2.csv`]);
    expect(found.map(({ sizeBytes }) => sizeBytes)).toEqual([4, 5, 4]);
    expect(await collect(storage.list(`${root}/a/`))).toEqual(found);
  });

  test('gives an object for its own address, and nothing where nothing is', async () => {
    expect(await collect(storage.list(`${root}/a/1.csv`))).toEqual([await statOf('a/1.csv')]);
    expect(await collect(storage.list(`${root}/missing`))).toEqual([]);
  });

  test('goes past the thousand objects of a page', async () => {
    const found = await collect(storage.list(`${root}/many`));

    expect(found.map(({ uri }) => uri)).toEqual(many.map((key) => `${root}/${key}`));
    expect(gets()).toHaveLength(2);
  });

  test('stops when aborted', async () => {
    const signal = AbortSignal.abort();

    expect((await failure(collect(storage.list(root, { signal })))).code).toBe('ABORTED');
  });
});

test('listFolders() asks for one level only', async () => {
  expect(await storage.listFolders(root)).toEqual(['a', 'many', 'odd']);
  expect(await storage.listFolders(`${root}/a`)).toEqual(['b']);
  expect(await storage.listFolders(`${root}/missing`)).toEqual([]);
  expect(gets()).toHaveLength(3);
});

test('stat() is undefined for a folder and for nothing', async () => {
  expect(await storage.stat(`${root}/a`)).toBeUndefined();
  expect(await storage.stat(`${root}/a/`)).toBeUndefined();
  expect(await storage.stat(root)).toBeUndefined();
});

test('keys with spaces, per cents and umlauts are read as they are listed', async () => {
  const [object] = await collect(storage.list(`${root}/odd`));

  expect(object?.uri).toBe(`${root}/odd/ü, 100% & "q"+ .csv`);
  expect(readFileSync(await storage.localCopy(object!), 'utf8')).toBe('x\n4\n');
});

test('write() takes chunks, in one object', async () => {
  const uri = `${root}/chunks.csv`;
  async function* chunks(): AsyncGenerator<string> {
    yield 'a\n';
    yield 'ä\n';
  }
  await storage.write(uri, chunks());

  expect(Buffer.from(await storage.read(uri)).toString()).toBe('a\nä\n');
  await storage.remove(uri);
});

test('write() replaces, read() gives what was written, remove() is content when nothing is there', async () => {
  const uri = `${root}/written/report.json`;
  await storage.write(uri, '{"ä":1}\n');
  await storage.write(uri, '{"ä":2}\n');
  expect(Buffer.from(await storage.read(uri)).toString()).toBe('{"ä":2}\n');

  await storage.remove(uri);
  await storage.remove(uri);
  expect(await storage.stat(uri)).toBeUndefined();
  expect((await failure(storage.read(uri))).code).toBe('FILE_NOT_FOUND');
});

test('openStorage() finds S3 by the environment, and anew when it changes', async () => {
  const first = openStorage(`${root}/a/1.csv`);
  expect(Buffer.from(await first.read(`${root}/a/1.csv`)).toString()).toBe('x\n1\n');
  expect(openStorage(root)).toBe(first);

  vi.stubEnv('AWS_ACCESS_KEY_ID', wrongKey['AWS_ACCESS_KEY_ID']!);
  expect((await failure(openStorage(root).read(`${root}/a/1.csv`))).code).toBe('S3_CREDENTIALS');
});

describe('localCopy()', () => {
  test('fetches an object once, however often and by however many it is asked for', async () => {
    const object = await statOf('big.bin');
    const [one, two] = await Promise.all([storage.localCopy(object), storage.localCopy(object)]);
    const later = await (await open()).localCopy(object);

    expect([two, later]).toEqual([one, one]);
    expect(statSync(one).size).toBe(500_000);
    expect(path.extname(one)).toBe('.bin');
    expect(gets()).toHaveLength(1);
  });

  test('fetches again what has changed since', async () => {
    const uri = `${root}/changing.csv`;
    await storage.write(uri, 'one');
    const one = await storage.localCopy(await statOf('changing.csv'));
    await storage.write(uri, 'two');
    const two = await storage.localCopy(await statOf('changing.csv'));

    expect([readFileSync(one, 'utf8'), readFileSync(two, 'utf8')]).toEqual(['one', 'two']);
  });

  test('says that an object was replaced meanwhile', async () => {
    await storage.write(`${root}/replaced.csv`, 'one');
    const object = await statOf('replaced.csv');
    await storage.write(`${root}/replaced.csv`, 'two');
    const error = await failure(storage.localCopy(object));

    expect(error.code).toBe('S3_OBJECT_CHANGED');
    expect(error.where).toBe(`${root}/replaced.csv`);
  });

  test('says that an object was deleted between list and read', async () => {
    await storage.write(`${root}/deleted.csv`, 'one');
    const object = await statOf('deleted.csv');
    await storage.remove(object.uri);
    const error = await failure(storage.localCopy(object));

    expect(error.code).toBe('S3_OBJECT_CHANGED');
    expect(error.message).toContain('deleted between list and read');
    expect(error.where).toBe(object.uri);
  });

  test('removes the copies unused for longest when the cache grows past its limit', async () => {
    const objects = await collect(storage.list(`${root}/a`));
    const old = await storage.localCopy(objects[0]!);
    const recent = await storage.localCopy(objects[1]!);
    utimesSync(old, new Date(0), new Date(0));

    const small = await open({ cacheLimitBytes: 8 });
    const third = await small.localCopy(objects[2]!);

    expect([old, recent, third].map((file) => existsSync(file))).toEqual([false, true, true]);
    expect(readFileSync(await small.localCopy(objects[0]!), 'utf8')).toBe('x\n1\n');
  });
});

describe('update()', () => {
  test('loses no change of eight at once, from nothing on', async () => {
    const increase = (text: string | undefined): string => String(Number(text ?? '0') + 1);
    await Promise.all(Array.from({ length: 8 }, () => storage.update(`${root}/updated/count`, increase)));

    expect(Buffer.from(await storage.read(`${root}/updated/count`)).toString()).toBe('8');
  });
});

describe('faults', () => {
  test('503 answers are tried again until the service recovers', async () => {
    proxy.fault = (_, index) => (index < 3 ? { kind: 'status', status: 503, body: slowDown } : undefined);

    expect(Buffer.from(await storage.read(`${root}/a/1.csv`)).toString()).toBe('x\n1\n');
    expect(proxy.requests).toHaveLength(4);
  });

  test('503 answers without an end are an error that says so', async () => {
    proxy.fault = () => ({ kind: 'status', status: 503, body: slowDown });
    const error = await failure((await open({ maxAttempts: 3 })).read(`${root}/a/1.csv`));

    expect(error.code).toBe('S3_UNAVAILABLE');
    expect(error.message).toContain('fewer requests (SlowDown), after 3 tries');
    expect(proxy.requests).toHaveLength(3);
  });

  test('an answer that comes too late is asked for again', async () => {
    proxy.fault = (_, index) => (index === 0 ? { kind: 'slow', ms: 5_000 } : undefined);
    const impatient = await open({ requestTimeoutMs: 300 });

    expect(Buffer.from(await impatient.read(`${root}/a/1.csv`)).toString()).toBe('x\n1\n');
    expect(proxy.requests).toHaveLength(2);
  });

  test('a service that never answers is an error that says so', async () => {
    proxy.fault = () => ({ kind: 'slow', ms: 5_000 });
    const error = await failure((await open({ requestTimeoutMs: 100, maxAttempts: 2 })).read(`${root}/a/1.csv`));

    expect(error.code).toBe('S3_UNAVAILABLE');
    expect(error.message).toContain('did not answer in time, after 2 tries');
  });

  test.each(['truncate', 'stall'] as const)(
    'a body that breaks off (%s) is fetched again, and nothing half stays',
    async (kind) => {
      const object = await statOf('big.bin');
      proxy.reset();
      proxy.fault = (_, index) => (index < 2 ? { kind, bytes: 100_000 } : undefined);
      const copy = await (await open({ requestTimeoutMs: 400 })).localCopy(object);

      expect(readFileSync(copy, 'utf8')).toBe('b'.repeat(500_000));
      expect(proxy.requests).toHaveLength(3);
      expect(readdirSync(path.dirname(copy))).toHaveLength(1);
    },
  );

  test('a body that always breaks off is an error, and leaves no file', async () => {
    const object = await statOf('big.bin');
    proxy.fault = () => ({ kind: 'truncate', bytes: 10 });
    const copying = await open({ maxAttempts: 2 });
    const error = await failure(copying.localCopy(object));

    expect(error.code).toBe('S3_UNAVAILABLE');
    expect(error.where).toBe(object.uri);
    expect((await failure(copying.read(object.uri))).code).toBe('S3_UNAVAILABLE');
    expect(readdirSync(cache, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([]);
  });

  test('a dropped connection is tried again', async () => {
    proxy.fault = (_, index) => (index === 0 ? { kind: 'drop' } : undefined);

    expect((await statOf('a/1.csv')).sizeBytes).toBe(4);
    expect(proxy.requests).toHaveLength(2);
  });

  test('an endpoint that nobody listens on is named', async () => {
    use(server.env, 'http://127.0.0.1:1');
    const error = await failure((await open({ maxAttempts: 1 })).read(`${root}/a/1.csv`));

    expect(error.code).toBe('S3_UNAVAILABLE');
    expect(error.message).toContain('http://127.0.0.1:1 cannot be reached (ECONNREFUSED)');
  });

  test('an answer that is not S3 is an error of the service', async () => {
    proxy.fault = () => ({ kind: 'status', status: 200, body: '<html>welcome to the hotel network</html>' });
    const error = await failure((await open({ maxAttempts: 1 })).listFolders(root));

    expect(error.code).toBe('S3_UNAVAILABLE');
  });

  test('a wait for another try ends at once when aborted', async () => {
    proxy.fault = () => ({ kind: 'slow', ms: 5_000 });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const started = Date.now();
    const error = await failure(storage.read(`${root}/a/1.csv`, { signal: controller.signal }));

    expect(error.code).toBe('ABORTED');
    expect(Date.now() - started).toBeLessThan(2_000);
  });
});

describe('refusals', () => {
  test('a wrong secret: whose key it is and where it came from, never what it is', async () => {
    use(wrongSecret);
    const refused = await open();
    for (const call of [
      () => refused.read(`${root}/a/1.csv`),
      () => refused.stat(`${root}/a/1.csv`),
      () => refused.listFolders(root),
    ]) {
      const error = await failure(call());
      expect(error.code).toBe('S3_CREDENTIALS');
      expect(error.message).toContain('the access key ending in IN01, from environment variables');
      expect(error.message).toContain('the secret does not belong to this access key');
    }
  });

  test('a wrong secret in a profile: which profile it is', async () => {
    use({ AWS_REGION: 'us-east-1', AWS_PROFILE: 'work' });
    const file = path.join(cache, 'credentials');
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = wrongSecret;
    writeFileSync(file, `[work]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', file);
    vi.stubEnv('AWS_CONFIG_FILE', path.join(cache, 'none'));
    const error = await failure((await open()).read(`${root}/a/1.csv`));

    expect(error.code).toBe('S3_CREDENTIALS');
    expect(error.message).toContain('ending in IN01, from the profile "work"');
  });

  test('an access key that does not exist', async () => {
    use(wrongKey);
    const error = await failure((await open()).read(`${root}/a/1.csv`));

    expect(error.code).toBe('S3_CREDENTIALS');
    expect(error.message).toContain('ending in 9876, from environment variables: there is no such access key');
  });

  test('a token that has expired, echoed by the service in its answer', async () => {
    use(expired);
    proxy.fault = () => ({
      kind: 'status',
      status: 400,
      body: `<Error><Code>ExpiredToken</Code><Message>The token ${expired['AWS_SESSION_TOKEN']} has expired.</Message><Token-0>${expired['AWS_SESSION_TOKEN']}</Token-0></Error>`,
    });
    const error = await failure((await open()).listFolders(root));

    expect(error.code).toBe('S3_CREDENTIALS');
    expect(error.message).toContain('they have expired');
  });

  test('no credentials anywhere', async () => {
    use({ AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true' });
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(cache, 'none'));
    vi.stubEnv('AWS_CONFIG_FILE', path.join(cache, 'none'));
    const error = await failure((await open()).read(`${root}/a/1.csv`));

    expect(error.code).toBe('S3_CREDENTIALS');
    expect(error.message).toContain('No AWS credentials were found.');
    expect(error.fix).toContain('AWS_PROFILE');
  });

  test('credentials that may not do it: the action and the address are named', async () => {
    use(server.readerEnv);
    const limited = await open();
    expect(Buffer.from(await limited.read('s3://readable/x.csv')).toString()).toBe('x\n');

    const error = await failure(limited.write('s3://readable/y.csv', 'y'));
    expect(error.code).toBe('S3_ACCESS_DENIED');
    expect(error.message).toContain('s3:PutObject is not allowed');
    expect(error.where).toBe('s3://readable/y.csv');
    expect((await failure(limited.stat(`${root}/a/1.csv`))).code).toBe('S3_ACCESS_DENIED');
  });

  test('a bucket that does not exist, for every call', async () => {
    for (const call of [
      () => storage.read('s3://nowhere/x'),
      () => storage.stat('s3://nowhere/x'),
      () => storage.listFolders('s3://nowhere'),
      () => collect(storage.list('s3://nowhere/x')),
      () => storage.write('s3://nowhere/x', ''),
    ]) {
      const error = await failure(call());
      expect(error.code).toBe('S3_BUCKET_NOT_FOUND');
      expect(error.message).toContain(`There is no bucket "nowhere" at ${proxy.endpoint}`);
    }
  });

  test('a bucket in another region: the region is named', async () => {
    proxy.fault = () => ({
      kind: 'status',
      status: 400,
      body: '<Error><Code>AuthorizationHeaderMalformed</Code><Message>wrong region</Message><Region>eu-west-3</Region></Error>',
    });
    const error = await failure(storage.read(`${root}/a/1.csv`));

    expect(error.code).toBe('S3_BUCKET_NOT_FOUND');
    expect(error.message).toContain('AWS_REGION=eu-west-3');
  });

  test('an object in an archive', async () => {
    proxy.fault = () => ({
      kind: 'status',
      status: 403,
      body: '<Error><Code>InvalidObjectState</Code><Message>archived</Message></Error>',
    });

    expect((await failure(storage.read(`${root}/a/1.csv`))).code).toBe('FILE_NOT_READABLE');
  });

  test('an address without a bucket', async () => {
    expect((await failure(storage.read('s3:///x'))).code).toBe('USAGE');
  });
});

test('writes name the KMS key that the environment or the caller gives, and no key otherwise', async () => {
  proxy.fault = () => ({ kind: 'status', status: 200 });
  const uri = `${root}/secret/report.json`;
  await storage.write(uri, '{}');
  await (await open({ kmsKeyId: 'alias/of-the-caller' })).write(uri, '{}');
  vi.stubEnv('DRIFTLINE_S3_KMS_KEY_ID', 'alias/of-the-environment');
  await (await open()).write(uri, '{}');

  const header = (name: string) => proxy.requests.map(({ headers }) => headers[`x-amz-server-side-encryption${name}`]);
  expect(header('')).toEqual([undefined, 'aws:kms', 'aws:kms']);
  expect(header('-aws-kms-key-id')).toEqual([undefined, 'alias/of-the-caller', 'alias/of-the-environment']);
});

test('many requests with one signal print no warning', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
  const { signal } = new AbortController();
  const objects = await collect(storage.list(`${root}/many`, { signal }));
  await Promise.all(objects.slice(0, 40).map((object) => storage.localCopy(object, { signal })));

  expect(warned).not.toHaveBeenCalled();
  warned.mockRestore();
});

test('never more requests are under way than allowed', async () => {
  let now = 0;
  let most = 0;
  proxy.before = async () => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 5));
    now--;
  };
  const narrow = await open({ concurrency: 4 });
  await Promise.all(many.slice(0, 40).map((key) => narrow.read(`${root}/${key}`)));

  expect(most).toBe(4);
});

describe('localCopies()', () => {
  test('gives copies in order, and runs ahead of its reader no further than allowed', async () => {
    const objects = await collect(storage.list(`${root}/many`));
    proxy.reset();
    const found: string[] = [];
    for await (const { object, path: file } of localCopies(storage, objects.slice(0, 30), { concurrency: 5 })) {
      found.push(object.uri);
      expect(readFileSync(file, 'utf8')).toBe(object.uri.slice(`${root}/`.length));
      expect(proxy.requests.length).toBeLessThanOrEqual(found.length + 4);
    }
    expect(found).toEqual(objects.slice(0, 30).map(({ uri }) => uri));
  });

  test('throws when the turn of a failed copy comes, and begins no more', async () => {
    const objects = await collect(storage.list(`${root}/many`));
    const gone = { ...objects[3]!, uri: `${root}/many/gone.json` };
    proxy.reset();
    const read: string[] = [];
    const reading = async (): Promise<void> => {
      const all = [...objects.slice(0, 3), gone, ...objects.slice(4, 50)];
      for await (const { object } of localCopies(storage, all, { concurrency: 4 })) read.push(object.uri);
    };

    expect((await failure(reading())).where).toBe(gone.uri);
    expect(read).toHaveLength(3);
    expect(proxy.requests.length).toBeLessThan(10);
  });
});

const slowDown = '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';
