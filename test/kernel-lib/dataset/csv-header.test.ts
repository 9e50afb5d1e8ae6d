import { expect, test } from 'vitest';
import { looksLikeHeader } from '../../../kernel-lib/src/dataset/csv-header.js';

test.each([
  ['texts above numbers', 'age,name', ['39,Ann', '40,Bob'], true],
  ['numbers above numbers', '38,Cy', ['39,Ann', '40,Bob'], false],
  ['numbers with spaces around them', '38, Cy', [' 39, Ann', ' 40, Bob'], false],
  ['texts above numbers and gaps', 'age,name', [',Ann', '40,'], true],
  ['an unnamed index column of pandas', ',age', ['0,39', '1,40'], true],
  ['a missing value in a first row of data', 'Ann,,x', ['Bob,3,y', 'Cy,4,x'], false],
  ['a written-out missing value in a first row of data', 'nan,x', ['3,y', '4,x'], false],
  ['texts that come again below', 'a,x', ['b,y', 'a,z'], false],
  ['different texts above texts', 'name,city', ['Ann,Rome', 'Bob,Oslo', 'Ann,Rome'], true],
  ['the same text twice, above texts', 'a,a', ['b,c'], false],
  ['the same name twice, above numbers', 'a,a', ['1,2'], true],
  ['a single line of texts', 'age,name', [], true],
  ['a single line with a number', 'age,1', [], false],
  ['years as names', '2024,2025', ['1,2'], false],
])('looksLikeHeader() of %s', (_, first, following, expected) => {
  const rows = following.map((line) => line.split(','));

  expect(looksLikeHeader(first.split(','), rows)).toBe(expected);
});
