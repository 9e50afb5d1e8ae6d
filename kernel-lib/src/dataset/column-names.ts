import { MonitorError } from '../errors.js';

/** Refuses names that are empty or come twice, all of them in one message. */
export function checkColumnNames(names: readonly string[], where: string): void {
  const problems: string[] = [];
  const first = new Map<string, number>();
  for (const [index, name] of names.entries()) {
    const before = first.get(name);
    if (name === '') problems.push(`column ${index + 1} has no name`);
    else if (before !== undefined) problems.push(`columns ${before + 1} and ${index + 1} are both named "${name}"`);
    else first.set(name, index);
  }
  if (problems.length === 0) return;
  const unnamed = names[0] === '' ? ' (pandas writes an unnamed first column unless index=False)' : '';
  throw new MonitorError('FORMAT', `The names of the columns cannot be used: ${problems.join(', ')}.`, {
    where,
    fix: `give every column a name of its own${unnamed}, or read the file without a header (--no-header)`,
  });
}

/** The names of columns without a header: `_c0`, `_c1`, … */
export function positionNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `_c${index}`);
}
