import { existsSync } from 'node:fs';
import path from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import type { ExecutionsFile } from '../../../kernel-lib/src/project/execution-record.js';
import type { MeasuresFile } from '../../../kernel-lib/src/project/measures.js';
import type { StatusFile } from '../../../kernel-lib/src/project/status.js';
import type { HoursFile } from '../../../kernel-lib/src/report/hours.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { expectAccessible, expectAccessibleInBothThemes } from './accessible.js';
import { demoProject, demoReport, readJson } from './demo-project.js';
import { expect, test } from './page.js';

const project = 'dashboard/census';
const endpoint = 'census-income';
const newest = '2026-03-09';
const results = (monitor: string, ...names: readonly string[]): string[] => [
  project,
  'reports',
  endpoint,
  monitor,
  ...names,
];
const report = (monitor: string, day: string = newest): Report => demoReport<Report>(project, monitor, day);
const measures = (monitor: string): MeasuresFile =>
  readJson<MeasuresFile>(...results(monitor, 'measures', '2026-03.json'));

test.beforeAll(() => {
  if (!existsSync(path.join(process.env['DRIFTLINE_ROOT'] ?? '', project))) demoProject(project);
});

/** Opens the dashboard and gives its open tab. */
async function openDashboard(
  page: IJupyterLabPageFixture,
  args: Readonly<Record<string, string>> = {},
): Promise<Locator> {
  await page.evaluate(
    async (given) => {
      await window.jupyterapp.commands.execute('driftline:open-dashboard', given);
    },
    { project, endpoint, ...args },
  );
  const dashboard = page.locator('.driftline-dashboard');
  await expect(dashboard.getByRole('heading', { level: 2, name: endpoint })).toBeVisible();
  await expect(dashboard.locator('[aria-busy=true]')).toHaveCount(0);
  return dashboard.locator('[role=tabpanel]:not([hidden])');
}

const drawn = async (chart: Locator): Promise<void> => {
  await chart.scrollIntoViewIfNeeded();
  await expect(chart).toHaveAttribute('data-drawn', 'true');
};

/** The figure with a title, as a part of the page. */
const figure = (part: Locator, title: string | RegExp): Locator =>
  part.locator('.driftline-figure').filter({ has: part.page().getByRole('heading', { name: title, exact: true }) });

/** Where something of a chart lies on the screen, by values of its axes. */
async function place(chart: Locator, time: string, value: number): Promise<{ x: number; y: number }> {
  return chart.evaluate(
    (node, [at, height]) => {
      interface Axis {
        readonly _offset: number;
        d2p(value: string | number): number;
      }
      const host = node.querySelector('.js-plotly-plot') as unknown as HTMLElement & {
        _fullLayout: { xaxis: Axis; yaxis: Axis };
      };
      const { xaxis, yaxis } = host._fullLayout;
      const { left, top } = host.getBoundingClientRect();
      return { x: left + xaxis._offset + xaxis.d2p(at), y: top + yaxis._offset + yaxis.d2p(height) };
    },
    [time, value] as const,
  );
}

test('the overview has the state of every monitor and its worst findings, as the status file says', async ({
  page,
}) => {
  const status = readJson<StatusFile>(project, 'driftline-status.json');
  const tab = await openDashboard(page);
  const cards = tab.getByRole('article');
  await expect(cards).toHaveCount(4);
  for (const [index, monitor] of ['census-data-quality', 'census-model-quality'].entries()) {
    const { violations, last } = status.monitors[monitor]!;
    await expect(cards.nth(index).locator('.driftline-card-head .driftline-status')).toHaveText(
      `${violations} violations`,
    );
    await expect(cards.nth(index).locator('.driftline-card-findings button')).toHaveText(
      last.violations.map(({ feature }) => feature),
    );
  }
  await drawn(tab.getByRole('img', { name: /^28 executions of 4 monitors/ }));
  await expectAccessibleInBothThemes(page, '.driftline-dashboard');
});

