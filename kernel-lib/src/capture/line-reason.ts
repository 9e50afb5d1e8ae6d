import { NOT_JSON } from './record.js';

/** The reason for a last line without a newline that breaks off. */
export const HALF_WRITTEN = 'half-written last line';

/** Why a line could not be read, told better: what is not JSON in a last line without a newline was half-written. */
export function lineReason(reason: string, ended: boolean): string {
  return !ended && reason === NOT_JSON ? HALF_WRITTEN : reason;
}
