// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from 'vitest';
import { type RunForm, type RunnableMonitor, runForm } from '../../../../jupyter-extension/src/panels/run/run-form.js';
import { parseSchedule } from '../../../../kernel-lib/src/schedule/cron.js';
import { trans } from '../../support/trans.js';

const now = new Date('2026-03-09T12:30:00Z');
const monitor: RunnableMonitor = {
  name: 'dq',
  schedule: parseSchedule('cron(0 0 ? * * *)', 'test'),
  last: '2026-03-07T00:00:00Z',
  lastWindow: { start: '2026-03-06T00:00:00Z', end: '2026-03-07T00:00:00Z' },
};

let form: RunForm;
let changes: number;

const inputs = (): HTMLInputElement[] => [
  ...form.node.querySelectorAll<HTMLInputElement>('input[type="datetime-local"]'),
];
const hint = (): HTMLElement => form.node.querySelector<HTMLElement>('[role="status"]')!;
const choose = (kind: string): void => {
  const radio = form.node.querySelector<HTMLInputElement>(`input[value="${kind}"]`)!;
  radio.checked = true;
  radio.dispatchEvent(new Event('change'));
};
const put = (at: number, value: string): void => {
  inputs()[at]!.value = value;
  inputs()[at]!.dispatchEvent(new Event('input'));
};

function open(monitors: readonly RunnableMonitor[]): void {
  changes = 0;
  form = runForm(monitors, { trans, now }, () => {
    changes += 1;
  });
  document.body.replaceChildren(form.node);
}

describe('runForm()', () => {
  beforeEach(() => open([monitor]));

  it('begins with the latest scheduled execution and names its window', () => {
    expect(form.choice()).toEqual({ kind: 'latest' });
    expect(form.node.textContent).toContain('8 Mar 2026, 00:00 to 9 Mar 2026, 00:00 UTC');
    expect(inputs().every(({ disabled }) => disabled)).toBe(true);
  });

  it('offers the last window to begin with, and refuses an end before the start', () => {
    choose('window');
    expect(inputs().map(({ disabled }) => disabled)).toEqual([false, false, true, true]);
    expect(form.choice()).toEqual({ kind: 'window', start: '2026-03-06T00:00:00Z', end: '2026-03-07T00:00:00Z' });
    put(1, '2026-03-05T00:00');
    expect(form.choice()).toBeUndefined();
    expect(hint().textContent).toBe('Choose an end after the start.');
    expect(hint().classList.contains('jp-mod-error')).toBe(true);
    put(1, '2026-03-06T06:00');
    expect(form.choice()).toEqual({ kind: 'window', start: '2026-03-06T00:00:00Z', end: '2026-03-06T06:00:00Z' });
    expect(hint().classList.contains('jp-mod-error')).toBe(false);
    expect(changes).toBe(3);
  });

  it('says how many executions a back-fill has', () => {
    choose('fill');
    expect(form.choice()).toEqual({ kind: 'fill', from: '2026-03-08T00:00:00Z', to: '2026-03-09T00:00:00Z' });
    expect(hint().textContent).toMatch(/^2 executions are run/);
    put(2, '2026-03-09T00:00');
    expect(hint().textContent).toMatch(/^1 execution is run/);
    put(2, '2026-03-10T00:00');
    expect(hint().textContent).toBe('Choose an end that is not before the start.');
    put(3, '2026-03-10T00:00');
    put(2, '2000-03-10T00:00');
    expect(form.choice()).toBeUndefined();
    expect(hint().textContent).toContain('More than 1000 executions');
    put(2, '2026-03-09T01:00');
    put(3, '2026-03-09T02:00');
    expect(hint().textContent).toBe('Nothing is scheduled in this time.');
  });

  it('offers several monitors no window of their own', () => {
    open([monitor, { ...monitor, name: 'mq' }]);
    expect(form.node.querySelector('input[value="window"]')).toBeNull();
    expect(form.node.textContent).toContain('The latest scheduled execution of each');
    choose('fill');
    expect(hint().textContent).toMatch(/^4 executions are run/);
  });
});