test('a cell of the drift map opens the feature in that hour, with the distribution of the hour', async ({ page }) => {
  // With room for a column an hour.
  await page.sidebar.close('left');
  const tab = await openDashboard(page, { tab: 'data-quality' });
  const map = figure(tab, 'Distance from the baseline, the worst feature first');
  const chart = map.locator('.driftline-chart');
  await drawn(chart);
  const hours = readJson<HoursFile>(...results('census-data-quality', '2026/03/05/00/hours.json'));
  const at = hours.hours.findIndex((hour) => Date.parse(hour) === Date.parse('2026-03-04T13:00:00Z'));
  const { subjects, executions } = measures('census-data-quality');
  const feature = subjects.findIndex(({ title }) => title === 'hours-per-week');
  const day = executions.find(({ scheduledTime }) => scheduledTime === '2026-03-05T00:00:00Z')!;
  // The feature with the largest distance stands first.
  const cell = await place(chart, '2026-03-04 13:30', 0);
  await page.mouse.move(cell.x, cell.y);
  await page.mouse.click(cell.x, cell.y);

  const hour = tab.locator('.driftline-hour');
  await expect(hour.locator('.driftline-hour-time')).toHaveText('4 Mar 2026, 13:00 UTC');
  await expect(hour.getByRole('combobox', { name: 'Feature' })).toHaveValue('hours-per-week');
  await expect(hour.locator('.driftline-fact').first()).toContainText(day.hourly!.distance[feature]![at]!.toFixed(3));
  const distribution = figure(hour, 'Distribution in this hour');
  await drawn(distribution.locator('.driftline-chart'));
  await distribution.getByRole('button', { name: 'Table' }).click();
  const { distribution: counts } = hours.features.find(({ name }) => name === 'hours-per-week')!;
  if (counts?.kind !== 'numeric') throw new Error('hours-per-week is a number');
  const row = distribution.getByRole('row').filter({ hasText: /^above/ });
  await expect(row.getByRole('cell').nth(2)).toHaveText(String(counts.currentAbove[at]));
  await expect(distribution.getByRole('row').nth(1).getByRole('cell').first()).toHaveText(String(counts.baseline[0]));

  // The window of that hour is shown below, and the frame of the map has moved there.
  await expect(tab.getByRole('combobox', { name: 'Execution' })).toHaveValue('2026-03-05T00:00:00Z');
  const taken = await page.evaluate(() => performance.getEntriesByName('driftline:feature').length);
  expect(taken).toBe(1);
  await hour.getByRole('button', { name: 'Later hour' }).click();
  await expect(hour.locator('.driftline-hour-time')).toHaveText('4 Mar 2026, 14:00 UTC');
  await expect(hour.getByRole('button', { name: 'Later hour' })).toBeFocused();
  await expectAccessible(page, '.driftline-dashboard');
});

test('the table of the drift map says what the measures say', async ({ page }) => {
  const tab = await openDashboard(page, { tab: 'data-quality' });
  const map = figure(tab, 'Distance from the baseline, the worst feature first');
  await map.getByRole('button', { name: 'Table' }).click();
  const { subjects, executions } = measures('census-data-quality');
  const violated = (name: string): number => {
    const at = subjects.findIndex(({ title }) => title === name);
    return executions.filter((execution) => execution.violated.includes(at)).length;
  };
  for (const name of ['hours-per-week', 'age', 'occupation', 'race']) {
    const row = map.getByRole('row', { name: new RegExp(`^${name} `) });
    await expect(row.getByRole('cell').first()).toHaveText(String(violated(name)));
  }
  await expectAccessible(page, '.driftline-dashboard');
});

test('model quality: a metric over time ends at what the newest report measured', async ({ page }) => {
  const { modelQuality } = report('census-model-quality');
  const recall = modelQuality!.metrics.find(({ name }) => name === 'recall')!;
  const tab = await openDashboard(page, { tab: 'model-quality', feature: 'recall' });
  const chart = figure(tab, 'Recall over time');
  await drawn(chart.locator('.driftline-chart'));
  await chart.getByRole('button', { name: 'Table' }).click();
  const last = chart.getByRole('row').last();
  await expect(last.getByRole('cell').nth(0)).toHaveText('violation');
  await expect(last.getByRole('cell').nth(1)).toHaveText(recall.current!.value.toFixed(3));
  await expect(last).toContainText(recall.threshold!.toFixed(3));
  for (const title of ['Confusion matrix, current', 'ROC curve', 'Precision and recall', 'Calibration']) {
    await drawn(figure(tab, title).locator('.driftline-chart'));
  }
  await expectAccessible(page, '.driftline-dashboard');
});

