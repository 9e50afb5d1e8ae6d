import { describe, expect, it } from 'vitest';
import { linkedArguments } from '../../../jupyter-extension/src/plugins/linked-arguments.js';

const request = (value: string): string => `/lab/tree/a%20b?x=1&p=${encodeURIComponent(value)}#end`;

describe('linkedArguments()', () => {
  it('takes the arguments out of the address, and leaves the rest as it was', () => {
    const args = { project: 'a & b', endpoint: '<b>', tab: 'bias' };
    expect(linkedArguments(request(JSON.stringify(args)), 'p')).toEqual({ args, rest: '/lab/tree/a%20b?x=1#end' });
  });

  it('gives no arguments where the parameter is no object of texts', () => {
    for (const value of ['', '{', '[]', '{}', 'null', '"text"', '{"endpoint":{"deep":1}}', '{"endpoint":1}']) {
      expect(linkedArguments(request(value), 'p')).toEqual({ args: undefined, rest: '/lab/tree/a%20b?x=1#end' });
    }
  });
});
