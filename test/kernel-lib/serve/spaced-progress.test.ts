import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Progress } from '../../../kernel-lib/src/progress.js';
import { SpacedProgress } from '../../../kernel-lib/src/serve/spaced-progress.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

const at = (done: number): Progress => ({ stage: 'reading', done, total: 100, unit: 'rows' });

it('sends the first at once, then at most five a second, and the latest of those that had to wait', () => {
  const sent: number[] = [];
  const progress = new SpacedProgress(({ done }) => sent.push(done));
  progress.add(at(1));
  expect(sent).toEqual([1]);
  progress.add(at(2));
  progress.add(at(3));
  vi.advanceTimersByTime(199);
  expect(sent).toEqual([1]);
  vi.advanceTimersByTime(1);
  expect(sent).toEqual([1, 3]);
  progress.add(at(4));
  vi.advanceTimersByTime(200);
  expect(sent).toEqual([1, 3, 4]);
  vi.advanceTimersByTime(1000);
  progress.add(at(5));
  expect(sent).toEqual([1, 3, 4, 5]);
});

it('sends nothing after it was stopped', () => {
  const sent: number[] = [];
  const progress = new SpacedProgress(({ done }) => sent.push(done));
  progress.add(at(1));
  progress.add(at(2));
  progress.stop();
  vi.advanceTimersByTime(1000);
  expect(sent).toEqual([1]);
});
