import { describe, expect, it } from 'vitest';
import type { ViolationDecision } from '../../../kernel-lib/src/project/annotations.js';
import { decidedWords } from '../../../kernel-lib/src/project/decided-words.js';
import type { ViolationRecord } from '../../../kernel-lib/src/project/execution-record.js';

const now = new Date('2026-03-10T12:00:00Z');

function violation(id: string, rules: ViolationRecord['rules'] = ['significant']): ViolationRecord {
  const about = { feature: id, check: 'baseline_drift_check', unit: 'distance', explanation: '' } as const;
  return { id, ...about, measured: 0.2, limit: 0.1, rules };
}

function decision(violation: string, over: Partial<ViolationDecision>): ViolationDecision {
  return { id: violation, monitor: 'm', violation, kind: 'accepted', at: '2026-03-09T00:00:00Z', ...over };
}

const words = (decisions: readonly ViolationDecision[]): string | undefined =>
  decidedWords(
    { rule: 'significant', violations: [violation('a'), violation('b'), violation('c', ['threshold'])] },
    'm',
    decisions,
    now,
  );

describe('decidedWords()', () => {
  it('counts what is accepted and what is muted; what is both is accepted', () => {
    const accepted = decision('a', { measured: 0.2 });
    const muted = decision('b', { kind: 'muted', until: '2026-03-11T00:00:00Z' });
    expect(words([accepted, muted])).toBe('1 accepted, 1 muted');
    expect(words([accepted, { ...muted, violation: 'a' }])).toBe('1 accepted');
  });

  it('says nothing where nothing is decided, or no longer holds', () => {
    expect(words([])).toBeUndefined();
    expect(words([decision('a', { measured: 0.15 })])).toBeUndefined();
    expect(words([decision('b', { kind: 'muted', until: '2026-03-10T00:00:00Z' })])).toBeUndefined();
    expect(words([decision('b', { kind: 'note', text: 'known' })])).toBeUndefined();
  });

  it('leaves out violations that only the other rule found', () => {
    expect(words([decision('c', { measured: 0.2 })])).toBeUndefined();
  });
});
