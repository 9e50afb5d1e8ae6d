import { describe, expect, it } from 'vitest';
import { loadCensus } from '../../../../kernel-lib/src/demo/census.js';
import { chooseExamples, explainedRow } from '../../../../kernel-lib/src/metrics/attribution/examples.js';
import { explainedCensus } from '../../../support/explained-census.js';
import { explainedSample } from '../../../support/explained-sample.js';

const sample = explainedSample(
  { age: [20, null, 60, 33], work: ['Private', 'Gig', 'Private', '<b>'] },
  [
    [-2, 0.5],
    [0.25, 3],
    [1, 1],
    [0.5, 0.5],
  ],
  {
    times: Float64Array.of(Date.parse('2026-03-05T07:10:00Z'), Number.NaN, 0, 0),
    eventIds: ['first', null, 'third', 'fourth'],
  },
);
const change = (value: number, pValue: number) => ({ value, pValue });
const ordinary = 'an ordinary request: about the mean answer, made up as usual';

describe('explainedRow()', () => {
  it('lists all features, the largest attribution first, with their values as texts', () => {
    expect(explainedRow(sample, 0, 1, 'asked for')).toEqual({
      reason: 'asked for',
      answer: 3.25,
      features: [
        { feature: 'work', value: 'Gig', attribution: 3 },
        { feature: 'age', value: null, attribution: 0.25 },
      ],
    });
    expect(explainedRow(sample, 0, 0, '')).toMatchObject({ eventId: 'first', time: '2026-03-05T07:10:00.000Z' });
  });

  it('cuts long cells', () => {
    const long = explainedSample({ text: ['x'.repeat(100_000)] }, [[1]]);
    expect(explainedRow(long, 0, 0, '').features[0]!.value).toBe(`${'x'.repeat(200)}… (100,000 characters)`);
  });

  it('takes the numbers of the output that is asked for', () => {
    const two = explainedSample({ a: ['1', '2'] }, [[1], [2]], {
      outputs: ['no', 'yes'],
      values: Float64Array.of(1, -1, 2, -2),
      answers: Float64Array.of(10, 20, 30, 40),
      expectedValues: Float64Array.of(0, 0),
    });
    expect(explainedRow(two, 1, 1, '')).toMatchObject({ answer: 40, features: [{ attribution: -2 }] });
  });
});

describe('chooseExamples()', () => {
  it('shows what moved most in its direction, the ends of the answers and an ordinary one, none twice', () => {
    const chosen = chooseExamples(sample, 0, [
      { feature: 'work', meanChange: change(0.1, 0.001) },
      { feature: 'age', meanChange: change(-0.4, 0.001) },
    ]);
    expect(chosen.map(({ reason, answer }) => [reason, answer])).toEqual([
      ['lowered by age, which moved most since the baseline; the lowest answer', -1.5],
      ['raised by work, which moved second most since the baseline; the highest answer', 3.25],
      [ordinary, 1],
    ]);
  });

  it('shows what features carry that add most, where chance explains the changes or there is no baseline', () => {
    const reasons = [
      'its answer rests most on work; the highest answer',
      'its answer rests most on age; the lowest answer',
      ordinary,
    ];
    const chosen = chooseExamples(sample, 0, [{ feature: 'age', meanChange: change(-0.4, 0.3) }]);
    expect(chosen.map(({ reason }) => reason)).toEqual(reasons);
    expect(chooseExamples(sample, 0, []).map(({ reason }) => reason)).toEqual(reasons);
  });

  it('shows a change where it comes from: among the values that are more frequent, or add more, than in the baseline', () => {
    const hours = explainedSample({ hours: [2_400, 55, 3_000, null], job: ['x', 'y', 'new', 'y'] }, [
      [0.3, 0],
      [0.9, 0.1],
      [0.4, 0.2],
      [0, 0.5],
    ]);
    const bin = (title: string, before: number, now: number, mean: number, upper?: number) => ({
      title,
      ...(upper !== undefined && { lower: 0, upper }),
      rows: { baseline: before, current: now },
      mean: { baseline: { value: mean }, current: { value: mean } },
    });
    const [numbers, texts] = chooseExamples(hours, 0, [
      {
        feature: 'hours',
        meanChange: change(0.3, 0),
        dependence: [
          bin('1 to 40', 90, 20, -0.1, 40),
          bin('41 to 60', 9, 10, 0.9, 60),
          bin('61 to 99', 1, 70, 0.3, 99),
        ],
      },
      {
        feature: 'job',
        meanChange: change(0.1, 0),
        dependence: [bin('x', 50, 10, 0), bin('y', 50, 10, 0.1), bin('other', 0, 80, 0.2)],
      },
    ]);
    expect(numbers!.reason.split('; ')[0]).toBe('raised by hours, which moved most since the baseline');
    expect(numbers!.features[0]).toEqual({ feature: 'hours', value: '2400', attribution: 0.3 });
    expect(texts!.reason.split('; ')[0]).toBe('raised by job, which moved second most since the baseline');
    expect(texts!.features[1]).toEqual({ feature: 'job', value: 'new', attribution: 0.2 });
  });

  it('ignores moves of features that the rows lack', () => {
    const [first] = chooseExamples(sample, 0, [
      { feature: 'gone', meanChange: change(-9, 0) },
      { feature: 'work', meanChange: change(0.1, 0) },
    ]);
    expect(first!.reason).toContain('raised by work, which moved most');
  });

  it('shows the only row for all its reasons, and nothing of none', () => {
    const one = explainedSample({ age: [20] }, [[1]]);
    expect(chooseExamples(one, 0, []).map(({ reason }) => reason)).toEqual([
      `its answer rests most on age; the highest answer; the lowest answer; ${ordinary}`,
    ]);
    expect(chooseExamples(explainedSample({ age: [] }, []), 0, [])).toEqual([]);
  });

  it('shows requests of the census as they are: the sum of a row is its answer', async () => {
    const people = await explainedCensus((await loadCensus()).production.slice(0, 2_000));
    const moves = [{ feature: 'hours-per-week', meanChange: change(0.3, 0.001) }];
    const chosen = chooseExamples(people, 0, moves);
    expect(chosen.map(({ reason }) => reason)).toEqual([
      'raised by hours-per-week, which moved most since the baseline',
      'the highest answer',
      'the lowest answer',
      ordinary,
    ]);
    expect(chosen[0]!.features[0]!.feature).toBe('hours-per-week');
    for (const { answer, features } of chosen) {
      const sum = features.reduce((total, { attribution }) => total + attribution, people.expectedValues[0]!);
      // The model adds up in single precision.
      expect(Math.abs(sum - answer)).toBeLessThan(5e-6);
    }
    expect(Math.max(...people.answers)).toBe(chosen[1]!.answer);
    expect(chooseExamples(people, 0, moves)).toEqual(chosen);
  });
});
