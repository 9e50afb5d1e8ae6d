import type { TranslationBundle } from '@jupyterlab/translation';
import type { Report } from 'driftline';
import { parseJson } from './parse-json.js';

/** Why something cannot be shown: what is wrong, and what to do. */
export interface Problem {
  readonly what: string;
  readonly fix: string;
}

export type ReadReport = { readonly report: Report } | { readonly problem: Problem };

/** A {@link Report} out of MIME data or a file's text: an object or its JSON. Never throws. */
export function readReport(data: unknown, trans: TranslationBundle): ReadReport {
  let value = data;
  if (typeof data === 'string') {
    const parsed = parseJson(data);
    if ('error' in parsed) {
      return problem(
        trans.__('The report is not valid JSON: %1', parsed.error),
        trans.__('It may have been cut off on its way. Make it again, or open it as text.'),
      );
    }
    value = parsed.value;
  }
  if (!isRecord(value) || value['schema'] !== 'driftline.report') {
    return problem(
      trans.__('This is not a Driftline report: "schema" is not "driftline.report".'),
      trans.__('Show a report that "driftline check" or check() made.'),
    );
  }
  if (value['version'] !== 1) {
    return problem(
      trans.__('This report is of version %1; this extension reads version 1.', String(value['version'])),
      trans.__('Update jupyterlab-driftline: pip install --upgrade jupyterlab-driftline'),
    );
  }
  const missing = missingKeys(value);
  if (missing.length > 0) {
    return problem(
      trans.__('The report is incomplete; it lacks: %1.', missing.join(', ')),
      trans.__('Make the report again.'),
    );
  }
  return { report: value as unknown as Report };
}

function missingKeys(value: Readonly<Record<string, unknown>>): string[] {
  const texts = ['title', 'headline', 'status', 'rule', 'createdAt'].filter((key) => typeof value[key] !== 'string');
  const records = ['producedBy', 'baseline', 'current'].filter((key) => !isRecord(value[key]));
  const lists = ['hours', 'features', 'violations', 'notes'].filter((key) => !Array.isArray(value[key]));
  return [...texts, ...records, ...lists];
}

function problem(what: string, fix: string): ReadReport {
  return { problem: { what, fix } };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
