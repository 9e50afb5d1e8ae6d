import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { quietly } from './aws-quiet.js';

export interface S3ClientOptions {
  /** Requests at the same time. */
  readonly concurrency: number;
  /** How long a request may take until its answer begins, and how long the answer may pause. */
  readonly requestTimeoutMs: number;
  /** Tries of one request in all. */
  readonly maxAttempts: number;
}

/**
 * A client with the standard credential chain, kept-alive connections and the SDK's own retries (with growing, random
 * pauses) on 5xx, throttling, timeouts and broken connections. With `AWS_ENDPOINT_URL_S3` addresses are path style.
 * Without a region anywhere it asks us-east-1, and follows the redirect to the bucket's own.
 */
export async function createS3Client(options: S3ClientOptions): Promise<S3Client> {
  const agent = { keepAlive: true, maxSockets: options.concurrency };
  const config: S3ClientConfig = {
    requestHandler: new NodeHttpHandler({
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
      connectionTimeout: Math.min(options.requestTimeoutMs, 10_000),
      requestTimeout: options.requestTimeoutMs,
      socketTimeout: options.requestTimeoutMs,
      throwOnRequestTimeout: true,
    }),
    maxAttempts: options.maxAttempts,
    followRegionRedirects: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  };
  const endpoint = s3Endpoint();
  if (endpoint !== undefined) Object.assign(config, { endpoint, forcePathStyle: true });
  const client = quietly(() => new S3Client(config));
  try {
    await client.config.region();
    return client;
  } catch {
    return new S3Client({ ...config, region: 'us-east-1' });
  }
}

/** The S3-compatible service that the environment names; undefined for S3 itself. */
export function s3Endpoint(): string | undefined {
  return process.env['AWS_ENDPOINT_URL_S3'] || process.env['AWS_ENDPOINT_URL'] || undefined;
}
