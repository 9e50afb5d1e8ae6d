// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ShownPanel, settle, showExecution } from '../../support/dashboard.js';
import { endpointWith, fleet, fleetExecutions, fleetStatus } from '../../support/fleet.js';
import { press, section, texts } from '../../support/render-report.js';

vi.mock('../../../../jupyter-extension/src/widgets/plotly-widget.js', async () => {
  const { StandInChart } = await import('../../support/stand-in-chart.js');
  return { PlotlyWidget: StandInChart };
});

const endpoint = endpointWith('data-quality', 'violations');
const monitor = `${endpoint}-data-quality`;
const executions = fleetExecutions(endpoint, 'data-quality').executions;
const newest = executions.at(-1)!;
let panel: ShownPanel;
afterEach(async () => {
  panel.close();
  await settle();
});

describe('executionPanel()', () => {
  it('shows the whole report, and each violation leads to its records', async () => {
    panel = await showExecution(fleet(), { monitor, scheduledTime: newest.scheduledTime });
    const { node, called } = panel;
    expect(node.querySelector('h2')?.textContent).toBe(monitor);
    expect(node.querySelector('.driftline-execution-head .driftline-status')?.textContent).toBe(
      `${newest.violations.length} violations`,
    );
    const violations = section(node, 'Violations');
    expect(violations.querySelectorAll('tbody tr')).toHaveLength(newest.violations.length);
    press(violations, /^Follow$/);
    expect(called.at(-1)).toEqual([
      'driftline:open-violation',
      { project: 'p', monitor, scheduledTime: newest.scheduledTime, violation: newest.violations[0]?.id },
    ]);
  });

  it('leads to the dashboard, to the constraints and to the execution before', async () => {
    panel = await showExecution(fleet(), { monitor, scheduledTime: newest.scheduledTime });
    const links = panel.node.querySelector<HTMLElement>('nav')!;
    expect(texts(links, 'button')).toEqual([`Dashboard of ${endpoint}`, 'Edit constraints', '‹ Earlier execution']);
    for (const link of links.querySelectorAll('button')) link.click();
    expect(panel.called).toEqual([
      ['driftline:open-dashboard', { project: 'p', endpoint, monitor }],
      ['driftline:edit-constraints', { project: 'p', monitor }],
      ['driftline:open-execution', { project: 'p', monitor, scheduledTime: executions.at(-2)?.scheduledTime }],
    ]);
  });

  it('of a failure says the reason, and that it can be run again', async () => {
    const failed = executions.map((execution) =>
      execution === newest
        ? { ...execution, outcome: 'failed', status: 'Failed', failureReason: 'No <b>baseline</b>.\n  fix: make one' }
        : execution,
    );
    const file = `reports/${endpoint}/${monitor}/executions/2026-03.json`;
    const text = JSON.stringify({ ...fleetExecutions(endpoint, 'data-quality'), executions: failed });
    panel = await showExecution(fleet({ [file]: text }), { monitor, scheduledTime: newest.scheduledTime });
    expect(panel.node.querySelector('.driftline-reason')?.textContent).toBe('No <b>baseline</b>.\n  fix: make one');
    press(panel.node, /^Run it again$/);
    expect(panel.called.at(-1)).toEqual(['driftline:run-monitor', { project: 'p', monitor, at: newest.scheduledTime }]);
  });

  it('says so when there is no such execution, or no such monitor', async () => {
    panel = await showExecution(fleet(), { monitor, scheduledTime: '2026-03-01T00:00:00Z' });
    expect(panel.node.querySelector('[role=alert]')?.textContent).toContain(
      'has no execution at 1 Mar 2026, 00:00 UTC.',
    );
    await expect(showExecution(fleet(), { monitor: 'nobody', scheduledTime: newest.scheduledTime })).rejects.toThrow(
      'The project has no monitor "nobody".',
    );
    expect(Object.keys(fleetStatus.monitors)).toContain(monitor);
  });
});
