import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { fileStorage } from '../../kernel-lib/src/storage/file.js';
import { joinUri, openStorage, relativeUri } from '../../kernel-lib/src/storage/open-storage.js';
import { collect } from '../support/collect.js';
import { driftline, type Ended, temporaryFolder } from '../support/driftline.js';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.js';
import { type S3Server, startS3Server } from '../support/s3-server.js';

const folder = temporaryFolder();
const project = path.join(folder, 'census');
const bucket = 's3://readable/census';
const day = ['--start', '2026-03-05T00:00:00Z', '--end', '2026-03-06T00:00:00Z'];
let server: S3Server;
let proxy: FaultProxy;

beforeAll(async () => {
  server = await startS3Server();
  for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
  proxy = await startFaultProxy(server.endpoint);
  vi.stubEnv('AWS_ENDPOINT_URL_S3', proxy.endpoint);
  vi.stubEnv('DRIFTLINE_CACHE', path.join(folder, 'cache'));
  expect((await driftline(['demo', project, '--quiet'])).code).toBe(0);
  const captured = await collect(fileStorage.list(path.join(project, 'capture')));
  const wanted = captured.filter(({ uri }) => uri.includes('/2026/03/05/'));
  const baseline = await collect(fileStorage.list(path.join(project, 'baseline')));
  const storage = openStorage(bucket);
  const upload = async (uri: string): Promise<void> =>
    storage.write(joinUri(bucket, relativeUri(project, uri)), await fileStorage.read(uri));
  await Promise.all([...wanted, ...baseline].map(({ uri }) => upload(uri)));
}, 120_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await proxy?.stop();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function text(uri: string): Promise<string> {
  return new TextDecoder().decode(await openStorage(uri).read(uri));
}

/** Baseline and check, all of it below one location. */
async function monitor(at: string, env: Record<string, string> = {}): Promise<Ended> {
  const under = (...names: string[]): string => joinUri(at, ...names);
  const made = await driftline(
    [
      'baseline',
      'data-quality',
      '--dataset',
      under('baseline', 'training.csv'),
      '--output',
      under('results', 'baseline'),
    ],
    { env },
  );
  expect(made.error + made.code).toMatch(/0$/);
  const places = ['--current', under('capture'), '--baseline', under('results', 'baseline')];
  return driftline(['check', 'data-quality', ...places, '--output', under('results', 'day'), ...day, '--quiet'], {
    env,
  });
}

it('a baseline and a check from and to S3 give what they give on disk', async () => {
  const local = await monitor(project);
  const remote = await monitor(bucket);

  expect([local.code, local.error]).toEqual([1, '']);
  expect([remote.code, remote.error]).toEqual([1, '']);
  for (const name of ['baseline/constraints.json', 'baseline/statistics.json', 'day/constraint_violations.json']) {
    expect(await text(`${bucket}/results/${name}`)).toBe(await text(path.join(project, 'results', name)));
  }
});

it('a second check fetches nothing again, and finds the same', async () => {
  const before = await text(`${bucket}/results/day/constraint_violations.json`);
  proxy.reset();
  const again = await monitor(bucket);
  const fetched = proxy.requests.filter(
    ({ method, url }) => method === 'GET' && /\.(jsonl|csv)\?x-id=GetObject/.test(url),
  );

  expect(again.code).toBe(1);
  expect(fetched.map(({ url }) => url)).toEqual([]);
  expect(await text(`${bucket}/results/day/constraint_violations.json`)).toBe(before);
});

it('wrong credentials end with 3 and a message that names them, without the secret', async () => {
  const secret = 'aSecretThatNobodyMaySee';
  const env = { AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: '' };
  const places = ['--current', joinUri(bucket, 'capture'), '--baseline', joinUri(bucket, 'results', 'baseline')];
  const ended = await driftline(['check', 'data-quality', ...places, '--output', path.join(folder, 'out')], { env });

  expect(ended.code).toBe(3);
  expect(ended.error).toContain('the access key ending in IN01, from environment variables');
  expect(ended.error).toContain('fix:');
  expect(ended.out + ended.error).not.toContain(secret);
});

it('a bucket that does not exist ends with 3 and its name', async () => {
  const ended = await driftline(['profile', 's3://no-such-bucket/data.csv']);

  expect(ended.code).toBe(3);
  expect(ended.error).toContain('There is no bucket "no-such-bucket"');
});
