import { describe, expect, it } from 'vitest';
import type { ExplainedRow } from '../../../kernel-lib/src/report/model-explainability-report.js';
import { waterfallText } from '../../../kernel-lib/src/report/waterfall-text.js';

const row: ExplainedRow = {
  reason: 'the highest answer',
  eventId: 'ev-7',
  time: '2026-03-05T07:10:00.000Z',
  answer: 1.5,
  features: [
    { feature: 'capital-gain', value: '15024', attribution: 4 },
    { feature: 'age', value: '19', attribution: -1 },
    { feature: 'job', value: null, attribution: 0.5 },
    { feature: 'sex', value: 'Male', attribution: 0 },
  ],
};

describe('waterfallText()', () => {
  it('goes from the expected value to the answer, a bar for each feature where it stands', () => {
    expect(waterfallText(row, 62).split('\n')).toEqual([
      'the highest answer',
      'event ev-7, 5 Mar 2026, 07:10',
      'expected value        -2.000  |',
      'capital-gain = 15024  +4.000  ███████████████████████████████',
      'age = 19              -1.000                         ░░░░░░░░',
      'job is missing        +0.500                         ████',
      'sex = Male             0.000                             |',
      'answer                 1.500                             |',
    ]);
  });

  it.each([10, 40, 55, 80, 200])('keeps every line within %i characters, and at least 40', (width) => {
    const long: ExplainedRow = {
      ...row,
      features: row.features.map((feature) => ({ ...feature, value: 'a very long value '.repeat(20) })),
    };
    for (const line of waterfallText(long, width).split('\n')) {
      expect([...line].length).toBeLessThanOrEqual(Math.max(40, width));
    }
  });

  it('sums up all features beyond eleven', () => {
    const features = Array.from({ length: 15 }, (_, place) => ({
      feature: `f${place}`,
      value: '1',
      attribution: 2 ** -place,
    }));
    const lines = waterfallText({ reason: '', answer: 3, features }).split('\n');
    // The expected value, eleven features, the others, the answer; no head without a reason.
    expect(lines).toHaveLength(14);
    expect(lines[12]).toMatch(/^4 other features +\+0\.001 /);
  });

  it('shows a row of which nothing is known to matter', () => {
    const features = [{ feature: 'a', value: '1', attribution: 0 }];
    expect(waterfallText({ reason: 'row 1', answer: 2, features }).split('\n')).toEqual([
      'row 1',
      'expected value  2.000  |',
      'a = 1           0.000  |',
      'answer          2.000  |',
    ]);
  });

  it('shows no control characters of names, values and ids', () => {
    const hostile: ExplainedRow = {
      reason: 'x\u001b[2J',
      eventId: '\u001b]0;title\u0007\n',
      answer: 1,
      features: [{ feature: 'a\u001b[31m\n', value: '\u202Eb\r\n', attribution: 1 }],
    };
    const text = waterfallText(hostile);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for.
    expect(text.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f\u202e]/);
    expect(text.split('\n')).toHaveLength(5);
  });
});
