import { describe, expect, it } from 'vitest';
import type { ViolationDecision } from '../../../kernel-lib/src/project/annotations.js';
import { violationState } from '../../../kernel-lib/src/project/violation-state.js';

const now = new Date('2026-03-10T12:00:00Z');
const drift = { id: 'age/baseline_drift_check', measured: 0.25, limit: 0.1 };

function decision(over: Partial<ViolationDecision>): ViolationDecision {
  return {
    id: 'a',
    monitor: 'quality',
    violation: drift.id,
    kind: 'accepted',
    at: '2026-03-08T09:00:00Z',
    ...over,
  };
}

describe('violationState()', () => {
  it('lets a violation count that nobody decided about', () => {
    expect(violationState([], 'quality', drift, now)).toEqual({ counts: true, notes: [] });
  });

  it('ignores decisions about other monitors and other violations', () => {
    const others = [
      decision({ monitor: 'other', measured: 1 }),
      decision({ violation: 'age/completeness_check', measured: 1 }),
    ];
    expect(violationState(others, 'quality', drift, now)).toEqual({ counts: true, notes: [] });
  });

  it('takes an accepted measure as normal while the measure is no further beyond its limit', () => {
    const accepted = decision({ measured: 0.25 });
    expect(violationState([accepted], 'quality', drift, now)).toEqual({ counts: false, accepted, notes: [] });
    const nearer = { ...drift, measured: 0.12 };
    expect(violationState([accepted], 'quality', nearer, now).accepted).toBe(accepted);
  });

  it('says that an acceptance is outgrown when the measure is further beyond its limit', () => {
    const accepted = decision({ measured: 0.25 });
    const further = { ...drift, measured: 0.2500001 };
    expect(violationState([accepted], 'quality', further, now)).toEqual({
      counts: true,
      outgrown: accepted,
      notes: [],
    });
  });

  it('knows which side of the limit is beyond it', () => {
    const completeness = { id: 'job/completeness_check', measured: 0.85, limit: 1 };
    const accepted = decision({ violation: completeness.id, measured: 0.8 });
    expect(violationState([accepted], 'quality', completeness, now).accepted).toBe(accepted);
    expect(violationState([accepted], 'quality', { ...completeness, measured: 0.75 }, now).outgrown).toBe(accepted);
  });

  it('does not take a bias metric for accepted when it has gone to the other side of the fair value', () => {
    const bias = { id: 'sex = Female/DPPL/bias_drift_check', measured: -0.2, limit: -0.1 };
    const accepted = decision({ violation: bias.id, measured: 0.4 });
    expect(violationState([accepted], 'quality', bias, now).counts).toBe(true);
  });

  it('lets the latest acceptance hold, whatever the order in the file', () => {
    const loose = decision({ id: 'a', measured: 0.5, at: '2026-03-08T09:00:00Z' });
    const strict = decision({ id: 'b', measured: 0.2, at: '2026-03-09T09:00:00Z' });
    expect(violationState([strict, loose], 'quality', drift, now).outgrown).toBe(strict);
  });

  it('covers nothing by an acceptance that does not say what was measured', () => {
    expect(violationState([decision({})], 'quality', drift, now).counts).toBe(true);
  });

  it('mutes until the time that was said, and not at it', () => {
    const muted = decision({ kind: 'muted', until: '2026-03-10T12:00:01Z' });
    expect(violationState([muted], 'quality', drift, now)).toEqual({ counts: false, muted, notes: [] });
    const over = decision({ kind: 'muted', until: '2026-03-10T12:00:00Z' });
    expect(violationState([over], 'quality', drift, now)).toEqual({ counts: true, notes: [] });
  });

  it('keeps remarks in the order in which they were made; they change nothing', () => {
    const second = decision({ id: 'b', kind: 'note', at: '2026-03-09T09:00:00Z', text: 'still there' });
    const first = decision({ id: 'a', kind: 'note', text: 'unit error in the form' });
    expect(violationState([second, first], 'quality', drift, now)).toEqual({ counts: true, notes: [first, second] });
  });
});