test('bias: a metric over time for every group, as the reports say', async ({ page }) => {
  const tab = await openDashboard(page, { tab: 'bias', feature: 'sex=Female/AD' });
  const detail = tab.locator('.driftline-detail').first();
  await expect(detail.locator('h5')).toHaveText(['sex = Female', 'race = Black']);
  for (const [index, facet] of ['sex', 'race'].entries()) {
    const chart = detail.locator('.driftline-figure').nth(index);
    await drawn(chart.locator('.driftline-chart'));
    await chart.getByRole('button', { name: 'Table' }).click();
    const { modelBias } = report('census-model-bias');
    const metric = modelBias!.facets.find((each) => each.facet === facet)!.metrics.find(({ name }) => name === 'AD')!;
    const value = metric.current!.value!;
    const text = `${value < 0 ? '−' : ''}${Math.abs(value).toFixed(3)}`;
    await expect(chart.getByRole('row').last().getByRole('cell').nth(1)).toHaveText(text);
  }
  await expectAccessible(page, '.driftline-dashboard');
});

test('attribution: the ranking of now is that of the report, and a line leads to the share of its feature', async ({
  page,
}) => {
  const { modelExplainability } = report('census-model-explainability');
  const [output] = modelExplainability!.outputs;
  const ranked = [...output!.features].sort((a, b) => a.rank.current! - b.rank.current!);
  const tab = await openDashboard(page, { tab: 'attribution' });
  const chart = figure(tab, 'Places, baseline against current');
  await drawn(chart.locator('.driftline-chart'));
  const point = await place(chart.locator('.driftline-chart'), '2026-03-08 12:00', 1);
  await page.mouse.move(point.x, point.y);
  await page.mouse.click(point.x, point.y);
  await expect(tab.locator('.driftline-detail h4').first()).toHaveText(ranked[0]!.feature);
  await chart.getByRole('button', { name: 'Table' }).click();
  await expect(chart.getByRole('rowheader')).toHaveText(ranked.map(({ feature }) => feature));
  const first = chart.getByRole('row').nth(1).getByRole('cell');
  await expect(first.nth(0)).toHaveText(String(ranked[0]!.rank.baseline));
  await expect(first.nth(3)).toHaveText(`${(ranked[0]!.share.current!.value * 100).toFixed(1)} %`);
  await expectAccessible(page, '.driftline-dashboard');
});

test('executions are listed as the histories have them, and each opens its report', async ({ page }) => {
  const { executions } = readJson<ExecutionsFile>(...results('census-data-quality', 'executions/2026-03.json'));
  const tab = await openDashboard(page, { tab: 'executions' });
  await expect(tab.locator('.driftline-filters').getByRole('status')).toHaveText('28 of 28 executions');
  await tab.getByRole('combobox', { name: 'Monitor' }).selectOption('census-data-quality');
  await expect(tab.locator('.driftline-filters').getByRole('status')).toHaveText(
    `${executions.length} of 28 executions`,
  );
  const last = executions.at(-1)!;
  const row = tab.getByRole('row').nth(1);
  await expect(row.getByRole('cell').first()).toHaveText(
    `${last.violations.filter(({ rules }) => rules.includes(last.rule!)).length} violations`,
  );
  await expect(row).toContainText(last.rows.toLocaleString('en-US'));
  await expectAccessibleInBothThemes(page, '.driftline-dashboard');

  await row.getByRole('button').click();
  const panel = page.locator('.driftline-execution');
  await expect(panel.locator('.driftline-headline')).toHaveText(report('census-data-quality').headline);
  await expect(page.getByRole('tab', { name: /^census-data-quality, 9 Mar 2026/ })).toBeVisible();
  await panel.getByRole('button', { name: '‹ Earlier execution' }).click();
  await expect(panel.locator('.driftline-headline')).toHaveText(report('census-data-quality', '2026-03-08').headline);
  await expectAccessible(page, '.driftline-execution');
  await panel.getByRole('button', { name: `Dashboard of ${endpoint}` }).click();
  await expect(page.locator('.driftline-dashboard')).toBeVisible();
});

test('dragging over a chart changes the range of all; a reload brings back tab and range', async ({ page }) => {
  const tab = await openDashboard(page, { tab: 'data-quality' });
  const chart = figure(tab, 'Distance from the baseline, the worst feature first').locator('.driftline-chart');
  await drawn(chart);
  const [from, to] = [await place(chart, '2026-03-04 00:00', 2), await place(chart, '2026-03-06 00:00', 2)];
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move((from.x + to.x) / 2, to.y + 3, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 4 });
  await page.mouse.up();
  const inputs = page.locator('.driftline-range input');
  await expect(inputs.first()).toHaveValue(/^2026-03-0(3T2|4T0)/);
  await expect(inputs.last()).toHaveValue(/^2026-03-0(5T2|6T0)/);
  const chosen = [await inputs.first().inputValue(), await inputs.last().inputValue()];
  await page.getByRole('tab', { name: 'Executions' }).click();
  const executions = page.locator('[role=tabpanel]:not([hidden]) .driftline-filters').getByRole('status');
  await expect(executions).toHaveText(/^(8|12|16) of (8|12|16) executions$/);
  const listed = await executions.textContent();

  await page.waitForTimeout(1500);
  await page.reload({ waitForIsReady: false });
  await expect(page.locator('.driftline-dashboard')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('tab', { name: 'Executions' })).toHaveAttribute('aria-selected', 'true');
  await expect(executions).toHaveText(listed!);
  expect([await inputs.first().inputValue(), await inputs.last().inputValue()]).toEqual(chosen);
});

