import { Notification } from '@jupyterlab/apputils';

/** Tells the user that something asked for did not happen. */
export function reportError(error: unknown): void {
  Notification.error(error instanceof Error ? error.message : String(error));
}
