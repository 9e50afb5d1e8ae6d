import { EndpointFailure } from './endpoint-failure.js';
import type { EndpointClock, EndpointSettings } from './endpoint-settings.js';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 20_000;
/** An endpoint that asks for more is not waited for. */
const LONGEST_WAIT_MS = 120_000;

/**
 * Tries until it succeeds, at most `maxAttempts` times. Failures that pass are tried again after a pause drawn evenly from
 * zero up to 0.2 s, doubled with each try, at most 20 s; `Retry-After` is waited for, up to two minutes. What is not an
 * `EndpointFailure` ends it at once.
 *
 * @see Source: "full jitter" of M. Brooker, Exponential Backoff And Jitter, AWS Architecture Blog 2015.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { maxAttempts, clock }: Pick<EndpointSettings, 'maxAttempts' | 'clock'>,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof EndpointFailure)) throw error;
      const wait = Math.max(backOff(tries, clock), error.waitMs ?? 0);
      if (!error.passing || tries === maxAttempts || wait > LONGEST_WAIT_MS) throw told(error, tries);
      await clock.pause(wait, signal);
    }
  }
}

function backOff(tries: number, clock: EndpointClock): number {
  return clock.chance() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (tries - 1));
}

/** The failure with what was tried. */
function told(failure: EndpointFailure, tries: number): EndpointFailure {
  const { message, passing, fix, waitMs } = failure;
  const long = waitMs !== undefined && waitMs > LONGEST_WAIT_MS;
  const waits = long ? `, and asks to wait ${Math.ceil(waitMs / 1000)} s` : '';
  const after = tries > 1 ? `, after ${tries} tries` : '';
  return new EndpointFailure(`${message}${after}${waits}`, { passing, fix, waitMs });
}

/**
 * What a header `Retry-After` asks to wait, in milliseconds: seconds or a date; undefined where it says neither.
 *
 * @param nowMs - milliseconds since 1970.
 * @see Source: RFC 9110, section 10.2.3.
 */
export function retryAfterMs(header: string | null | undefined, nowMs: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}

/** Lets so many units a second through, evenly: callers wait their turn. */
export class Pace {
  readonly #msPerUnit: number;
  readonly #clock: EndpointClock;
  #next = Number.NEGATIVE_INFINITY;

  /** @param perSecond - infinite for no limit. */
  constructor(perSecond: number, clock: EndpointClock) {
    this.#msPerUnit = 1000 / perSecond;
    this.#clock = clock;
  }

  async take(units: number, signal: AbortSignal | undefined): Promise<void> {
    if (this.#msPerUnit === 0) return;
    const now = this.#clock.now();
    const turn = Math.max(now, this.#next);
    this.#next = turn + units * this.#msPerUnit;
    if (turn > now) await this.#clock.pause(turn - now, signal);
  }
}
