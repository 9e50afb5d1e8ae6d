// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { CommandRegistry } from '@lumino/commands';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { KernelError } from '../../../../jupyter-extension/src/kernel/kernel-error.js';
import { RunTracker } from '../../../../jupyter-extension/src/panels/monitors/run-tracker.js';
import { type RunServices, runMonitors } from '../../../../jupyter-extension/src/panels/run/run-monitors.js';
import type { RunExecution } from '../../../../kernel-lib/src/serve/contract.js';
import { trans } from '../../support/trans.js';

interface Notice {
  readonly message: string;
  readonly type: string;
  readonly actions?: readonly { readonly label: string; readonly callback: () => void }[];
}

const notices = vi.hoisted((): Notice[] => []);
vi.mock('@jupyterlab/apputils', () => ({
  Notification: {
    emit: (message: string, type: string, options: object) => {
      notices.push({ message, type, ...options });
      return 'id';
    },
    update: (notice: Notice) => notices.push(notice),
  },
}));

const execution = (over: Partial<RunExecution> = {}): RunExecution => ({
  monitor: 'dq',
  endpoint: 'shop',
  scheduledTime: '2026-03-09T00:00:00Z',
  folder: 'reports/shop/dq/2026/03/09/00',
  status: 'CompletedWithViolations',
  outcome: 'violations',
  headline: '2 violations in 10 rows: age, sex.',
  ...over,
});

let asked: unknown[];
let runs: RunTracker;
let refreshed: number;
let answer: (signal: AbortSignal) => Promise<{ executions: RunExecution[] }>;
let isWatched: boolean;

function services(): RunServices {
  const commands = new CommandRegistry();
  commands.addCommand('driftline:open-execution', { execute: (args) => asked.push(['open-execution', args]) });
  return {
    trans,
    runs,
    commands,
    isWatched: () => isWatched,
    projects: {
      refresh: async () => {
        refreshed += 1;
      },
    },
    kernel: {
      get: async () => ({
        request: async (method: string, params: unknown, { signal, title }: { signal: AbortSignal; title: string }) => {
          asked.push([method, params, title, runs.isRunning('p', 'dq')]);
          return answer(signal);
        },
      }),
    },
  } as unknown as RunServices;
}

beforeEach(() => {
  asked = [];
  notices.length = 0;
  runs = new RunTracker();
  refreshed = 0;
  isWatched = true;
  answer = async () => ({ executions: [execution()] });
});

describe('runMonitors()', () => {
  it('asks the kernel, says what was found and reads the results', async () => {
    await runMonitors({ project: 'p', monitors: ['dq'], at: '2026-03-09T01:00:00Z' }, services());
    expect(asked).toEqual([
      ['run', { project: 'p', monitors: ['dq'], at: '2026-03-09T01:00:00Z' }, 'Running dq', true],
    ]);
    expect([runs.isRunning('p', 'dq'), refreshed]).toEqual([false, 1]);
    expect(notices.map(({ message, type }) => [message, type])).toEqual([
      ['dq: 2 violations in 10 rows: age, sex.', 'warning'],
    ]);
    notices[0]?.actions?.[0]?.callback();
    expect(asked.at(-1)).toEqual([
      'open-execution',
      { project: 'p', monitor: 'dq', scheduledTime: '2026-03-09T00:00:00Z' },
    ]);
  });

  it('names the folder of the server for a project at its root', async () => {
    await runMonitors({ project: '', monitors: ['dq'] }, services());
    expect(asked[0]).toEqual(['run', { project: '.', monitors: ['dq'] }, 'Running dq', false]);
  });

  it('sums up a back-fill', async () => {
    answer = async () => ({
      executions: [
        execution({ outcome: 'ok' }),
        execution(),
        execution({ outcome: 'failed', headline: 'There is no baseline.' }),
        execution({ outcome: 'no-data' }),
      ],
    });
    await runMonitors({ project: 'p', monitors: ['dq'], from: 'a', to: 'b' }, services());
    expect(notices.map(({ message, type }) => [message, type])).toEqual([
      ['4 executions: 1 without violations, 1 with violations, 1 without data, 1 failed.', 'error'],
    ]);
  });

  it('shows that it runs where nothing else does, and cancels from there', async () => {
    isWatched = false;
    answer = (signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new KernelError({ code: 'ABORTED', what: 'Cancelled.' })));
      });
    const running = runMonitors({ project: 'p', monitors: ['dq', 'mq'] }, services());
    await Promise.resolve();
    await Promise.resolve();
    expect(notices.map(({ message, type }) => [message, type])).toEqual([['Running 2 monitors', 'in-progress']]);
    notices[0]?.actions?.[0]?.callback();
    await running;
    expect(notices.at(-1)).toMatchObject({ message: 'The run was cancelled.', type: 'info' });
    expect(runs.isRunning('p', 'dq')).toBe(false);
  });

  it('says why it could not run, and what to do', async () => {
    answer = () =>
      Promise.reject(new KernelError({ code: 'KERNEL', what: 'No answer.', fix: 'Stop the kernel and try again.' }));
    await runMonitors({ project: 'p', monitors: ['dq'] }, services());
    expect(notices.map(({ message, type }) => [message, type])).toEqual([
      ['No answer.\nStop the kernel and try again.', 'error'],
    ]);
    expect(refreshed).toBe(1);
  });

  it('says that nothing was scheduled', async () => {
    answer = async () => ({ executions: [] });
    await runMonitors({ project: 'p', monitors: ['dq'] }, services());
    expect(notices[0]?.message).toBe('Nothing was scheduled in this time, so nothing was run.');
  });
});
