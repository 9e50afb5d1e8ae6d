import { describe, expect, test } from 'vitest';
import type { Constraints } from '../../../kernel-lib/src/constraints/constraints.js';
import { suggestConstraints } from '../../../kernel-lib/src/constraints/suggest.js';
import type { Profile } from '../../../kernel-lib/src/profile/profile.js';
import { profileFromStatistics } from '../../../kernel-lib/src/profile/profile-from-statistics.js';
import { statisticsFromProfile } from '../../../kernel-lib/src/profile/statistics-from-profile.js';
import type { CheckType } from '../../../kernel-lib/src/report/report.js';
import { checkConstraints } from '../../../kernel-lib/src/violations/check.js';
import type { CheckOutcome, ViolatedOutcome } from '../../../kernel-lib/src/violations/outcome.js';
import { type Columns, profileOf, repeat } from '../../support/profile-of.js';

interface Checked {
  readonly baseline?: Profile | undefined;
  readonly constraints?: Constraints;
}

/** The outcomes of a check of `current` against what `baseline` suggests. */
function outcomesOf(baseline: Columns, current: Columns, changed: Checked = {}): readonly CheckOutcome[] {
  const profile = profileOf(baseline);
  const known = 'baseline' in changed ? changed.baseline : profile;
  const constraints = changed.constraints ?? suggestConstraints(profile).constraints;
  return checkConstraints(known, profileOf(current), constraints).outcomes;
}

function outcomeOf(check: CheckType, baseline: Columns, current: Columns, changed: Checked = {}): CheckOutcome {
  const found = outcomesOf(baseline, current, changed).filter((outcome) => outcome.check === check);
  expect(found).toHaveLength(1);
  return found[0]!;
}

function violated(...of: Parameters<typeof outcomeOf>): ViolatedOutcome {
  const outcome = outcomeOf(...of);
  if (outcome.kind !== 'violated') throw new Error(`not violated: ${JSON.stringify(outcome)}`);
  return outcome;
}

const cell = { numbers: ['1', '2', '3', '4'], decimals: ['1.5', '2', '3', '4'], texts: ['a', 'a', 'b', 'b'] };

