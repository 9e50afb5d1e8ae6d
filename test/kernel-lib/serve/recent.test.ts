import { expect, it, vi } from 'vitest';
import { Recent } from '../../../kernel-lib/src/serve/recent.js';

it('makes a value once, and forgets the one that was asked for longest ago', async () => {
  const recent = new Recent<number>(2);
  const make = vi.fn(async () => 1);
  await recent.get('a', make);
  await recent.get('b', make);
  await recent.get('a', make);
  expect(make).toHaveBeenCalledTimes(2);
  await recent.get('c', make);
  await recent.get('a', make);
  expect(make).toHaveBeenCalledTimes(3);
  await recent.get('b', make);
  expect(make).toHaveBeenCalledTimes(4);
});

it('does not keep a failure', async () => {
  const recent = new Recent<number>(2);
  await expect(
    recent.get('a', async () => {
      throw new Error('no');
    }),
  ).rejects.toThrow('no');
  expect(await recent.get('a', async () => 2)).toBe(2);
});
