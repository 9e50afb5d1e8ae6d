import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { takeInterrupts } from '../../../kernel-lib/src/serve/interrupts.js';

it('the first interrupt aborts the call, the second one goes to those who listened before', () => {
  const source = new EventEmitter();
  const [first, second] = [vi.fn(), vi.fn()];
  source.on('SIGINT', first).on('SIGINT', second);
  const { signal, release } = takeInterrupts(source);
  expect(signal.aborted).toBe(false);
  source.emit('SIGINT');
  expect(signal.aborted).toBe(true);
  expect(first).not.toHaveBeenCalled();
  source.emit('SIGINT');
  expect(first).toHaveBeenCalledOnce();
  expect(second).toHaveBeenCalledOnce();
  release();
  expect(source.listeners('SIGINT')).toEqual([first, second]);
  source.emit('SIGINT');
  expect(first).toHaveBeenCalledTimes(2);
});

it('somebody always listens: without a listener Node would end the process', () => {
  const source = new EventEmitter();
  let fewest = Infinity;
  const count = (): void => {
    fewest = Math.min(fewest, source.listenerCount('SIGINT'));
  };
  source.on('SIGINT', () => {});
  source.on('removeListener', count);
  takeInterrupts(source).release();
  expect(fewest).toBe(1);
});
