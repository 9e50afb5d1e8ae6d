import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('docs/errors.md explains each error code once and no other', () => {
  const source = readFileSync('kernel-lib/src/errors.ts', 'utf8');
  const begin = source.indexOf('MonitorErrorCode =');
  const union = source.slice(begin, source.indexOf(';', begin));
  const codes = [...union.matchAll(/'([A-Z0-9_]+)'/g)].map((match) => match[1]);
  const explained = [...readFileSync('docs/errors.md', 'utf8').matchAll(/^## `([A-Z0-9_]+)`$/gm)].map(
    (match) => match[1],
  );
  expect(codes.length).toBeGreaterThan(10);
  expect(explained.sort()).toEqual(codes.sort());
});
