import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';
import { captureCells } from '../../support/capture-file.js';
import { expectAccessibleInBothThemes } from './accessible.js';
import { captureFile } from './files.js';
import { expect, test } from './page.js';

const root = process.env['DRIFTLINE_ROOT'] ?? '';
const item = (page: IJupyterLabPageFixture, name: string): Locator =>
  page.getByRole('listitem', { name: new RegExp(`^Name: ${name.replaceAll('.', '\\.')}`) });
const entry = (page: IJupyterLabPageFixture, name: string): Locator =>
  page.locator('.lm-Menu-item', { has: page.getByText(name, { exact: true }) });

/** The text of a file that an entry of an export menu downloads, and its name. */
async function download(page: IJupyterLabPageFixture, button: Locator, label: string): Promise<[string, string]> {
  await button.click();
  const [file] = await Promise.all([page.waitForEvent('download'), entry(page, label).click()]);
  return [file.suggestedFilename(), readFileSync(await file.path(), 'utf8')];
}

interface Counted {
  readonly features: readonly {
    readonly name: string;
    readonly string_statistics?: {
      readonly distribution: {
        readonly categorical: { readonly buckets: readonly { value: string; count: number }[] };
      };
    };
  }[];
}

/** The largest difference between the shares of any category in two statistics files. */
function largestDifference(baseline: string, current: string, feature: string): number {
  const shares = [baseline, current].map((file) => {
    const { features } = JSON.parse(readFileSync(file, 'utf8')) as Counted;
    const buckets = features.find(({ name }) => name === feature)!.string_statistics!.distribution.categorical.buckets;
    const total = buckets.reduce((sum, { count }) => sum + count, 0);
    return new Map(buckets.map(({ value, count }) => [value, count / total]));
  });
  const values = new Set(shares.flatMap((each) => [...each.keys()]));
  return Math.max(...[...values].map((value) => Math.abs((shares[0]!.get(value) ?? 0) - (shares[1]!.get(value) ?? 0))));
}

test('a captured file opens by a double click, decoded with the names of its project', async ({
  page,
  open,
  tmpPath,
}) => {
  expect(open).toBeDefined();
  await page.filebrowser.openDirectory(path.dirname(`${tmpPath}/project/${captureFile}`));
  await item(page, path.basename(captureFile)).dblclick();
  const panel = page.locator('.jp-Document:visible .driftline-panel');
  await expect(panel.getByRole('heading', { name: 'Capture' })).toBeVisible();
  await expect(panel.getByText('1 line cannot be read')).toBeVisible();
  const table = panel.getByRole('table', { name: 'Capture', exact: true });
  await expect(table.getByRole('row')).toHaveCount(202);
  const [probability = '', age = '', workclass = '', hours = ''] = captureCells(2);
  const third = table.getByRole('row').nth(4);
  await expect(third.getByRole('rowheader')).toHaveText('3');
  await expect(third.getByRole('cell')).toHaveText([
    '5 Mar 2026, 06:00:02',
    '000000…000002',
    probability,
    age,
    workclass,
    hours,
    'CSV',
  ]);

  await panel.getByLabel('Column of the condition').selectOption({ label: 'age' });
  await panel.getByLabel('Kind of the condition').selectOption({ label: 'is above' });
  await panel.getByLabel('Value of the condition').fill('76');
  await page.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'probability' }).click();
  const left = Array.from({ length: 450 }, (_, index) => captureCells(index))
    .filter((cells) => Number(cells[1]) > 76)
    .sort((a, b) => Number(a[0]) - Number(b[0]));
  await expect(panel.getByRole('status').filter({ hasText: 'rows' })).toHaveText(`${left.length} of 450 rows`);
  await expect(table.getByRole('row').nth(2).getByRole('cell').nth(2)).toHaveText(left[0]![0]!);

  const [name, text] = await download(page, panel.getByRole('button', { name: 'Export "Capture"' }), 'Download as CSV');
  expect(name).toBe('Capture.csv');
  const lines = text.split('\r\n');
  expect(lines[0]).toBe('Line,Time (UTC),Event,probability,age,workclass,hours-per-week,Encoding');
  expect(lines).toHaveLength(left.length + 2);
  expect(lines[1]).toContain(`,${left[0]![0]},${left[0]![1]},`);
  await expectAccessibleInBothThemes(page, '.driftline-panel');
});

