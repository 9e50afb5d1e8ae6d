import type { TranslationBundle } from '@jupyterlab/translation';
import type { Child } from './element.js';
import type { ExportEntry } from './export-button.js';

/** What a table shows now: the rows as they are sorted, and those left by a filter. */
export interface ShownTable {
  readonly caption: string;
  readonly header: readonly string[];
  /** Numbers in full, other cells as they stand there. */
  readonly rows: readonly (readonly (Child | number)[])[];
  /** The texts are those of files: nothing is taken for a formatted number or a dash. */
  readonly verbatim?: boolean;
}

const shownTables = new WeakMap<Element, () => ShownTable>();

/** Makes a table one that can be exported: `frame` has the class `driftline-table-frame`. */
export function exposeTable(frame: Element, shown: () => ShownTable): void {
  shownTables.set(frame, shown);
}

/**
 * The entry of an export menu that gives a table as CSV: the first one within `part`. `place` is on the page, and tells what
 * the table belongs to.
 */
export function csvEntry(part: () => Element, place: Element, trans: TranslationBundle): ExportEntry {
  return {
    label: trans.__('Download as CSV'),
    run: async () => {
      const table = shownTable(part());
      const [{ downloadTable }, { titlesAround }] = await Promise.all([
        import(/* webpackChunkName: "exports" */ '../exports/download-table.js'),
        import(/* webpackChunkName: "exports" */ '../exports/titles-around.js'),
      ]);
      if (table !== undefined) downloadTable(table, titlesAround(place));
    },
  };
}

/** What the first table within a part of the page shows; undefined where there is none. */
export function shownTable(part: Element): ShownTable | undefined {
  return [part, ...part.querySelectorAll('.driftline-table-frame')]
    .map((node) => shownTables.get(node))
    .find((shown) => shown !== undefined)?.();
}
