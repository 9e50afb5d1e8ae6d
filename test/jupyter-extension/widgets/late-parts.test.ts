// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { LateParts } from '../../../jupyter-extension/src/widgets/late-parts.js';
import { trans } from '../support/trans.js';

const paragraph = (words: string): HTMLElement => {
  const node = document.createElement('p');
  node.textContent = words;
  return node;
};
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** A part whose code arrives when the test says so. */
function part(parts: LateParts = new LateParts(trans)) {
  const place = document.createElement('div');
  let arrive: (code: string) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const load = vi.fn(
    () =>
      new Promise<string>((resolve, reject) => {
        arrive = resolve;
        fail = reject;
      }),
  );
  const make = vi.fn((code: string) => ({ code }));
  const late = parts.add({ title: 'bias', load, make, nodes: ({ code }) => [paragraph(code), paragraph('end')] });
  place.append(late.node);
  return {
    parts,
    place,
    late,
    load,
    make,
    arrive: (code: string) => arrive(code),
    fail: (error: unknown) => fail(error),
  };
}

describe('LateParts', () => {
  it('says what is being loaded, and gives way to it when it is there', async () => {
    const { place, arrive, parts } = part();
    const waiting = place.firstElementChild!;
    expect(waiting.getAttribute('aria-busy')).toBe('true');
    expect(waiting.querySelector('[role=status]')?.textContent).toBe('Loading the part on bias …');
    arrive('here');
    await parts.settled();
    expect(place.innerHTML).toBe('<p>here</p><p>end</p>');
  });

  it('does with the part what was asked before it was there, and at once what is asked after', async () => {
    const { late, arrive, parts } = part();
    const action = vi.fn();
    late.use(action);
    expect(action).not.toHaveBeenCalled();
    arrive('here');
    await parts.settled();
    expect(action).toHaveBeenCalledExactlyOnceWith({ code: 'here' });
    late.use(action);
    expect(action).toHaveBeenCalledTimes(2);
  });

  it('says why the code did not arrive, and tries again when asked', async () => {
    const { place, late, load, arrive, fail, parts } = part();
    const action = vi.fn();
    late.use(action);
    fail(new Error('<b>chunk 7</b> is gone'));
    await parts.settled();
    const problem = place.querySelector('[role=alert]')!;
    expect(problem.textContent).toContain('The part on bias cannot be shown');
    expect(problem.textContent).toContain('<b>chunk 7</b> is gone');
    expect(problem.querySelector('b')).toBeNull();
    place.querySelector('button')!.click();
    expect(load).toHaveBeenCalledTimes(2);
    expect(place.querySelector('[role=alert]')).toBeNull();
    expect(place.querySelector('[role=status]')).not.toBeNull();
    arrive('later');
    await parts.settled();
    expect(place.textContent).toBe('laterend');
    expect(action).toHaveBeenCalledExactlyOnceWith({ code: 'later' });
  });

  it('says that the content is not as expected where the part cannot be made', async () => {
    const { place, make, arrive, parts } = part();
    make.mockImplementation(() => {
      throw new TypeError('outputs is undefined');
    });
    arrive('here');
    await parts.settled();
    expect(place.querySelector('[role=alert]')?.textContent).toContain('outputs is undefined');
    expect(place.querySelector('button')).toBeNull();
  });

  it('shows nothing of a panel that was replaced meanwhile', async () => {
    const { place, make, arrive, parts } = part();
    parts.clear();
    arrive('too late');
    await settle();
    expect(make).not.toHaveBeenCalled();
    expect(place.textContent).toContain('Loading');
  });
});