test('JSON Lines of others open as before, and in Driftline when asked', async ({ page, open, tmpPath }) => {
  expect(open).toBeDefined();
  await page.filebrowser.openDirectory(tmpPath);
  await item(page, 'other.jsonl').dblclick();
  await expect(page.locator('.jp-RenderedJSON:visible')).toContainText('2 items');
  await item(page, 'other.jsonl').click({ button: 'right' });
  await entry(page, 'Open in Driftline').click();
  const panel = page.locator('.driftline-panel');
  await expect(panel.getByRole('alert')).toContainText('not a capture record');
  await expect(panel.getByRole('button', { name: 'Open as text' })).toBeVisible();
  await item(page, 'labels.jsonl').click({ button: 'right' });
  await entry(page, 'Open in Driftline').click();
  await expect(page.locator('.driftline-panel:visible').getByRole('heading', { name: 'Ground truth' })).toBeVisible();
});

test('two selected statistics are compared, swapped, and there again after a reload', async ({
  page,
  open,
  tmpPath,
}) => {
  const [older, newer] = ['05', '06'].map((day) => `${tmpPath}/runs/2026/03/${day}/00/statistics.json`) as [
    string,
    string,
  ];
  expect(open).toBeDefined();
  await page.filebrowser.openDirectory(tmpPath);
  await item(page, 'statistics.json').click();
  await item(page, 'statistics.json').click({ button: 'right' });
  await expect(entry(page, 'Compare with Baseline (select two files)')).toHaveClass(/lm-mod-disabled/);
  await page.keyboard.press('Escape');
  await item(page, 'later_statistics.json').click({ modifiers: ['ControlOrMeta'] });
  await item(page, 'later_statistics.json').click({ button: 'right' });
  await entry(page, 'Compare with Baseline').click();
  await expect(
    page.locator('.driftline-panel:visible').getByRole('heading', { name: 'Statistics compared' }),
  ).toBeVisible();

  const compare = (baseline: string, current: string): Promise<void> =>
    page.evaluate(
      async (args) => {
        await window.jupyterapp.commands.execute('driftline:compare-files', args);
      },
      { baseline, current },
    );
  await compare(older, newer);
  const panel = page.locator('.driftline-panel:visible');
  await expect(panel.getByRole('heading', { name: 'Statistics compared' })).toBeVisible();
  await panel.getByRole('button', { name: 'Table' }).first().click();
  const distance = largestDifference(path.join(root, older), path.join(root, newer), 'job');
  expect(distance).toBeCloseTo(1 / 3, 6);
  const table = panel.getByRole('table', { name: 'Distance from the baseline by feature' });
  await expect(table.getByRole('row', { name: 'job' })).toContainText(distance.toFixed(4));
  const [name, text] = await download(
    page,
    panel.getByRole('button', { name: 'Export "Distance from the baseline"' }),
    'Download as CSV',
  );
  expect(name).toBe('Statistics-compared-Distance-from-the-baseline-by-feature.csv');
  expect(
    Number(
      text
        .split('\r\n')
        .find((line) => line.startsWith('job,'))
        ?.split(',')[2],
    ),
  ).toBeCloseTo(distance, 9);
  await expectAccessibleInBothThemes(page, '.driftline-panel');

  const saved = page.waitForRequest(
    (request) => request.method() === 'PUT' && (request.postData() ?? '').includes(`"baseline":"${newer}"`),
  );
  await panel.getByRole('button', { name: 'Swap' }).click();
  await expect(panel.locator('.driftline-compared dd').first()).toHaveText(newer);
  await saved;
  await page.reload({ waitForIsReady: false });
  await expect(page.locator('.driftline-panel:visible .driftline-compared dd').first()).toHaveText(newer);
});

