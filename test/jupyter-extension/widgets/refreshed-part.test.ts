// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { ChartSet } from '../../../jupyter-extension/src/widgets/chart-set.js';
import { element } from '../../../jupyter-extension/src/widgets/element.js';
import { LateParts } from '../../../jupyter-extension/src/widgets/late-parts.js';
import { RefreshedPart } from '../../../jupyter-extension/src/widgets/refreshed-part.js';
import { trans } from '../support/trans.js';

const context = { trans, charts: new ChartSet(), parts: new LateParts(trans) };

describe('RefreshedPart', () => {
  it('is made once for a key, and again for another', async () => {
    const load = vi.fn(async () => 'x');
    const part = new RefreshedPart({ load, make: (text) => [text] }, context);
    await part.update('1');
    await part.update('1');
    expect(load).toHaveBeenCalledTimes(1);
    await part.update('2');
    expect(load).toHaveBeenCalledTimes(2);
    expect(part.node.textContent).toBe('x');
  });

  it('shows the latest of what was asked for, whichever arrives first', async () => {
    const waiting: ((text: string) => void)[] = [];
    const load = (): Promise<string> => new Promise((resolve) => waiting.push(resolve));
    const part = new RefreshedPart({ load, make: (text) => [text] }, context);
    const [first, second] = [part.update('1'), part.update('2')];
    waiting[1]?.('new');
    await second;
    waiting[0]?.('old');
    await first;
    expect(part.node.textContent).toBe('new');
  });

  it('leaves the focus where it was', async () => {
    let count = 0;
    const make = (): HTMLElement[] =>
      ['a', 'b', 'b'].map((name) => element('button', { 'data-at': String(count) }, name));
    const part = new RefreshedPart({ load: async () => (count += 1), make }, context);
    document.body.replaceChildren(part.node);
    await part.update('1');
    part.node.querySelectorAll('button')[2]?.focus();
    await part.update('2');
    expect(document.activeElement).toBe(part.node.querySelectorAll('button')[2]);
    expect((document.activeElement as HTMLElement).dataset['at']).toBe('2');
  });

  it('says what is wrong, and is made again for the same key then', async () => {
    let broken = true;
    const load = async (): Promise<string> => {
      if (broken) throw new Error('No such file: <b>');
      return 'there';
    };
    const part = new RefreshedPart({ load, make: (text) => [text] }, context);
    await part.update('1');
    expect(part.node.querySelector('[role=alert]')?.textContent).toContain('No such file: <b>');
    broken = false;
    await part.update('1');
    expect(part.node.textContent).toBe('there');
  });
});
