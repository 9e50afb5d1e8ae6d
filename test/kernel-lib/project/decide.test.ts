import { describe, expect, it } from 'vitest';
import type { AnnotationsFile, ViolationDecision } from '../../../kernel-lib/src/project/annotations.js';
import { addDecision, withdrawDecision } from '../../../kernel-lib/src/project/decide.js';

const accepted: ViolationDecision = {
  id: 'a',
  monitor: 'quality',
  violation: 'age/baseline_drift_check',
  kind: 'accepted',
  at: '2026-03-08T09:00:00Z',
  measured: 0.25,
};
const empty: AnnotationsFile = {
  schema: 'driftline.annotations',
  version: 1,
  events: [{ id: 'e', time: '2026-03-01T00:00:00Z', kind: 'note', text: 'deployed' }],
  decisions: [],
};

describe('decisions', () => {
  it('are added after those that are there, and taken back by their id', () => {
    const note: ViolationDecision = { ...accepted, id: 'b', kind: 'note', text: 'known' };
    const both = addDecision(addDecision(empty, accepted), note);
    expect(both).toEqual({ ...empty, decisions: [accepted, note] });
    expect(withdrawDecision(both, 'a')).toEqual({ ...empty, decisions: [note] });
    expect(withdrawDecision(both, 'none')).toEqual(both);
  });

  it('replace one of the same id', () => {
    const changed = { ...accepted, text: 'a new form' };
    expect(addDecision(addDecision(empty, accepted), changed).decisions).toEqual([changed]);
  });
});
