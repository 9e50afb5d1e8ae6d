import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator } from '@playwright/test';
import type { AnnotationsFile, Report } from '../../../kernel-lib/src/index.js';
import { expectAccessibleInBothThemes } from './accessible.js';
import { demoReport, readJson } from './demo-project.js';
import { expect, test } from './page.js';

const root = process.env['DRIFTLINE_ROOT'] ?? '';
const monitor = 'census-data-quality';
const scheduledTime = '2026-03-06T00:00:00Z';
const unseen = 'workclass/categorical_values_check';

// Galata would stand between the page and the server's kernels.
test.use({ kernels: null, sessions: null });

/** The requests of a day in the capture files: what was sent, by the names of the project. */
function capturedDay(
  project: string,
  day: string,
): { readonly time: string; readonly values: Record<string, string> }[] {
  const { input } = { input: columns };
  const folder = path.join(root, project, 'capture/census-income/AllTraffic', day);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as CapturedLine)
    .map(({ captureData, eventMetadata }) => {
      const { data, encoding } = captureData.endpointInput;
      const text = encoding === 'BASE64' ? Buffer.from(data, 'base64').toString('utf8') : data;
      const cells = text.trim().split(',');
      return {
        time: eventMetadata.inferenceTime,
        values: Object.fromEntries(input.map((name, index) => [name, cells[index] ?? ''])),
      };
    });
}

interface CapturedLine {
  readonly captureData: { readonly endpointInput: { readonly data: string; readonly encoding: string } };
  readonly eventMetadata: { readonly inferenceTime: string };
}

const columns = [
  'age',
  'workclass',
  'fnlwgt',
  'education',
  'education-num',
  'marital-status',
  'occupation',
  'relationship',
  'race',
  'sex',
  'capital-gain',
  'capital-loss',
  'hours-per-week',
  'native-country',
];

/** A column of the records that are shown, by its title. */
async function column(records: Locator, title: string): Promise<string[]> {
  const titles = await records.locator('thead th').allTextContents();
  const at = titles.indexOf(title) + 1;
  return records.locator(`tbody tr td:nth-child(${at})`).allTextContents();
}

