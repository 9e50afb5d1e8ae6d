import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Report as FullReport, ProjectConfig } from '../../../kernel-lib/src/index.js';
import { expectAccessible } from './accessible.js';
import { demoReport, driftline, readJson } from './demo-project.js';
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

test('limits are edited as form and text, back-tested while they move, saved whole', async ({ page, demo }) => {
  const open = (feature?: string): Promise<void> =>
    page.evaluate(
      async (args) => {
        await window.jupyterapp.commands.execute('driftline:edit-constraints', args);
      },
      { project: demo, monitor, ...(feature !== undefined && { feature }) },
    );
  await page.theme.setLightTheme();
  await open('age');
  const panel = page.getByRole('article', { name: `Limits of ${monitor}` });
  const all = alerts(demo);
  const ofAge = alerts(demo, 'age');
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
  const saved = readJson<Constraints>(demo, ...file);
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
  writeFileSync(path.join(serverRoot, demo, ...file), JSON.stringify({ ...saved, version: 7 }));
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('changed on the disk')).toBeVisible();
  expect(readJson<{ version: number }>(demo, ...file).version).toBe(7);
  await panel.getByRole('button', { name: 'Show what is on the disk' }).click();
  await expect(limit).toHaveValue('0.9');

  await limit.fill('0.3');
  await page.keyboard.press('Tab');
  await page.activity.getTabLocator(`● Limits of ${monitor}`).locator('.lm-TabBar-tabCloseIcon').click();
  await expect(page.getByRole('dialog')).toContainText('are not saved');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel).toBeVisible();
});

test('limits of metrics are edited, and back-tested with their intervals', async ({ page, demo }) => {
  await page.evaluate(
    async (args) => {
      await window.jupyterapp.commands.execute('driftline:edit-constraints', args);
    },
    {
      project: demo,
      monitor: 'census-model-quality',
      feature: 'recall',
    },
  );
  const detail = page.getByRole('region', { name: 'recall' });
  await detail.getByRole('spinbutton', { name: 'Violated below' }).fill('0.01');
  await expect(detail.locator('.driftline-back-test-sums')).toContainText('0 with these limits: 0 new');
});

const edit = (page: IJupyterLabPageFixture, args: Readonly<Record<string, string>>): Promise<void> =>
  page.evaluate(async (given) => {
    await window.jupyterapp.commands.execute('driftline:edit-constraints', given);
  }, args);

test('a range of a bias metric is written into driftline.yaml, and back-tested', async ({ page, demo }) => {
  const bias = 'census-model-bias';
  const { violations, modelBias } = demoReport<FullReport>(demo, bias, '2026-03-09');
  const group = modelBias!.facets.find(({ title }) => title === 'sex = Female')!;
  const drr = group.metrics.find(({ name }) => name === 'DRR')!;
  expect(violations.map(({ id }) => id)).toContain('sex = Female/DRR/bias_drift_check');
  await edit(page, { project: demo, monitor: bias, feature: 'sex = Female: DRR' });
  const detail = page.getByRole('region', { name: 'sex = Female: DRR' });
  const distance = Math.abs(drr.baseline!.value!);
  await expect(detail).toContainText(`allowed is what is no further from 0 than the baseline`);
  await expect(detail.locator('.driftline-back-test-sums')).toContainText(
    '2 alerts in the last 7 executions, and the same with these limits.',
  );
  expect(distance).toBeLessThan(Math.abs(drr.current!.value!));

  await detail.getByRole('spinbutton', { name: 'At least' }).fill('-0.5');
  await detail.getByRole('spinbutton', { name: 'At most' }).fill('0.5');
  await expect(detail.locator('.driftline-back-test-sums')).toContainText('0 with these limits: 0 new, 2 gone.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The next executions are judged by these limits')).toBeVisible();
  const config = JSON.parse(
    driftline('validate', '--json', '--quiet', '--project', path.join(serverRoot, demo)),
  ) as ProjectConfig;
  expect(config.monitors[bias]?.limits).toEqual([
    { metric: 'DRR', facet: 'sex', value: 'Female', lower: -0.5, upper: 0.5 },
  ]);
  await detail.getByRole('button', { name: 'Back to the range of the baseline' }).click();
  await expect(detail.locator('.driftline-back-test-sums')).toContainText('and the same with these limits.');
  await expectAccessible(page, '.driftline-constraints');
});

test('the least nDCG is moved, and goes back to the limit of the service', async ({ page, demo }) => {
  const shap = 'census-model-explainability';
  const lowest = days
    .map((day) => demoReport<FullReport>(demo, shap, `2026-03-${day}`).modelExplainability!.outputs[0]!.ranking)
    .filter(({ upper }) => upper! < 0.995);
  await edit(page, { project: demo, monitor: shap });
  const detail = page.getByRole('region', { name: 'nDCG' });
  const limit = detail.getByRole('spinbutton', { name: 'Likeness of the rankings (nDCG), at least' });
  await expect(limit).toHaveValue('0.9');
  await limit.fill('0.995');
  expect(lowest.length).toBeGreaterThan(0);
  await expect(detail.locator('.driftline-back-test-sums')).toContainText(`${lowest.length} with these limits`);
  await detail.getByRole('button', { name: 'Back to the limit of the service' }).click();
  await expect(limit).toHaveValue('0.9');
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
});

test('constraints lead to their editor, and a limit goes back to what was suggested', async ({ page, demo }) => {
  const suggested = readFileSync(path.join(serverRoot, demo, ...file), 'utf8');
  await page.evaluate(
    async (name) => {
      await window.jupyterapp.commands.execute('docmanager:open', { path: name });
    },
    `${demo}/${file.join('/')}`,
  );
  await page.getByRole('button', { name: 'Edit limits' }).click();
  const panel = page.getByRole('article', { name: `Limits of ${monitor}` });
  const first = panel.locator('.driftline-limit-detail');
  const back = first.getByRole('button', { name: 'Back to what the baseline suggests' });
  await expect(back).toBeHidden();
  const limit = first.getByRole('spinbutton', { name: 'Distance from the baseline, at most' });
  await limit.fill('0.7');
  await expect(back).toBeVisible();
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByText('The next executions are judged by these limits')).toBeVisible();
  expect(readFileSync(path.join(serverRoot, demo, ...file), 'utf8')).not.toBe(suggested);
  await back.click();
  await expect(limit).toHaveValue('0.1');
  await panel.getByRole('button', { name: 'Save' }).click();
  await expect(panel.getByRole('button', { name: 'Save' })).toBeDisabled();
  expect(readJson(demo, ...file)).toEqual(JSON.parse(suggested));
});
