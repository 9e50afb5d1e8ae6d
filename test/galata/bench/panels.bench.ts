import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { galata, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Report } from '../../../kernel-lib/src/index.js';
import type { HoursFile } from '../../../kernel-lib/src/report/hours.js';
import { writeFleetProject } from '../../support/fleet-project.js';
import { demoProject, readJson } from '../tests/demo-project.js';
import { expect, test } from '../tests/page.js';

// From the command that a click gives to the picture, as the panels measure it themselves (`performance.measure`).

const root = process.env['DRIFTLINE_ROOT'] ?? '';
const repeats = Number(process.env['BENCH_RUNS'] ?? '5');
const example = { project: 'bench-example', endpoint: 'census-income', monitor: 'census-data-quality' };
const fleet = { project: 'bench-fleet', endpoint: 'churn-eu-01', monitor: 'churn-eu-01-data-quality' };
const until = '2026-03-09T00:00:00Z';
const results: Record<string, number[]> = {};

test.use({ kernels: null, sessions: null });

test.beforeAll(() => {
  demoProject(example.project);
  writeFleetProject(path.join(root, fleet.project), {
    endpoints: 500,
    features: 100,
    executions: 30,
    detailed: 1,
    until,
  });
  writeHours();
});

test.afterAll(() => writeFileSync(process.env['BENCH_RESULTS'] ?? 'bench-results.json', JSON.stringify(results)));

/** Distributions by hour of the fleet's 100 features in the latest window: those of the example's, over and over. */
function writeHours(): void {
  const of = (project: string, endpoint: string, monitor: string): string[] => [
    project,
    'reports',
    endpoint,
    monitor,
    '2026/03/09/00',
  ];
  const known = readJson<HoursFile>(...of(example.project, example.endpoint, example.monitor), 'hours.json');
  const folder = of(fleet.project, fleet.endpoint, fleet.monitor);
  const { features } = readJson<Report>(...folder, 'report.json');
  const hours: HoursFile = {
    ...known,
    features: features.map(({ name }, index) => ({ ...known.features[index % known.features.length]!, name })),
  };
  writeFileSync(path.join(root, ...folder, 'hours.json'), JSON.stringify(hours));
}

/** Milliseconds of the next measure of a name, which `action` brings about. */
async function measure(page: IJupyterLabPageFixture, name: string, action: () => Promise<unknown>): Promise<number> {
  await page.evaluate((each) => performance.clearMeasures(each), name);
  await action();
  const taken = (): Promise<number | undefined> =>
    page.evaluate((each) => performance.getEntriesByName(each, 'measure')[0]?.duration, name);
  await expect.poll(taken, { timeout: 60_000, intervals: [20] }).toBeDefined();
  return (await taken())!;
}

const note = (name: string, ms: number): void => {
  results[name] = [...(results[name] ?? []), ms];
};

for (const [name, place] of [
  ['example project', example],
  ['500 endpoints, 100 features', fleet],
] as const) {
  test.describe(name, () => {
    test.use({
      mockSettings: { ...galata.DEFAULT_SETTINGS, '@driftline/jupyterlab:plugin': { projects: [place.project] } },
    });
    for (let repeat = 1; repeat <= repeats; repeat++) {
      test(`run ${repeat}`, async ({ page }) => {
        const run = (command: string, args: Readonly<Record<string, string>> = {}): Promise<void> =>
          page.evaluate(
            async ([id, given]) => {
              await window.jupyterapp.commands.execute(id, given);
            },
            [command, args] as const,
          );
        await page.sidebar.close('left');
        note(
          `${name}: Monitors panel`,
          await measure(page, 'driftline:monitors', () => run('driftline:open-monitors')),
        );

        const { project, endpoint } = place;
        const open = (): Promise<void> => run('driftline:open-dashboard', { project, endpoint, tab: 'data-quality' });
        note(`${name}: dashboard, first`, await measure(page, 'driftline:dashboard', open));
        await page.activity.closeAll();
        note(`${name}: dashboard, again`, await measure(page, 'driftline:dashboard', open));

        const feature = page.getByRole('combobox', { name: 'Feature' });
        const names = await feature.locator('option').allTextContents();
        const choose = (which: number) => (): Promise<unknown> => feature.selectOption(names[which]!);
        // What an hour needs is read at the first one; charts are drawn when they are seen.
        await page.locator('.driftline-hour').scrollIntoViewIfNeeded();
        await feature.evaluate((node) => node.scrollIntoView({ block: 'start' }));
        await measure(page, 'driftline:feature', choose(5));
        for (const which of [6, 7, 8])
          note(`${name}: feature`, await measure(page, 'driftline:feature', choose(which)));
      });
    }
  });
}
