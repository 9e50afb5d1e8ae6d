import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { demoProject, demoReport, readJson } from './demo-project.js';
import { expect, test } from './page.js';

interface Violation {
  readonly id: string;
  readonly rules: readonly string[];
}
interface Report {
  readonly rule: string;
  readonly violations: readonly Violation[];
}
interface Constraints {
  readonly features: readonly {
    readonly name: string;
    readonly monitoring_config_overrides?: { readonly distribution_constraints?: Readonly<Record<string, number>> };
  }[];
}

const monitor = 'census-data-quality';
const days = ['03', '04', '05', '06', '07', '08', '09'];
const file = ['baseline', monitor, 'constraints.json'] as const;
const serverRoot = process.env['DRIFTLINE_ROOT'] ?? '';

/** Alerts of the week under the deciding rule: all, or those of one feature. */
function alerts(folder: string, feature?: string): number {
  return days
    .map((day) => demoReport<Report>(folder, monitor, `2026-03-${day}`))
    .flatMap(({ violations, rule }) => violations.filter(({ rules }) => rules.includes(rule)))
    .filter(({ id }) => feature === undefined || id.startsWith(`${feature}/`)).length;
}

test('limits are edited as form and text, back-tested while they move, saved whole', async ({ page, tmpPath }) => {
  demoProject(tmpPath);
  const open = (feature?: string): Promise<void> =>
    page.evaluate(
      async (args) => {
        await window.jupyterapp.commands.execute('driftline:edit-constraints', args);
      },
      { project: tmpPath, monitor, ...(feature !== undefined && { feature }) },
    );
  await page.theme.setLightTheme();
  await open('age');
  const panel = page.getByRole('article', { name: `Limits of ${monitor}` });
  const all = alerts(tmpPath);
  const ofAge = alerts(tmpPath, 'age');
  expect(ofAge).toBeGreaterThan(0);
  await expect(panel.locator('.driftline-back-test-sums').first()).toHaveText(
    `${all} alerts in the last 7 executions, and the same with these limits.`,
  );

  const detail = panel.getByRole('region', { name: 'age' });
  const limit = detail.getByRole('spinbutton', { name: 'Distance from the baseline, at most' });
  await expect(limit).toHaveValue('0.1');
  await limit.fill('0.9');
  await expect(panel.locator('.driftline-back-test-sums').first()).toHaveText(
    `${all} alerts in the last 7 executions, ${all - ofAge} with these limits: 0 new, ${ofAge} gone.`,
  );
  const chart = detail.getByRole('img', { name: /^distance of age by execution/ });
  await chart.scrollIntoViewIfNeeded();
  await expect(chart).toHaveAttribute('data-drawn', 'true');

  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('The next executions are judged by these limits')).toBeVisible();
  const saved = readJson<Constraints>(tmpPath, ...file);
  const age = saved.features.find(({ name }) => name === 'age');
  expect(age?.monitoring_config_overrides?.distribution_constraints).toEqual({ comparison_threshold: 0.9 });

  await panel.getByRole('button', { name: 'Text' }).click();
  const text = panel.getByRole('textbox', { name: /^The text of/ });
  await text.fill('{ "features": [ }');
  await expect(panel.getByRole('alert').filter({ hasText: 'Not JSON' })).toContainText('constraints.json:1:17');
  await expect(panel.getByRole('button', { name: 'Save' })).toBeDisabled();
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(panel.getByRole('alert').filter({ hasText: 'Not JSON' })).toHaveCount(0);

  await panel.getByRole('button', { name: 'Form' }).click();
  await limit.fill('0.2');
  writeFileSync(path.join(serverRoot, tmpPath, ...file), JSON.stringify({ ...saved, version: 7 }));
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('changed on the disk')).toBeVisible();
  expect(readJson<{ version: number }>(tmpPath, ...file).version).toBe(7);
  await panel.getByRole('button', { name: 'Show what is on the disk' }).click();
  await expect(limit).toHaveValue('0.9');

  await limit.fill('0.3');
  await page.keyboard.press('Tab');
  await page.activity.getTabLocator(`● Limits of ${monitor}`).locator('.lm-TabBar-tabCloseIcon').click();
  await expect(page.getByRole('dialog')).toContainText('are not saved');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel).toBeVisible();
});

test('limits of metrics are edited, and back-tested with their intervals', async ({ page, tmpPath }) => {
  demoProject(tmpPath);
  await page.evaluate(
    async (args) => {
      await window.jupyterapp.commands.execute('driftline:edit-constraints', args);
    },
    {
      project: tmpPath,
      monitor: 'census-model-quality',
      feature: 'recall',
    },
  );
  const detail = page.getByRole('region', { name: 'recall' });
  await detail.getByRole('spinbutton', { name: 'Violated below' }).fill('0.01');
  await expect(detail.locator('.driftline-back-test-sums')).toContainText('0 with these limits: 0 new');
});
