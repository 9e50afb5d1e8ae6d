import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import { galata } from '@jupyterlab/galata';
import type { Report, StatusFile } from '../../../kernel-lib/src/index.js';
import { demoProject, demoReport, readJson } from './demo-project.js';
import { expect, test } from './page.js';

// The pictures of the documentation: `DRIFTLINE_PICTURES=1 node test/galata/run.mjs tests/pictures.spec` writes them, in
// light and dark, into docs/images. Without it everything is opened all the same, and what it shows is asserted.

const images = fileURLToPath(new URL('../../../docs/images', import.meta.url));
const wanted = process.env['DRIFTLINE_PICTURES'] !== undefined;
const project = 'pictures/census';
const endpoint = 'census-income';
const monitor = 'census-data-quality';
const scheduledTime = '2026-03-09T00:00:00Z';

test.use({
  kernels: null,
  sessions: null,
  viewport: { width: 1280, height: 800 },
  mockSettings: { ...galata.DEFAULT_SETTINGS, '@driftline/jupyterlab:plugin': { projects: [project] } },
});
test.beforeAll(() => demoProject(project));

const report = (type: string): Report => demoReport<Report>(project, `census-${type}`, '2026-03-09');

async function run(page: IJupyterLabPageFixture, command: string, args: object = {}): Promise<void> {
  await page.evaluate(
    async ([id, given]) => {
      await window.jupyterapp.commands.execute(id, given as never);
    },
    [command, args] as const,
  );
}

/** Draws the charts in view, and takes the picture in both themes. */
async function picture(page: IJupyterLabPageFixture, name: string): Promise<void> {
  const missing = (): Promise<number> =>
    page.evaluate(() => {
      const charts = [...document.querySelectorAll<HTMLElement>('.driftline-chart')].filter((chart) => {
        const { top, width } = chart.getBoundingClientRect();
        return width > 0 && top > 0 && top < window.innerHeight - 150;
      });
      return charts.filter((chart) => chart.dataset['drawn'] !== 'true').length;
    });
  await expect.poll(missing).toBe(0);
  if (!wanted) return;
  for (const theme of ['light', 'dark'] as const) {
    await (theme === 'light' ? page.theme.setLightTheme() : page.theme.setDarkTheme());
    await page.waitForTimeout(700);
    await page.screenshot({ path: path.join(images, `${name}-${theme}.png`) });
  }
  await page.theme.setLightTheme();
}

test('every panel shows what the reports say', async ({ page }) => {
  test.setTimeout(240_000);
  await page.theme.setLightTheme();
  const main = page.locator('.driftline-main:visible');
  await run(page, 'driftline:open-monitors');
  const status = readJson<StatusFile>(project, 'driftline-status.json');
  const { violations } = status.monitors[monitor]!;
  expect(violations).toBe(report('data-quality').violations.length);
  await expect(page.getByRole('treeitem', { name: /^Data quality/ })).toContainText(`${violations} violations`);

  const open = async (tab: string): Promise<void> => {
    await run(page, 'driftline:open-dashboard', { project, endpoint, tab });
    await expect(main.locator('[aria-busy=true]')).toHaveCount(0);
  };
  await open('overview');
  await expect(main.getByRole('article').first()).toContainText(`${violations} violations`);
  await picture(page, 'dashboard-overview');

  await page.sidebar.close('left');
  await open('data-quality');
  const drifted = report('data-quality').violations.find(({ check }) => check === 'baseline_drift_check')!;
  await expect(main.locator('.driftline-hour').getByRole('combobox', { name: 'Feature' })).toContainText(
    drifted.feature,
  );
  await picture(page, 'dashboard-data-quality');

  await open('model-quality');
  const recall = report('model-quality').modelQuality!.metrics.find(({ name }) => name === 'recall')!;
  await expect(main.getByRole('button', { name: /^Recall/ }).first()).toContainText(recall.current!.value.toFixed(3));
  await picture(page, 'dashboard-model-quality');

  await open('bias');
  await expect(main.getByText(report('model-bias').modelBias!.facets[0]!.title).first()).toBeAttached();
  await picture(page, 'dashboard-bias');

  await open('attribution');
  const { features } = report('model-explainability').modelExplainability!.outputs[0]!;
  await expect(main.getByText(features[0]!.feature).first()).toBeAttached();
  await picture(page, 'dashboard-attribution');

  await run(page, 'driftline:open-violation', { project, monitor, scheduledTime, violation: drifted.id });
  await expect(main.locator('header')).toContainText(drifted.measured.toFixed(3));
  await picture(page, 'violation');

  await run(page, 'driftline:edit-constraints', { project, monitor, feature: drifted.feature });
  const limits = page.getByRole('article', { name: `Limits of ${monitor}` });
  await expect(limits.locator('.driftline-back-test-sums').first()).toContainText('in the last 7 executions');
  await limits.getByRole('spinbutton', { name: 'Distance from the baseline, at most' }).fill('0.2');
  await picture(page, 'limits');
  await limits.getByRole('button', { name: 'Discard changes' }).click();

  const of = (day: string): object => ({ project, monitor, scheduledTime: `2026-03-${day}T00:00:00Z` });
  await run(page, 'driftline:compare', { left: of('04'), right: of('09') });
  const rows = page.getByRole('article', { name: 'Comparison' }).locator(`tr[data-measure="${drifted.feature}"]`);
  await expect(rows.locator('.driftline-compare-value').last()).toHaveText(drifted.measured.toFixed(3));
  await picture(page, 'compare');
});
