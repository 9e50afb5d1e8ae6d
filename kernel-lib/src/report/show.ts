import { reportBundle } from './bundle.js';
import { notebookDisplay, type Surroundings, surroundings } from './display.js';
import type { Report } from './report.js';
import { reportText } from './terminal.js';

/** Options of {@link show}. */
export interface ShowOptions {
  /** Names the output, so that a later call can replace it. Default: none. */
  readonly displayId?: string;
  /** Replaces the output of that `displayId` where it stands, instead of showing a new one. Default: false. */
  readonly update?: boolean;
}

/**
 * Shows a report where the program runs: in a notebook as one MIME bundle (the extension draws it, elsewhere the HTML
 * table shows), in a shell as text. Where a notebook takes one MIME type only, that is the HTML, and `displayId` is not
 * honoured.
 */
export function show(report: Report, options: ShowOptions = {}): void {
  showIn(report, options, surroundings());
}

/** {@link show}, told where it runs. */
export function showIn(report: Report, options: ShowOptions, where: Surroundings): void {
  const send = notebookDisplay(where);
  if (send !== undefined) {
    send({ ...reportBundle(report) }, { ...options, single: 'text/html' });
    return;
  }
  const colour = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  // biome-ignore lint/suspicious/noConsole: printing is what show() is for in a shell; nothing else in the library prints.
  console.log(reportText(report, { colour, width: process.stdout.columns ?? 100 }));
}
