import { describe, expect, it } from 'vitest';
import { positiveOf } from '../../../../kernel-lib/src/monitor/model-quality/problem.js';

describe('positiveOf()', () => {
  it('takes the class that is named as one names it', () => {
    expect(positiveOf(['0', '1'], undefined, 'x.csv')).toBe('1');
    expect(positiveOf(['no', 'yes'], undefined, 'x.csv')).toBe('yes');
    expect(positiveOf(['<=50K', '>50K'], '>50K', 'x.csv')).toBe('>50K');
    expect(positiveOf(['0', '1'], '1.0', 'x.csv')).toBe('1');
  });

  it('asks where it cannot tell, and refuses more than two classes', () => {
    expect(() => positiveOf(['<=50K', '>50K'], undefined, 'x.csv')).toThrow(/<=50K, >50K[\s\S]*--positive-label/);
    expect(() => positiveOf(['0', '1'], 'yes', 'x.csv')).toThrow(/"yes" is none of the classes: 0, 1/);
    expect(() => positiveOf(['0', '1', '2'], undefined, 'x.csv')).toThrow(/two classes; here are 3: 0, 1, 2/);
  });
});
