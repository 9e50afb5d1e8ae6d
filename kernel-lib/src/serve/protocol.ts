import type { MonitorErrorCode } from '../errors.js';
import type { Progress } from '../progress.js';

/** The MIME type under which a kernel answers the panels: {@link ServeReply} and {@link ServeProgress}. */
export const REPLY_MIME_TYPE = 'application/vnd.driftline.reply.v1+json';

/** The name of the kernel in Jupyter. */
export const KERNEL_NAME = 'driftline';

/** What a panel asks a kernel for. */
export interface ServeRequest {
  /** Chosen by the caller; every answer bears it. */
  readonly id: string;
  /** A key of {@link ServeMethods}. */
  readonly method: string;
  readonly params: unknown;
}

/** Why a request was not fulfilled. `FAULT` is a fault of driftline's own. */
export interface ServeError {
  readonly code: MonitorErrorCode | 'FAULT';
  readonly what: string;
  readonly where?: string;
  readonly fix?: string;
}

/** The end of a request; the last message that bears its id. */
export type ServeReply =
  | { readonly id: string; readonly ok: true; readonly result: unknown }
  | { readonly id: string; readonly ok: false; readonly error: ServeError };

/** How far a request has come; at most five a second. */
export interface ServeProgress {
  readonly id: string;
  readonly progress: Progress;
}
