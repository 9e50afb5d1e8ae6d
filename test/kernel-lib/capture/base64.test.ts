import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { bytesOfBase64 } from '../../../kernel-lib/src/capture/base64.js';

afterEach(() => vi.unstubAllGlobals());

it('browsers read base64 as Node does, with breaks, without padding, in either alphabet', () => {
  const text = fc.oneof(
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64')),
    fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64url')),
    fc.string({ unit: fc.constantFrom('a', 'Z', '9', '+', '/', '-', '_', '\n', ' ', '*', '=') }),
  );
  fc.assert(
    fc.property(text, (given) => {
      const expected = [...Buffer.from(given, 'base64')];
      expect([...bytesOfBase64(given)]).toEqual(expected);
      vi.stubGlobal('Buffer', undefined);
      const found = [...bytesOfBase64(given)];
      vi.unstubAllGlobals();
      expect(found).toEqual(expected);
    }),
  );
});
