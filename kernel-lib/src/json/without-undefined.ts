/** The entries that have a value; a key that is left open is not written as `undefined`. */
export function withoutUndefined<Entry extends object>(
  entry: {
    readonly [Key in keyof Entry]?: Entry[Key] | undefined;
  },
): Entry {
  return Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as Entry;
}
