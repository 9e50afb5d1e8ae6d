import type { ISignal } from '@lumino/signaling';
import type { Progress, ServeMethods } from 'driftline';

/**
 * The one way in which panels have the library do something: a kernel in the background, started at the first request. It
 * runs in the server's root folder, so a path of Jupyter's file browser is a location for the library.
 */
export interface DriftlineKernel {
  readonly state: KernelState;
  readonly stateChanged: ISignal<DriftlineKernel, KernelState>;
  /**
   * Asks the kernel, which is started when it does not run. Requests are fulfilled one after the other.
   *
   * @throws KernelError with what, where and how to fix it; `ABORTED` where the request was cancelled.
   */
  request<Method extends keyof ServeMethods>(
    method: Method,
    params: ServeMethods[Method]['params'],
    options: RequestOptions,
  ): Promise<ServeMethods[Method]['result']>;
  /** Cancels what the kernel is doing; requests that wait are not touched. */
  cancel(): void;
  /** Shuts the kernel down, wherever it was started; what it was doing and what was waiting is aborted. */
  stop(): Promise<void>;
}

/** How a request is made. */
export interface RequestOptions {
  /** What is being done, for people: "Running census-data-quality". */
  readonly title: string;
  /** Cancels the request. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What the kernel is doing. */
export type KernelState =
  /** Jupyter does not know the kernel. */
  | { readonly kind: 'not-installed' }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'busy';
      readonly title: string;
      readonly progress?: Progress;
      /** Requests that wait for this one. */
      readonly waiting: number;
      readonly cancelling: boolean;
    };
