import type { Locator } from '@playwright/test';
import { attributionReport } from '../../support/attribution-rows.js';
import { expectAccessibleInBothThemes } from './accessible.js';
import { expect, test } from './page.js';

const { modelExplainability } = attributionReport();
const [output] = modelExplainability!.outputs;
const chunk = '**/model-explainability.*.js';

/** Scrolls a chart into view, where it is drawn. */
async function expectDrawn(chart: Locator): Promise<void> {
  await chart.scrollIntoViewIfNeeded();
  await expect(chart).toHaveAttribute('data-drawn', 'true');
  await expect(chart.locator('.main-svg').first()).toBeVisible();
}

/** The numbers that plotly.js drew, trace by trace. */
function drawn(chart: Locator, key: string): Promise<unknown[]> {
  return chart
    .locator('.driftline-chart-host')
    .evaluate(
      (host, wanted) => (host as unknown as { data: Record<string, unknown>[] }).data.map((trace) => trace[wanted]),
      key,
    );
}

test('a report of attribution is drawn in its notebook with its own numbers, in the light theme and the dark', async ({
  page,
  open,
}) => {
  await open('attribution.ipynb');
  const panel = page.locator('.jp-OutputArea .driftline-panel');
  await expect(panel.getByRole('heading', { name: 'The ranking of the features' })).toBeVisible();
  const chart = (name: RegExp): Locator => panel.getByRole('img', { name });

  const bars = chart(/^Bar chart of mean absolute attribution/);
  await expectDrawn(bars);
  expect(await drawn(bars, 'x')).toEqual(
    (['baseline', 'current'] as const).map((key) => output!.features.map(({ attribution }) => attribution[key]?.value)),
  );
  const colours = (): Promise<string[]> =>
    bars.locator('.barlayer .point path').evaluateAll((paths) => paths.map((path) => getComputedStyle(path).stroke));
  expect(await colours()).toContain('rgb(27, 100, 180)');

  const ndcg = chart(/^nDCG of 0.820 on a scale up to 1/);
  await expectDrawn(ndcg);
  expect((await drawn(ndcg, 'x')).at(-1)).toEqual([output!.ranking.value]);
  const heat = chart(/^Heat map of how far/);
  await expectDrawn(heat);
  expect((await drawn(heat, 'y'))[1]).toEqual(output!.series.map((point) => point.ndcg ?? null));
  for (const name of [
    /^The mean attribution of hours by its value/,
    /^Dots for the attributions of hours/,
    /^Waterfall/,
  ]) {
    await expectDrawn(chart(name));
  }
  const [request] = output!.examples;
  const [steps] = (await drawn(chart(/^Waterfall/), 'x')) as number[][];
  expect(steps).toEqual(request!.features.map(({ attribution }) => attribution).toReversed());

  await bars.scrollIntoViewIfNeeded();
  await page.theme.setDarkTheme();
  await expect.poll(colours).toContain('rgb(108, 178, 255)');
});

test('the keyboard reaches ranks, features and requests, and every number stands in a table', async ({
  page,
  open,
}) => {
  await open('attribution.report.json');
  const panel = page.locator('.driftline-panel');
  await panel.getByRole('button', { name: 'Ranks' }).focus();
  await page.keyboard.press('Enter');
  const slope = panel.getByRole('img', { name: /^Slope chart of the places of 3 features/ });
  await expectDrawn(slope);
  expect(await drawn(slope, 'y')).toEqual(output!.features.map(({ rank }) => [rank.baseline, rank.current]));

  await panel.getByRole('button', { name: 'hours', exact: true }).first().focus();
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('heading', { name: 'hours', exact: true })).toBeFocused();
  const value = panel.locator('.driftline-figure', {
    has: page.getByRole('heading', { name: 'Attribution by value' }),
  });
  await value.getByRole('button', { name: 'Table' }).focus();
  await page.keyboard.press('Space');
  const bin = output!.features.find(({ feature }) => feature === 'hours')!.dependence![0]!;
  const row = value.getByRole('row', { name: bin.title });
  await expect(row).toContainText(`−${Math.abs(bin.mean.current!.value).toFixed(3)}`);
  await expect(row).toContainText(String(bin.rows.baseline));

  await panel.locator('.driftline-plain .driftline-list button[aria-pressed=true]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(panel.getByRole('heading', { name: 'The smallest answer' })).toBeVisible();
});

test('a bar of the chart leads to its feature', async ({ page, open }) => {
  await open('attribution.report.json');
  const panel = page.locator('.driftline-panel');
  const bars = panel.getByRole('img', { name: /^Bar chart of mean absolute attribution/ });
  await expectDrawn(bars);
  const bar = await bars.locator('.barlayer .point path').nth(1).boundingBox();
  await page.mouse.move(bar!.x + bar!.width / 2, bar!.y + bar!.height / 2);
  await page.mouse.click(bar!.x + bar!.width / 2, bar!.y + bar!.height / 2);
  await expect(panel.getByRole('heading', { name: output!.features[1]!.feature, exact: true })).toBeFocused();
});

test('a report of 300 pixels needs no sideways scrolling', async ({ page, open }) => {
  await page.setViewportSize({ width: 366, height: 900 });
  await open('attribution.report.json');
  await page.sidebar.close('left');
  const panel = page.locator('.driftline-panel');
  await expect(panel.getByRole('heading', { name: 'How it was explained' })).toBeAttached();
  await expect
    .poll(() => panel.evaluate((node) => [node.clientWidth <= 310, node.scrollWidth <= node.clientWidth]))
    .toEqual([true, true]);
  await expectDrawn(panel.getByRole('img', { name: /^Bar chart of mean absolute attribution/ }));
});

test('the code of the panel is fetched when a report needs it, and again where it did not arrive', async ({
  page,
  open,
  errors,
}) => {
  let fetched = 0;
  await page.route(chunk, async (route) => {
    fetched += 1;
    if (fetched === 1) await route.abort();
    else await route.continue();
  });
  await open('report.json');
  await expect(page.locator('.driftline-panel').getByRole('heading', { name: 'Features' })).toBeVisible();
  expect(fetched).toBe(0);
  await open('attribution.report.json');
  const panel = page.locator('.driftline-panel:visible');
  const problem = panel.getByRole('alert');
  await expect(problem).toContainText('The part on feature attribution cannot be shown');
  await expect(panel.getByRole('heading', { name: 'Violations' })).toBeVisible();
  await problem.getByRole('button', { name: 'Try again' }).click();
  await expect(panel.getByRole('heading', { name: 'The ranking of the features' })).toBeVisible();
  expect(fetched).toBe(2);
  // The browser itself reports the request that was cut off.
  expect(errors.splice(0).every((error) => error.includes('model-explainability'))).toBe(true);
});

test('axe-core has nothing serious to say of a report of attribution, in the light theme and the dark', async ({
  page,
  open,
}) => {
  await open('attribution.report.json');
  await expect(
    page.locator('.driftline-panel').getByRole('heading', { name: 'The ranking of the features' }),
  ).toBeVisible();
  await expectAccessibleInBothThemes(page, '.driftline-panel');
});
