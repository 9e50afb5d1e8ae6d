import { expect, it } from 'vitest';
import { shorten } from '../../../jupyter-extension/src/format/shorten.js';

it('shorten() keeps both ends of a long name', () => {
  expect(shorten('customer_lifetime_value_usd_90d', 15)).toBe('custome…usd_90d');
});

it('shorten() leaves a name alone that fits, and counts characters, not code units', () => {
  expect(shorten('age', 3)).toBe('age');
  expect(shorten('📈📉📈', 3)).toBe('📈📉📈');
});