test('analyses, constraints and reports are compared side by side', async ({ page, open, tmpPath }) => {
  expect(open).toBeDefined();
  const panel = page.locator('.driftline-panel:visible');
  for (const [folder, name, heading, cells] of [
    ['runs', 'analysis', 'Analyses compared', ['0.01', '0.6', '+0.59']],
    ['limits', 'constraints', 'Constraints compared', ['only in the baseline']],
    ['runs', 'report', 'Reports compared', ['violated', '0.749']],
  ] as const) {
    await page.evaluate(
      async ([baseline, current]) => {
        await window.jupyterapp.commands.execute('driftline:compare-files', { baseline: baseline!, current: current! });
      },
      ['05', '06'].map((day) => `${tmpPath}/${folder}/2026/03/${day}/00/${name}.json`),
    );
    await expect(panel.getByRole('heading', { name: heading })).toBeVisible();
    for (const button of await panel.getByRole('button', { name: 'Table', exact: true }).all()) await button.click();
    const rows = panel.getByRole('row');
    const row = cells.reduce((found: Locator, words) => found.filter({ hasText: words }), rows);
    await expect(row.first()).toBeVisible();
    await expectAccessibleInBothThemes(page, '.driftline-panel:not(.lm-mod-hidden)');
  }
});

test('a chart leaves as PNG and SVG with its title, a table as CSV', async ({ page, open }) => {
  await open('report.json');
  const panel = page.locator('.driftline-panel');
  const button = panel.getByRole('button', { name: 'Export "Distance from the baseline"' });
  const [svgName, svg] = await download(page, button, 'Download as SVG');
  expect(svgName).toBe('census-data-quality-2026-03-05-Distance-from-the-baseline.svg');
  expect(svg).toMatch(/^<svg /);
  expect(svg).toContain('Distance from the baseline');
  expect(svg).toContain('hours-per-week');
  const [pngName, png] = await download(page, button, 'Download as PNG');
  expect(pngName).toBe('census-data-quality-2026-03-05-Distance-from-the-baseline.png');
  expect(png.slice(1, 4)).toBe('PNG');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('.lm-Menu-item.lm-mod-active')).toHaveText(/Download as PNG/);
  await page.keyboard.press('Escape');
  await expect(button).toBeFocused();
});

test('the code that makes a report again is copied, with the place of its file', async ({ page, open, tmpPath }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open('report.json');
  await page.locator('.driftline-panel').getByRole('button', { name: 'Copy as code' }).click();
  await expect(page.getByText('Copied: paste it into a TypeScript cell.')).toBeVisible();
  const code = await page.evaluate(() => navigator.clipboard.readText());
  expect(code).toContain(`${path.join(root, tmpPath, 'report.json')}", "utf8"`);
});

test.describe('in New York', () => {
  test.use({ timezoneId: 'America/New_York' });

  test('settings take effect without a reload', async ({ page, open, tmpPath }) => {
    const set = (values: Readonly<Record<string, unknown>>): Promise<void> =>
      page.evaluate(async (given) => {
        const { settingRegistry } = window.jupyterapp as unknown as {
          settingRegistry?: { set(plugin: string, key: string, value: unknown): Promise<void> };
        };
        const registry =
          settingRegistry ??
          ((await (window as unknown as { galata: { getPlugin(id: string): Promise<unknown> } }).galata.getPlugin(
            '@jupyterlab/apputils-extension:settings',
          )) as { set(plugin: string, key: string, value: unknown): Promise<void> });
        for (const [key, value] of Object.entries(given))
          await registry.set('@driftline/jupyterlab:plugin', key, value);
      }, values);
    await open('report.json');
    const panel = page.locator('.jp-Document .driftline-panel').first();
    await expect(panel).toContainText('5 Mar 2026, 00:00 to 6 Mar 2026, 00:00 UTC');
    await set({ timeZone: 'local' });
    await expect(panel).toContainText('4 Mar 2026, 19:00 to 5 Mar 2026, 19:00 GMT-5');
    await set({ timeZone: 'UTC' });
    await expect(panel).toContainText('5 Mar 2026, 00:00 to 6 Mar 2026, 00:00 UTC');
    await page.filebrowser.openDirectory(tmpPath);
    await set({ openFilesInDriftline: false });
    await item(page, 'statistics.json').dblclick();
    await expect(page.locator('.jp-Document:visible .driftline-panel')).toHaveCount(0);
    await expect(page.locator('.jp-Document:visible')).toContainText('features');
    await set({ openFilesInDriftline: true });
    await item(page, 'monday_constraints.json').dblclick();
    await expect(page.locator('.driftline-panel:visible').getByRole('heading', { name: 'Constraints' })).toBeVisible();
  });
});