test('the records behind a violation are those of the capture: paged, sorted and filtered', async ({ page, demo }) => {
  test.setTimeout(180_000);
  const project = demo;
  await page.theme.setLightTheme();
  const report = demoReport<Report>(project, monitor, '2026-03-06');
  const violation = report.violations.find(({ id }) => id === unseen)!;
  const captured = capturedDay(project, '2026/03/05').filter(({ values }) => values['workclass'] === 'Gig');
  expect(captured).toHaveLength(violation.rows!);

  await page.evaluate(
    async (args) => {
      await window.jupyterapp.commands.execute('driftline:open-violation', args);
    },
    { project, monitor, scheduledTime, violation: unseen },
  );
  const panel = page.locator('.driftline-violation');
  await expect(panel.getByRole('heading', { name: 'workclass', level: 2 })).toBeVisible();
  await expect(panel.locator('header')).toContainText(
    `${(violation.measured * 100).toFixed(1)} % of the values of workclass are known to the baseline`,
  );
  await expect(panel.getByText('Kernel: not running')).toBeVisible();
  await panel.getByRole('button', { name: 'Read the records' }).click();
  const records = panel.getByRole('table', { name: 'Captured records' });
  await expect(records.getByRole('row')).toHaveCount(51, { timeout: 90_000 });
  await expect(panel.getByText(`Records 1 to 50 of ${captured.length}`)).toBeVisible();
  expect(await column(records, 'workclass')).toEqual(Array(50).fill('Gig'));
  expect(await column(records, 'age')).toEqual(captured.slice(0, 50).map(({ values }) => values['age']));

  await panel.getByRole('button', { name: 'Last page' }).click();
  await expect(panel.getByText(`Records 101 to ${captured.length} of ${captured.length}`)).toBeVisible();
  expect(await column(records, 'fnlwgt')).toEqual(captured.slice(100).map(({ values }) => values['fnlwgt']));

  await records.getByRole('button', { name: 'age' }).click();
  await expect(records.getByRole('columnheader', { name: 'age' })).toHaveAttribute('aria-sort', 'ascending');
  const ages = captured.map(({ values }) => Number(values['age'])).sort((a, b) => a - b);
  await expect.poll(() => column(records, 'age')).toEqual(ages.slice(0, 50).map(String));
  await expect(records.getByRole('button', { name: 'age' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => column(records, 'age')).toEqual(ages.toReversed().slice(0, 50).map(String));

  await panel.getByLabel('Column of the condition').selectOption('age');
  await panel.getByLabel('Kind of the condition').selectOption('is above');
  await panel.getByLabel('Value of the condition').fill('60');
  await page.keyboard.press('Enter');
  const older = ages.filter((years) => years > 60);
  expect(older.length).toBeGreaterThan(0);
  await expect(panel.getByText(`of ${older.length} (of ${captured.length})`)).toBeVisible();
  expect(await column(records, 'age')).toEqual(older.toReversed().map(String));
  await expectAccessibleInBothThemes(page, '.driftline-violation');
});

test('a violation that is accepted is shown as accepted wherever it is, also after a reload', async ({
  page,
  demo,
}) => {
  const project = demo;
  const { measured } = demoReport<Report>(project, monitor, '2026-03-06').violations.find(({ id }) => id === unseen)!;
  const file = `${project}/reports/census-income/${monitor}/2026/03/06/00/report.json`;
  await page.evaluate(async (path) => {
    await window.jupyterapp.commands.execute('docmanager:open', { path });
  }, file);
  await page.getByRole('button', { name: 'Follow the violation of workclass' }).click();
  const panel = page.locator('.driftline-violation');
  await expect(panel.getByText('Counts as a violation')).toBeVisible();
  await panel.getByRole('button', { name: 'Accept as new normal' }).click();
  await expect(panel.getByLabel('Why (optional)')).toBeFocused();
  await page.keyboard.type('gig workers are <b>customers</b> now');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('Does not count now')).toBeVisible();
  await expect(panel.getByText('gig workers are <b>customers</b> now')).toBeVisible();
  const { decisions } = readJson<AnnotationsFile>(project, 'driftline-annotations.json');
  expect(decisions).toMatchObject([{ monitor, violation: unseen, kind: 'accepted', measured }]);

  await page.reload({ waitForIsReady: false });
  await expect(panel.getByText('Does not count now')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('tab', { name: 'report.json' }).click();
  const viewer = page.locator('.driftline-file');
  await expect(viewer.getByRole('row', { name: /^workclass/ })).toContainText('Accepted as normal');
  await expect(viewer.locator('header').first()).toContainText('1 of them accepted as normal');

  await page.getByRole('tab', { name: 'workclass' }).click();
  await panel.getByRole('button', { name: /^Undo/ }).click();
  await expect(panel.getByText('Counts as a violation')).toBeVisible();
  expect(readJson<AnnotationsFile>(project, 'driftline-annotations.json').decisions).toEqual([]);
});

test('the incident of a violation leads on, and its notebook opens in the project', async ({ page, demo }) => {
  const project = demo;
  const quality = 'census-model-quality';
  const time = '2026-03-08T00:00:00Z';
  const report = demoReport<Report>(project, quality, '2026-03-08');
  const recall = report.violations.find(({ id }) => id === 'recall/LessThanThreshold')!;
  await page.evaluate(
    async (args) => {
      await window.jupyterapp.commands.execute('driftline:open-violation', args);
    },
    { project, monitor: quality, scheduledTime: time, violation: recall.id },
  );
  const panel = page.locator('.driftline-violation:visible');
  await expect(panel.locator('header')).toContainText(recall.measured.toFixed(3));
  await expect(panel.getByRole('region', { name: 'What carries it' })).toContainText(
    report.modelQuality!.segments[0]!.title,
  );
  const same = panel.getByRole('row', { name: /^sex = Female: DRR/ });
  await expect(same).toContainText('same rows: sex = Female');
  await expect(same).toContainText('began in the same hour');
  await same.getByRole('button').click();
  await expect(panel.getByRole('heading', { name: 'sex = Female: DRR', level: 2 })).toBeVisible();

  await panel.getByRole('button', { name: 'Open in notebook' }).click();
  const name = 'driftline-census-model-bias-2026-03-08T00.ipynb';
  await expect(page.getByRole('tab', { name })).toBeVisible();
  const notebook = readJson<{ nbformat: number; cells: { source: string | string[] }[]; metadata: object }>(
    project,
    name,
  );
  expect(notebook.nbformat).toBe(4);
  expect(notebook.metadata).toMatchObject({ kernelspec: { name: 'driftline' } });
  const source = notebook.cells.flatMap((cell) => cell.source).join('');
  expect(source).toContain(JSON.stringify('sex = Female/DRR/bias_drift_check'));
  await expect(page.locator('.jp-Notebook .jp-MarkdownOutput h1').first()).toContainText(
    'sex = Female, DRR: a finding of census-model-bias',
  );
});

test('the view of 300 pixels needs no sideways scrolling', async ({ page, demo }) => {
  const project = demo;
  await page.setViewportSize({ width: 366, height: 900 });
  await page.evaluate(
    async (args) => {
      await window.jupyterapp.commands.execute('driftline:open-violation', args);
    },
    { project, monitor, scheduledTime, violation: 'hours-per-week/baseline_drift_check' },
  );
  await page.sidebar.close('left');
  const panel = page.locator('.driftline-main:visible');
  await expect(panel.getByRole('heading', { name: 'The same incident' })).toBeAttached();
  await expect
    .poll(() => panel.evaluate((node) => [node.clientWidth <= 310, node.scrollWidth <= node.clientWidth]))
    .toEqual([true, true]);
});
