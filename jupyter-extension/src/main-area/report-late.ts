/** Tells the user that something asked for did not happen; JupyterLab's notifications are fetched when one is needed. */
export function reportLate(error: unknown): void {
  void import('../plugins/report-error.js').then(({ reportError }) => reportError(error));
}