test('a link opens the view that was copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDashboard(page, { tab: 'bias', from: '2026-03-03T00:00:00Z', to: '2026-03-07T00:00:00Z' });
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('Link copied.')).toBeVisible();
  const copied = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
  const link = await copied();

  // The menu of a chart copies the same.
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await page
    .locator('.driftline-figure:visible')
    .first()
    .getByRole('button', { name: /^Export/ })
    .click();
  await page.locator('.lm-Menu-item', { hasText: 'Copy a link to this view' }).click();
  await expect.poll(copied).toBe(link);
  await page.evaluate(async () => {
    await window.jupyterapp.commands.execute('application:close-all');
  });
  await expect(page.locator('.driftline-dashboard')).toHaveCount(0);
  await page.evaluate((address) => window.location.assign(address), link);
  await expect(page.locator('.driftline-dashboard')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('tab', { name: 'Bias' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.locator('.driftline-range input').first()).toHaveValue('2026-03-03T00:00');
  await expect.poll(() => page.url()).not.toContain('?');
});

test('the keyboard moves between the tabs, and from a tab into its content', async ({ page }) => {
  await openDashboard(page);
  const tabs = page.getByRole('tablist', { name: 'Parts of the dashboard' });
  await tabs.getByRole('tab', { name: 'Overview' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(tabs.getByRole('tab', { name: 'Data quality' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Drift of the features' })).toBeVisible();
  await page.keyboard.press('End');
  await expect(tabs.getByRole('tab', { name: 'Executions' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('table', { name: 'Executions' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('combobox', { name: 'Monitor' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Home');
  await expect(page.getByRole('heading', { name: 'Executions in this range' })).toBeVisible();
});

test('an event is a mark on every time axis, with its name, and is removed again', async ({ page }) => {
  const tab = await openDashboard(page);
  await page.getByRole('button', { name: 'Add event' }).first().click();
  const form = page.getByRole('form', { name: 'Add an event' });
  await form.getByLabel('Time (UTC)').fill('2026-03-05T09:00');
  await form.getByLabel('Kind').selectOption('deployment');
  await form.getByLabel('What happened').fill('<img src=x onerror=alert(1)> model 2');
  await page.keyboard.press('Enter');
  const row = tab.getByRole('row', { name: /5 Mar 2026, 09:00 UTC/ });
  await expect(row.getByRole('cell').nth(1)).toHaveText('<img src=x onerror=alert(1)> model 2');
  await page.getByRole('tab', { name: 'Data quality' }).click();
  const shown = page.locator('[role=tabpanel]:not([hidden])');
  const rows = figure(shown, 'Rows over time');
  await drawn(rows.locator('.driftline-chart'));
  await expect(rows.locator('.shapelayer path')).toHaveCount(1);
  await rows.getByRole('button', { name: 'Table' }).click();
  await expect(rows.getByRole('row', { name: /^5 Mar 2026, 09:00/ })).toContainText(
    '5 Mar 2026, 09:00, deployment: <img src=x onerror=alert(1)> model 2',
  );
  await page.getByRole('tab', { name: 'Overview' }).click();
  await page.getByRole('button', { name: /^Remove the event/ }).click();
  await expect(page.getByText(/^None\. A deployment/)).toBeVisible();
});

test('a dashboard of 300 pixels needs no sideways scrolling', async ({ page }) => {
  await page.setViewportSize({ width: 366, height: 900 });
  await page.sidebar.close('left');
  for (const tab of ['overview', 'data-quality', 'model-quality', 'bias', 'attribution', 'executions']) {
    await openDashboard(page, { tab });
    const panel = page.locator('.driftline-main');
    await expect
      .poll(() => panel.evaluate((node) => [node.clientWidth <= 310, node.scrollWidth <= node.clientWidth]), tab)
      .toEqual([true, true]);
  }
});
