import { describe, expect, it } from 'vitest';
import { type SelectedFile, whyNotComparable } from '../../../jupyter-extension/src/compare-files/comparable.js';
import { proposeBaseline } from '../../../jupyter-extension/src/compare-files/propose-baseline.js';
import { trans } from '../support/trans.js';

const file = (path: string, modified: string = '2026-03-09T00:00:00Z', type: string = 'file'): SelectedFile => ({
  path,
  name: path.split('/').at(-1)!,
  type,
  last_modified: modified,
});

/** The baseline that is proposed, whichever file was selected first. */
function baselineOf(one: SelectedFile, other: SelectedFile): string {
  const pair = proposeBaseline(one, other);
  expect(proposeBaseline(other, one)).toEqual(pair);
  expect([one.path, other.path].sort()).toEqual([pair.baseline, pair.current].sort());
  return pair.baseline;
}

describe('proposeBaseline()', () => {
  it('takes constraints for the baseline of statistics, whatever their age', () => {
    expect(baselineOf(file('a/statistics.json', '2020'), file('b/constraints.json', '2026'))).toBe(
      'b/constraints.json',
    );
  });

  it('takes the one in a folder of that name, then the earlier date in the path, then the older file', () => {
    expect(baselineOf(file('runs/2020/01/01/00/statistics.json'), file('baseline/dq/statistics.json'))).toBe(
      'baseline/dq/statistics.json',
    );
    expect(
      baselineOf(file('r/2026/03/06/00/report.json', '2026-01'), file('r/2026/03/05/23/report.json', '2026-02')),
    ).toBe('r/2026/03/05/23/report.json');
    expect(baselineOf(file('a/analysis.json', '2026-02'), file('b/analysis.json', '2026-01'))).toBe('b/analysis.json');
    expect(baselineOf(file('b/analysis.json'), file('a/analysis.json'))).toBe('a/analysis.json');
  });
});

describe('whyNotComparable()', () => {
  const why = (...files: SelectedFile[]): string | undefined => whyNotComparable(files, trans);

  it('lets two files of one kind through, and statistics with constraints', () => {
    for (const name of ['statistics.json', 'constraints.json', 'analysis.json', 'monday_report.json']) {
      expect(why(file(`a/${name}`), file(`b/${name}`))).toBeUndefined();
    }
    expect(why(file('a/statistics.json'), file('b/constraints.json'))).toBeUndefined();
  });

  it('says what to select instead', () => {
    const statistics = file('a/statistics.json');
    expect(why()).toBe('select two files');
    expect(why(statistics)).toBe('select two files');
    expect(why(statistics, file('b', undefined, 'directory'))).toBe('select two files');
    expect(why(statistics, file('b/notes.txt'))).toBe('select result files');
    expect(why(statistics, file('b/report.json'))).toBe('select two files of one kind');
    const violations = file('a/constraint_violations.json');
    expect(why(violations, violations)).toBe('compare their reports');
  });
});
