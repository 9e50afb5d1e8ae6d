import type { TranslationBundle } from '@jupyterlab/translation';
import type { Problem } from '../../report/read-report.js';

/** An error for people: what, where, and how to fix it. */
export function problemOf(error: unknown, trans: TranslationBundle): Problem {
  const { code, what, where, fix } = (error ?? {}) as Readonly<
    Partial<Record<'code' | 'what' | 'where' | 'fix', string>>
  >;
  if (code === 'ABORTED') return { what: trans.__('It was cancelled.'), fix: trans.__('Start it again.') };
  const message = what ?? (error instanceof Error ? error.message : String(error));
  return {
    what: where === undefined ? message : `${message} (${where})`,
    fix: fix ?? trans.__('Correct it, then go on.'),
  };
}
