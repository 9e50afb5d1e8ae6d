import type { ServeError } from 'driftline';

/** What went wrong besides a request itself: there is no kernel, or it ended. */
export type KernelErrorCode = ServeError['code'] | 'NOT_INSTALLED' | 'KERNEL';

/** What a {@link KernelError} says. */
export interface KernelProblem {
  readonly code: KernelErrorCode;
  readonly what: string;
  readonly where?: string;
  readonly fix?: string;
}

/** Why a request was not fulfilled: what happened, where, and how to fix it. `ABORTED` where it was cancelled. */
export class KernelError extends Error {
  override readonly name = 'KernelError';
  readonly code: KernelErrorCode;
  readonly what: string;
  readonly where: string | undefined;
  readonly fix: string | undefined;

  constructor({ code, what, where, fix }: KernelProblem) {
    super([what, where, fix].filter((line) => line !== undefined).join('\n'));
    this.code = code;
    this.what = what;
    this.where = where;
    this.fix = fix;
  }
}
