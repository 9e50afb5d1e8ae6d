import { describe, expect, it } from 'vitest';
import type { ViolationDecision } from '../../../kernel-lib/src/project/annotations.js';
import type { ExecutionOutcome, ViolationRecord } from '../../../kernel-lib/src/project/execution-record.js';
import {
  type MonitorStateKind,
  monitorState,
  stateRank,
  stateWords,
} from '../../../kernel-lib/src/project/monitor-state.js';
import type { MonitorStatus } from '../../../kernel-lib/src/project/status.js';

const now = new Date('2026-03-10T12:00:00Z');

function violation(feature: string, explanation: string): ViolationRecord {
  return {
    id: `${feature}/baseline_drift_check`,
    feature,
    check: 'baseline_drift_check',
    measured: 0.25,
    limit: 0.1,
    unit: 'distance',
    rules: ['significant'],
    explanation,
  };
}

/** A monitor whose latest execution found these features violated; the first three are named. */
function status(features: readonly string[], outcome: ExecutionOutcome = 'violations'): MonitorStatus {
  const violations = features.map((feature) => violation(feature, `${feature} has moved`));
  return {
    endpoint: 'shop',
    last: {
      scheduledTime: '2026-03-09T00:00:00Z',
      window: { start: '2026-03-08T00:00:00Z', end: '2026-03-09T00:00:00Z' },
      status: outcome === 'violations' ? 'CompletedWithViolations' : 'Completed',
      outcome,
      startedAt: '2026-03-09T00:01:00Z',
      endedAt: '2026-03-09T00:02:00Z',
      folder: '2026/03/09/00',
      headline: outcome === 'ok' ? 'No violations in 10 rows.' : `${features.length} violations in 10 rows.`,
      rule: 'significant',
      rows: 10,
      reports: 1,
      violations: violations.slice(0, 3),
    },
    ...(features.length > 3 && {
      others: violations.slice(3).map(({ id, measured, limit }) => ({ id, measured, limit })),
    }),
    violations: features.length,
    trend: { scheduledTimes: ['2026-03-09T00:00:00Z'], outcomes: [outcome], violations: [features.length] },
  };
}

const accepted = (feature: string): ViolationDecision => ({
  id: feature,
  monitor: 'dq',
  violation: `${feature}/baseline_drift_check`,
  kind: 'accepted',
  at: '2026-03-09T09:00:00Z',
  measured: 0.25,
});
const muted = (feature: string, until: string): ViolationDecision => {
  const { measured: _, ...decision } = accepted(feature);
  return { ...decision, kind: 'muted', until };
};

const stateOf = (latest: MonitorStatus | undefined, decisions: readonly ViolationDecision[] = [], paused?: boolean) =>
  monitorState({
    monitor: { name: 'dq', config: { type: 'data-quality', paused } },
    status: latest,
    decisions,
    now,
  });

describe('monitorState()', () => {
  it('is that of the latest execution, with its headline', () => {
    expect(stateOf(status([], 'ok'))).toEqual({
      kind: 'ok',
      violations: 0,
      accepted: 0,
      muted: 0,
      sentence: 'No violations in 10 rows.',
    });
    for (const outcome of ['failed', 'no-data', 'stopped'] as const) {
      expect(stateOf(status([], outcome)).kind).toBe(outcome);
    }
  });

  it('explains the worst violation and names others', () => {
    expect(stateOf(status(['age'])).sentence).toBe('age: age has moved');
    const { kind, violations, sentence } = stateOf(status(['age', 'sex', 'race', 'zip', 'pay']));
    expect([kind, violations]).toEqual(['violations', 5]);
    expect(sentence).toBe('age: age has moved; also sex, race and 2 more');
  });

  it('says nothing twice: of metrics the explanation names the metric', () => {
    const latest = status(['recall']);
    const state = monitorState({
      monitor: { name: 'mq', config: { type: 'model-quality' } },
      status: latest,
      decisions: [],
      now,
    });
    expect(state.sentence).toBe('recall has moved');
  });

  it('does not count what was accepted or is muted, beyond the named ones too', () => {
    const latest = status(['age', 'sex', 'race', 'zip']);
    const some = stateOf(latest, [accepted('age'), muted('zip', '2026-03-11T00:00:00Z')]);
    expect([some.kind, some.violations, some.accepted, some.muted]).toEqual(['violations', 2, 1, 1]);
    expect(some.sentence).toBe('sex: sex has moved; also race (2 more accepted or muted)');

    const all = stateOf(latest, ['age', 'sex', 'race', 'zip'].map(accepted));
    expect([all.kind, all.violations, all.accepted]).toEqual(['decided', 0, 4]);
    expect(all.sentence).toBe('4 violations in 10 rows. All were accepted or muted.');
  });

  it('counts again when a mute has ended, and ignores decisions about other monitors', () => {
    expect(stateOf(status(['age']), [muted('age', '2026-03-10T00:00:00Z')]).kind).toBe('violations');
    expect(stateOf(status(['age']), [{ ...accepted('age'), monitor: 'other' }]).kind).toBe('violations');
  });

  it('counts violations that a status of an earlier version does not list', () => {
    const { others: _, ...latest } = status(['age', 'sex', 'race', 'zip', 'pay']);
    const state = stateOf(latest, [accepted('age'), accepted('sex'), accepted('race')]);
    expect([state.kind, state.violations]).toEqual(['violations', 2]);
    expect(state.sentence).toBe('5 violations in 10 rows.');
  });

  it('is paused whatever was found before, which it still says', () => {
    expect(stateOf(undefined, [], true)).toEqual({ kind: 'paused', violations: 0, accepted: 0, muted: 0 });
    const state = stateOf(status(['age']), [], true);
    expect([state.kind, state.violations]).toEqual(['paused', 1]);
    expect(state.sentence).toBe('Before it was paused: 1 violation. age: age has moved');
  });

  it('knows monitors that never ran, and monitors that are missing', () => {
    expect(stateOf(undefined).kind).toBe('never-run');
    expect(monitorState({ decisions: [], now }).kind).toBe('not-configured');
  });
});

describe('stateWords()', () => {
  it.each([
    [stateOf(status(['age', 'sex'])), '2 violations'],
    [stateOf(status(['age'])), '1 violation'],
    [stateOf(status([], 'no-data')), 'no data'],
    [stateOf(status(['age']), [accepted('age')]), '1 accepted'],
    [stateOf(status(['age']), [muted('age', '2026-04-01T00:00:00Z')]), '1 muted'],
    [stateOf(status(['age', 'sex']), [accepted('age'), muted('sex', '2026-04-01T00:00:00Z')]), '2 accepted or muted'],
    [stateOf(undefined, [], true), 'paused'],
    [stateOf(undefined), 'never run'],
    [monitorState({ decisions: [], now }), 'not configured'],
  ])('%#: says %s', (state, words) => {
    expect(stateWords(state)).toBe(words);
  });
});

it('stateRank() puts trouble first and what is well last', () => {
  const kinds: MonitorStateKind[] = ['ok', 'decided', 'violations', 'never-run', 'failed', 'no-data', 'paused'];
  expect(kinds.sort((a, b) => stateRank(a) - stateRank(b))).toEqual([
    'failed',
    'violations',
    'no-data',
    'never-run',
    'paused',
    'decided',
    'ok',
  ]);
});
