/** A row of a tree that is shown as a list: what the keys need to know of it. */
export interface TreeRow {
  /** Unique in the tree. */
  readonly key: string;
  /** As in ARIA: from 1. */
  readonly level: number;
  readonly setSize: number;
  readonly position: number;
  /** Undefined: nothing is below it. */
  readonly expanded?: boolean;
}

/** What a key does. `to` is a place in the rows. */
export type TreeMove =
  | { readonly kind: 'go'; readonly to: number }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'open' };

/**
 * What a key does in a tree, as the ARIA practices have it: up and down, Home, End and the page keys go to rows; right opens
 * a row or goes to the first one below it; left closes it or goes to the one above it; Space opens and closes; Enter opens
 * what the row stands for.
 *
 * @param at - the row that has the focus.
 * @param page - rows that fit into the view.
 * @returns undefined for a key that does nothing here.
 */
export function treeMove(key: string, rows: readonly TreeRow[], at: number, page: number): TreeMove | undefined {
  const row = rows[at];
  if (row === undefined) return undefined;
  const go = (to: number): TreeMove => ({ kind: 'go', to: Math.max(0, Math.min(rows.length - 1, to)) });
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'PageDown':
      return go(at + Math.max(1, page));
    case 'PageUp':
      return go(at - Math.max(1, page));
    case 'ArrowRight':
      if (row.expanded === undefined) return undefined;
      if (!row.expanded) return { kind: 'toggle' };
      return (rows[at + 1]?.level ?? 0) > row.level ? go(at + 1) : undefined;
    case 'ArrowLeft': {
      if (row.expanded) return { kind: 'toggle' };
      const parent = rows.findLastIndex(({ level }, index) => index < at && level < row.level);
      return parent < 0 ? undefined : go(parent);
    }
    case ' ':
      return row.expanded === undefined ? { kind: 'open' } : { kind: 'toggle' };
    case 'Enter':
      return { kind: 'open' };
    default:
      return undefined;
  }
}

/** The next row, after `at` and around, whose text begins with what was typed; -1 for none. */
export function typedRow(texts: readonly string[], at: number, typed: string): number {
  const wanted = typed.toLowerCase();
  // More letters go on with the same row; the first one looks further.
  const from = typed.length > 1 ? at : at + 1;
  for (let step = 0; step < texts.length; step++) {
    const index = (from + step) % texts.length;
    if (texts[index]?.toLowerCase().startsWith(wanted)) return index;
  }
  return -1;
}