describe('checkConstraints()', () => {
  test('passes a baseline against itself', () => {
    const table = { x: cell.numbers, y: cell.texts, z: cell.decimals };
    const kinds = outcomesOf(table, table).map(({ kind }) => kind);
    expect(kinds).not.toContain('violated');
    expect(kinds.filter((kind) => kind === 'passed').length).toBeGreaterThanOrEqual(12);
  });

  describe('data_type_check', () => {
    test('is violated by values of another type, in the wording of the service', () => {
      expect(violated('data_type_check', { Churn: cell.numbers }, { Churn: ['1', '0.25', '2', 'no'] })).toEqual({
        kind: 'violated',
        check: 'data_type_check',
        feature: 'Churn',
        description:
          'Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only 50.0% of data is Integral.',
        measured: 0.5,
        limit: 1,
        baselineValue: 1,
        unit: 'fraction',
        rules: ['significant', 'threshold'],
        rows: 2,
        condition: { kind: 'not-type', feature: 'Churn', expected: 'Integral' },
      });
    });

    test('takes whole numbers for fractional ones, and does not count missing values', () => {
      expect(outcomeOf('data_type_check', { x: cell.decimals }, { x: ['1', null, '2'] }).kind).toBe('passed');
    });

    test('passes at the threshold and is violated below it', () => {
      const constraints = (threshold: number): Constraints => ({
        features: [{ name: 'x', inferred_type: 'Integral' }],
        monitoring_config: { datatype_check_threshold: threshold },
      });
      const current = { x: ['1', '2', '3', 'x'] };
      const check = (threshold: number) =>
        outcomeOf('data_type_check', { x: cell.numbers }, current, { constraints: constraints(threshold) }).kind;
      expect([check(0.75), check(0.76)]).toEqual(['passed', 'violated']);
    });

    test('is violated by numbers in a column of words', () => {
      expect(violated('data_type_check', { x: cell.texts }, { x: ['a', '7'] }).measured).toBe(0.5);
    });

    test('passes numbers in a column of codes, some of which looked like numbers before', () => {
      const codes = { x: ['A1', '7', 'A1', '7'] };
      expect(outcomeOf('data_type_check', codes, { x: ['7', '7'] }).kind).toBe('passed');
      const foreign = profileFromStatistics(statisticsFromProfile(profileOf(codes)));
      expect(outcomeOf('data_type_check', codes, { x: ['7', '7'] }, { baseline: foreign }).kind).toBe('passed');
    });

    test('does not apply without values, or without a type', () => {
      expect(outcomeOf('data_type_check', { x: cell.numbers }, { x: [null] })).toMatchObject({ reason: 'no values' });
      expect(outcomeOf('data_type_check', { x: [null] }, { x: ['1'] })).toMatchObject({
        reason: 'the baseline knows no type',
      });
    });
  });

  describe('completeness_check', () => {
    test('is violated below the completeness observed in the baseline', () => {
      const baseline = { x: ['1', '2', '3', null] };
      expect(outcomeOf('completeness_check', baseline, { x: ['1', null, '2', '3'] }).kind).toBe('passed');
      expect(violated('completeness_check', baseline, { x: ['1', null] })).toMatchObject({
        description:
          'Completeness requirement is not met. Expected completeness: 75.0%. Observed: Only 50.0% of data is complete.',
        measured: 0.5,
        limit: 0.75,
        baselineValue: 0.75,
        rows: 1,
        condition: { kind: 'missing', feature: 'x' },
      });
    });

    test('sees a column whose values are all missing', () => {
      expect(violated('completeness_check', { x: cell.numbers }, { x: [null, null] }).measured).toBe(0);
    });

    test('does not apply without rows or without a constraint', () => {
      expect(outcomeOf('completeness_check', { x: cell.numbers }, { x: [] })).toMatchObject({ reason: 'no rows' });
      const constraints = { features: [{ name: 'x' }] };
      expect(outcomeOf('completeness_check', { x: cell.numbers }, { x: ['1'] }, { constraints }).kind).toBe(
        'notApplicable',
      );
    });
  });

  describe('categorical_values_check', () => {
    test('is violated by values outside the domain', () => {
      const outcome = violated('categorical_values_check', { x: cell.texts }, { x: ['a', '', 'B', 'b', null] });
      expect(outcome).toMatchObject({
        description:
          'Values are not within the baseline domain. Expected match: 100.0%. Observed: Only 50.0% of data is within the domain.',
        measured: 0.5,
        limit: 1,
        baselineValue: 1,
        rows: 2,
      });
      expect(outcome.condition).toEqual({ kind: 'not-in', feature: 'x', values: ['a', 'b'] });
    });

    test('does not apply to numbers and to texts without a domain', () => {
      expect(outcomeOf('categorical_values_check', { x: cell.numbers }, { x: ['7'] })).toMatchObject({
        reason: 'no domain',
      });
      expect(outcomeOf('categorical_values_check', { x: ['a', 'b', 'c'] }, { x: ['7'] })).toMatchObject({
        reason: 'no domain',
      });
    });

    test('sees a flood of texts that are too many to count each', () => {
      const current = { x: [...repeat(3000, (i) => `new ${i}`), 'a'] };
      const outcome = violated('categorical_values_check', { x: cell.texts }, current);
      expect(outcome.measured).toBeCloseTo(2 / 3001, 12);
      expect(outcome.description).toContain('At most 0.0666');
      expect(outcome.explanation).toBe('about 3,001 different texts, 2 in the baseline');
      expect(outcome).not.toHaveProperty('rows');
    });

    test('says that it cannot tell where a flood of texts is within the threshold', () => {
      const constraints: Constraints = {
        features: [{ name: 'x', string_constraints: { domains: ['a'] } }],
        monitoring_config: { domain_content_threshold: 0.5 },
      };
      const current = { x: [...repeat(1500, (i) => `new ${i}`), ...repeat(6000, () => 'a')] };
      expect(outcomeOf('categorical_values_check', { x: cell.texts }, current, { constraints })).toMatchObject({
        kind: 'notApplicable',
        reason: 'too many different texts to count each',
      });
    });
  });

  describe('column checks', () => {
    test('report missing columns once, in the wording of the service, and check the columns that are there', () => {
      const baseline = { a: cell.numbers, b: cell.numbers, c: cell.numbers };
      const outcomes = outcomesOf(baseline, { b: ['x', 'y'] });
      const missing = outcomes.filter(({ check }) => check === 'missing_column_check');
      expect(missing).toEqual([
        expect.objectContaining({
          kind: 'violated',
          feature: 'Missing columns',
          description:
            'There are missing columns in current dataset. Number of columns in current dataset: 1, Number of columns in baseline constraints: 3',
          measured: 1,
          limit: 3,
          unit: 'columns',
          explanation: 'not in the current data: a, c',
        }),
      ]);
      expect(outcomes.find(({ check, feature }) => check === 'data_type_check' && feature === 'b')!.kind).toBe(
        'violated',
      );
      expect(outcomes.some(({ feature }) => feature === 'a')).toBe(false);
    });

    test('report extra columns once', () => {
      const outcome = violated('extra_column_check', { a: ['1'] }, { a: ['1'], b: ['2'], c: ['3'] });
      expect(outcome).toMatchObject({
        feature: 'Extra columns',
        description:
          'There are extra columns in current dataset. Number of columns in current dataset: 3, Number of columns in baseline constraints: 1',
        explanation: 'not in the baseline: b, c',
      });
    });

    test('see a column that was renamed, though the number is the same', () => {
      const outcomes = outcomesOf({ age: ['1'] }, { Age: ['1'] });
      expect(outcomes.filter(({ kind }) => kind === 'violated').map(({ check }) => check)).toEqual([
        'missing_column_check',
        'extra_column_check',
      ]);
    });
  });

  describe('the configuration', () => {
    const bad = { x: ['a', 'b', null], y: ['a', 'b', null] };
    const suggested = suggestConstraints(profileOf({ x: cell.numbers, y: cell.numbers })).constraints;

    test('leaves out a feature whose evaluation is disabled', () => {
      const [x, y] = suggested.features;
      const constraints: Constraints = {
        ...suggested,
        features: [{ ...x!, monitoring_config_overrides: { evaluate_constraints: 'Disabled' } }, y!],
      };
      const features = outcomesOf(bad, bad, { constraints }).map(({ feature }) => feature);
      expect(features).not.toContain('x');
      expect(features).toContain('y');
    });

    test('checks nothing where evaluation is disabled for all', () => {
      const constraints: Constraints = {
        ...suggested,
        monitoring_config: { ...suggested.monitoring_config, evaluate_constraints: 'Disabled' },
      };
      const outcomes = outcomesOf(bad, { x: ['a'], z: ['b'] }, { constraints });
      expect(outcomes.map(({ kind }) => kind)).toEqual(['notApplicable', 'notApplicable']);
    });

    test('leaves out distributions without statistics, and says so', () => {
      expect(outcomeOf('baseline_drift_check', { x: cell.numbers }, { x: ['9'] }, { baseline: undefined })).toEqual({
        kind: 'notApplicable',
        check: 'baseline_drift_check',
        feature: 'x',
        reason: 'there are no statistics of the baseline',
      });
    });
  });
});
