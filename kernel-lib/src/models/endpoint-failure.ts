/** One request to an endpoint came to nothing. */
export class EndpointFailure extends Error {
  /** Whether the same request may succeed later. */
  readonly passing: boolean;
  readonly fix: string;
  /** What the endpoint asked to wait, in milliseconds. */
  readonly waitMs: number | undefined;

  /** @param message - what happened, without "after 5 tries" and without a full stop. */
  constructor(
    message: string,
    options: { readonly passing: boolean; readonly fix: string; readonly waitMs?: number | undefined },
  ) {
    super(message);
    this.passing = options.passing;
    this.fix = options.fix;
    this.waitMs = options.waitMs;
  }
}

/** Statuses of HTTP that say nothing about the request itself. */
const passingStatuses: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504, 530]);

/** A failure told by a status of HTTP. `reason` is what the endpoint said, ready to be shown. */
export function statusFailure(status: number, reason: string, waitMs?: number): EndpointFailure {
  const said = reason ? `: ${reason}` : '';
  return new EndpointFailure(`The endpoint answered ${status}${said}`, {
    passing: passingStatuses.has(status),
    fix: fixOf(status),
    waitMs,
  });
}

function fixOf(status: number): string {
  if (status === 401 || status === 403) return 'give credentials in DRIFTLINE_MODEL_HEADERS, or check those given';
  if (status === 404 || status === 405) return 'check the address: it must take POST requests';
  if (status === 413) return 'lower DRIFTLINE_MODEL_BATCH_ROWS or DRIFTLINE_MODEL_BATCH_BYTES';
  if (status === 415) return 'give predictor.content_type in --config as the endpoint takes it';
  if (status === 429) return 'set DRIFTLINE_MODEL_REQUESTS_PER_SECOND, or lower DRIFTLINE_MODEL_CONCURRENCY';
  if (status >= 500) return 'check the endpoint’s own log, then run again';
  return 'check content_type, content_template and record_template of predictor in --config, and the columns';
}
