import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';

/** Of the command `driftline:set-up`. */
export interface SetupArgs extends ReadonlyPartialJSONObject {
  /** The folder of `driftline.yaml` below the server's root. */
  readonly project?: string;
  /** An endpoint of the project that gets monitors; left out: a new one. */
  readonly endpoint?: string;
}
