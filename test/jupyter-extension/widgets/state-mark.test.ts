// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { kindText, stateIcon, stateMark, stateText } from '../../../jupyter-extension/src/widgets/state-mark.js';
import { stateKinds, stateWords } from '../../../kernel-lib/src/project/monitor-state.js';
import { trans } from '../support/trans.js';

describe('a state of a monitor', () => {
  it('has the words of the command line', () => {
    for (const kind of stateKinds) {
      for (const counts of [
        { violations: 1, accepted: 0, muted: 2 },
        { violations: 3, accepted: 2, muted: 0 },
        { violations: 3, accepted: 2, muted: 1 },
      ]) {
        expect(stateText({ kind, ...counts }, trans)).toBe(stateWords({ kind, ...counts }));
      }
    }
  });

  it('has a shape that no other state has', () => {
    const shapes = stateKinds.map((kind) => stateIcon(kind).querySelector('path')?.getAttribute('d'));
    expect(new Set(shapes).size).toBe(stateKinds.length);
    expect(new Set(stateKinds.map((kind) => kindText(kind, trans))).size).toBe(stateKinds.length);
  });

  it('is icon and words', () => {
    const mark = stateMark('no-data', 'no data');
    expect(mark.textContent).toBe('no data');
    expect(mark.querySelector('[aria-hidden="true"] svg')).not.toBeNull();
  });
});
