import { describe, expect, it } from 'vitest';
import { formatMeasured } from '../../../../jupyter-extension/src/format/measured-format.js';
import { listEntry, tabOf } from '../../../../jupyter-extension/src/panels/dashboard/dashboard-args.js';
import { formatDuration } from '../../../../jupyter-extension/src/panels/dashboard/duration.js';

describe('formatDuration()', () => {
  it('is in the unit that people say', () => {
    expect([0, 432, 9_940, 12_400, 59_600, 60_000, 200_000, 3_900_000].map(formatDuration)).toEqual([
      '0 s',
      '0.4 s',
      '9.9 s',
      '12 s',
      '1 min',
      '1 min',
      '3 min 20 s',
      '1 h 5 min',
    ]);
  });
});

describe('formatMeasured()', () => {
  it('writes values by the kind of their subject', () => {
    expect(formatMeasured(0.12345, 'drift')).toBe('0.123');
    expect(formatMeasured(-0.5, 'bias')).toBe('−0.500');
    expect(formatMeasured(-0.0001, 'bias')).toBe('0.000');
    expect(formatMeasured(189778.4, 'metric')).toBe('189,778');
    expect(formatMeasured(0.99984, 'ranking')).toBe('0.9998');
    expect(formatMeasured(0.312, 'share')).toBe('31.2 %');
  });
});

describe('tabOf()', () => {
  it('is the tab that is named, else that of the monitor’s type, else the overview', () => {
    expect(tabOf('executions', 'model-bias')).toBe('executions');
    expect(tabOf('nothing', 'model-bias')).toBe('bias');
    expect(tabOf(undefined, undefined)).toBe('overview');
  });
});

describe('listEntry()', () => {
  it('is the metric, or the feature of a share, whatever signs they have', () => {
    expect(listEntry('model-quality', 'recall:a/b')).toBe('recall:a/b');
    expect(listEntry('bias', 'sex=Fe/male/DPPL')).toBe('DPPL');
    expect(listEntry('attribution', 'label0/share/a/b')).toBe('a/b');
    expect(listEntry('attribution', 'age')).toBe('age');
  });
});
