import { MonitorError } from '../../kernel-lib/src/errors.js';

/** The error of its kind that a call throws; anything else that it does is thrown here. */
export function errorOf(act: () => unknown): MonitorError;
export function errorOf<Kind extends Error>(act: () => unknown, kind: new (...args: never[]) => Kind): Kind;
export function errorOf(act: () => unknown, kind: new (...args: never[]) => Error = MonitorError): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
