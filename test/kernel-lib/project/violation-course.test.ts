import { describe, expect, it } from 'vitest';
import type { ExecutionRecord, ViolationRecord } from '../../../kernel-lib/src/project/execution-record.js';
import { violationCourse } from '../../../kernel-lib/src/project/violation-course.js';
import type { Rule } from '../../../kernel-lib/src/report/report.js';

const id = 'age/baseline_drift_check';

function found(rules: readonly Rule[]): ViolationRecord {
  return {
    id,
    feature: 'age',
    check: 'baseline_drift_check',
    measured: 0.2,
    limit: 0.1,
    unit: 'distance',
    rules,
    explanation: '',
  };
}

/** Daily executions from 1 March: `!` both rules, `t` the threshold rule only, `.` nothing, `-` no data. */
function executions(marks: string): ExecutionRecord[] {
  return [...marks].map((mark, index) => {
    const time = `2026-03-${String(index + 1).padStart(2, '0')}T00:00:00Z`;
    const rules: Readonly<Record<string, readonly Rule[]>> = { '!': ['significant', 'threshold'], t: ['threshold'] };
    return {
      scheduledTime: time,
      window: { start: time, end: time },
      status: 'Completed',
      outcome: mark === '-' ? 'no-data' : mark === '!' ? 'violations' : 'ok',
      startedAt: time,
      endedAt: time,
      folder: '',
      headline: '',
      rule: 'significant',
      rows: 1,
      reports: 1,
      violations: rules[mark] === undefined ? [] : [found(rules[mark])],
    };
  });
}

describe('violationCourse()', () => {
  it('says that a violation is new in the first execution that found it', () => {
    expect(violationCourse(executions('..!'), '2026-03-03T00:00:00Z', id)).toEqual({
      executions: 1,
      first: '2026-03-03T00:00:00Z',
      orEarlier: false,
      later: 0,
    });
  });

  it('counts the executions in a row that found it, and passes over those without data', () => {
    expect(violationCourse(executions('.!-!!'), '2026-03-05T00:00:00Z', id)).toMatchObject({
      executions: 3,
      first: '2026-03-02T00:00:00Z',
    });
  });

  it('says when the history begins with it: it may be older', () => {
    expect(violationCourse(executions('!!'), '2026-03-02T00:00:00Z', id)).toMatchObject({
      executions: 2,
      orEarlier: true,
    });
  });

  it('says how often it was found again, and when it ended', () => {
    expect(violationCourse(executions('.!!!.!'), '2026-03-02T00:00:00.000Z', id)).toEqual({
      executions: 1,
      first: '2026-03-02T00:00:00Z',
      orEarlier: false,
      later: 2,
      ended: '2026-03-05T00:00:00Z',
    });
  });

  it('follows a violation of the deciding rule through executions in which that rule found it', () => {
    expect(violationCourse(executions('tt!'), '2026-03-03T00:00:00Z', id)).toMatchObject({ executions: 1 });
    expect(violationCourse(executions('.t!'), '2026-03-02T00:00:00Z', id)).toMatchObject({ executions: 1, later: 1 });
  });

  it('knows nothing of executions that did not find it, or were never run', () => {
    expect(violationCourse(executions('.!'), '2026-03-01T00:00:00Z', id)).toBeUndefined();
    expect(violationCourse(executions('.!'), '2026-04-01T00:00:00Z', id)).toBeUndefined();
  });
});
