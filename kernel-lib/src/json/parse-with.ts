import type { z } from 'zod';
import { MonitorError } from '../errors.js';

const MOST_PROBLEMS = 10;

/**
 * Checks a value read from a foreign file and returns it as it is: zod's copy would move unknown keys to the end.
 *
 * @param kind - what the file is, for people: "constraints file".
 * @throws MonitorError `FORMAT`, with all problems in one message.
 */
export function parseWith<T>(schema: z.ZodType<T>, value: unknown, kind: string, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return value as T;
  const { issues } = result.error;
  const problems = issues.slice(0, MOST_PROBLEMS).map(({ path, message }) => `  ${placeOf(value, path)}: ${message}`);
  const more = issues.length - problems.length;
  if (more > 0) problems.push(`  and ${more} more`);
  const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`;
  throw new MonitorError('FORMAT', [`The ${kind} has ${count}.`, ...problems].join('\n'), {
    where,
    fix: 'correct the places named, or make the file again',
  });
}

/** `features[3] "age".completeness`: an entry of a list is named where it has a name. */
function placeOf(value: unknown, path: readonly PropertyKey[]): string {
  let place = '';
  let at: unknown = value;
  for (const key of path) {
    at = (at as Record<PropertyKey, unknown> | undefined)?.[key];
    if (typeof key !== 'number') {
      place += place === '' ? String(key) : `.${String(key)}`;
      continue;
    }
    const name = (at as { readonly name?: unknown } | undefined)?.name;
    place += `[${key}]${typeof name === 'string' ? ` "${name}"` : ''}`;
  }
  return place === '' ? 'the whole' : place;
}
