import { setTimeout as pause } from 'node:timers/promises';
import { MonitorError } from '../errors.js';

/** How an endpoint is asked. */
export interface EndpointOptions {
  /** Rows a request, at most. Default: `DRIFTLINE_MODEL_BATCH_ROWS`, else 500. */
  readonly batchRows?: number;
  /** Bytes a request, at most. Default: `DRIFTLINE_MODEL_BATCH_BYTES`, else 5,000,000; SageMaker takes 6 MB. */
  readonly batchBytes?: number;
  /** Requests at the same time. Default: `DRIFTLINE_MODEL_CONCURRENCY`, else 4. */
  readonly concurrency?: number;
  /** Default: `DRIFTLINE_MODEL_REQUESTS_PER_SECOND`, else as fast as it answers. */
  readonly requestsPerSecond?: number;
  /** Default: `DRIFTLINE_MODEL_ROWS_PER_SECOND`, else as fast as it answers. */
  readonly rowsPerSecond?: number;
  /** Until an answer is complete. Default: `DRIFTLINE_MODEL_TIMEOUT_MS`, else 60,000. */
  readonly timeoutMs?: number;
  /** Tries of one request in all. Default: `DRIFTLINE_MODEL_ATTEMPTS`, else 5. */
  readonly maxAttempts?: number;
  /** Time and chance of the pauses between tries. Default: this machine's. */
  readonly clock?: EndpointClock;
}

/** What pauses need. */
export interface EndpointClock {
  /** Milliseconds that only grow. */
  now(): number;
  /** Rejects when the signal is aborted. */
  pause(ms: number, signal: AbortSignal | undefined): Promise<void>;
  /** In [0, 1): spreads the tries of several runs. No result depends on it. */
  chance(): number;
}

export interface EndpointSettings {
  readonly batchRows: number;
  readonly batchBytes: number;
  readonly concurrency: number;
  readonly requestsPerSecond: number;
  readonly rowsPerSecond: number;
  readonly timeoutMs: number;
  readonly maxAttempts: number;
  readonly clock: EndpointClock;
}

const machineClock: EndpointClock = {
  now: () => performance.now(),
  pause: (ms, signal) => pause(ms, undefined, signal && { signal }),
  chance: () => Math.random(),
};

/** @throws MonitorError `CONFIGURATION` for a number out of its range, naming the variable. */
export function endpointSettings(options: EndpointOptions = {}): EndpointSettings {
  return {
    batchRows: setting('BATCH_ROWS', options.batchRows, 500, wholeFrom(1)),
    batchBytes: setting('BATCH_BYTES', options.batchBytes, 5_000_000, wholeFrom(1)),
    concurrency: setting('CONCURRENCY', options.concurrency, 4, wholeFrom(1)),
    requestsPerSecond: setting('REQUESTS_PER_SECOND', options.requestsPerSecond, Number.POSITIVE_INFINITY, positive),
    rowsPerSecond: setting('ROWS_PER_SECOND', options.rowsPerSecond, Number.POSITIVE_INFINITY, positive),
    timeoutMs: setting('TIMEOUT_MS', options.timeoutMs, 60_000, wholeFrom(1, MAX_TIMEOUT_MS)),
    maxAttempts: setting('ATTEMPTS', options.maxAttempts, 5, wholeFrom(1, 20)),
    clock: options.clock ?? machineClock,
  };
}

/** Node's own requests end after so long. */
const MAX_TIMEOUT_MS = 300_000;

interface Range {
  readonly words: string;
  has(value: number): boolean;
}

const positive: Range = { words: 'a number above 0', has: (value) => value > 0 };

function wholeFrom(least: number, most: number = Number.MAX_SAFE_INTEGER): Range {
  return {
    words:
      most === Number.MAX_SAFE_INTEGER ? `a whole number from ${least}` : `a whole number from ${least} to ${most}`,
    has: (value) => Number.isInteger(value) && value >= least && value <= most,
  };
}

function setting(name: string, given: number | undefined, fallback: number, range: Range): number {
  const variable = `DRIFTLINE_MODEL_${name}`;
  const text = process.env[variable];
  const value = given ?? (text ? Number(text) : fallback);
  if (range.has(value)) return value;
  throw new MonitorError('CONFIGURATION', `${variable} is ${given ?? `"${text}"`}.`, {
    where: 'how the endpoint is asked',
    fix: `give ${range.words}`,
  });
}
