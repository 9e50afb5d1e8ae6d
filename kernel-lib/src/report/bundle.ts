import { notebookHtml } from './notebook-html.js';
import { REPORT_MIME_TYPE, type Report } from './report.js';
import { reportText } from './terminal.js';

/** One report under three MIME types: notebooks show the richest that they know. */
export interface ReportBundle {
  readonly [REPORT_MIME_TYPE]: Report;
  /** A fragment without script, for notebooks without the extension and for nbconvert. */
  readonly 'text/html': string;
  readonly 'text/plain': string;
}

/** The MIME bundle of a report: the value itself as plain JSON, a compact HTML fragment, and text. */
export function reportBundle(report: Report): ReportBundle {
  return {
    // A checked report carries functions on its violations; what goes over the wire does not.
    [REPORT_MIME_TYPE]: JSON.parse(JSON.stringify(report)) as Report,
    'text/html': notebookHtml(report),
    'text/plain': reportText(report),
  };
}
