import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { DriftlineKernel } from '../../../jupyter-extension/src/kernel/driftline-kernel.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { expect, test } from './page.js';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const root = process.env['DRIFTLINE_ROOT'] ?? '';
const project = 'kernel/census';
const monitor = 'census-data-quality';
const at = '2026-03-06T00:00:00Z';

/** What the test takes out of the page: the service that panels are given. */
interface KernelPage {
  readonly jupyterapp: {
    readonly pluginRegistry: {
      readonly _plugins: ReadonlyMap<string, { readonly service: { get(): Promise<DriftlineKernel> } }>;
    };
  };
}

interface Session {
  readonly id: string;
  readonly path: string;
  readonly kernel: { readonly name: string };
}

/** The kernel's sessions, as the server lists them. */
async function sessions(page: Page): Promise<Session[]> {
  const answer = await page.request.get(`${process.env['TARGET_URL']}/api/sessions`);
  return ((await answer.json()) as Session[]).filter(({ path: place }) => place === 'driftline-kernel');
}

// Galata would stand between the page and the server's kernels, and takes no interrupt.
test.use({ kernels: null, sessions: null });

test.beforeAll(() => {
  const census = path.join(root, project);
  const driftline = path.join(repository, 'kernel-lib/bin/driftline.js');
  if (!existsSync(census)) execFileSync(process.execPath, [driftline, 'demo', census, '--quiet']);
});

test('a kernel in the background runs a monitor, is found again after a reload, and is stopped by the command', async ({
  page,
}) => {
  expect(await sessions(page)).toEqual([]);
  const ran = await page.evaluate(
    async ([place, name, time]) => {
      const { pluginRegistry } = (window as unknown as KernelPage).jupyterapp;
      const kernel = await pluginRegistry._plugins.get('@driftline/jupyterlab:kernel')!.service.get();
      const states = [kernel.state.kind];
      kernel.stateChanged.connect((_sender, { kind }) => {
        if (states.at(-1) !== kind) states.push(kind);
      });
      let steps = 0;
      const { executions } = await kernel.request(
        'run',
        { project: place, monitors: [name], at: time },
        { title: 'Running', onProgress: () => (steps += 1) },
      );
      await new Promise((resolve) => setTimeout(resolve));
      return { executions, states, steps };
    },
    [project, monitor, at] as const,
  );
  const folder = path.join(root, project, 'reports/census-income', monitor, '2026/03/06/00');
  const report = JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as Report;
  expect(ran.executions).toMatchObject([{ monitor, folder, status: 'CompletedWithViolations' }]);
  expect(ran.executions[0]!.headline).toBe(report.headline);
  expect(ran.states).toEqual(['stopped', 'starting', 'busy', 'idle']);
  expect(ran.steps).toBeGreaterThan(0);
  const [session, ...others] = await sessions(page);
  expect(session?.kernel.name).toBe('driftline');
  expect(others).toEqual([]);

  await page.reload();
  const violation = report.violations[0]!;
  const again = await page.evaluate(
    async ([place, name, time, id]) => {
      const { pluginRegistry } = (window as unknown as KernelPage).jupyterapp;
      const kernel = await pluginRegistry._plugins.get('@driftline/jupyterlab:kernel')!.service.get();
      const first = kernel.state.kind;
      const records = await kernel.request(
        'records',
        { project: place, monitor: name, scheduledTime: time, violation: id, limit: 2 },
        { title: 'Reading records' },
      );
      return { first, records };
    },
    [project, monitor, at, violation.id] as const,
  );
  expect(again.first).toBe('idle');
  expect(again.records.total).toBe(violation.rows);
  expect(again.records.rows).toHaveLength(2);
  expect((await sessions(page)).map(({ id }) => id)).toEqual([session!.id]);

  await page.keyboard.press('Control+Shift+C');
  await page.getByPlaceholder('SEARCH', { exact: true }).fill('Stop the Driftline Kernel');
  await page.getByRole('menuitem', { name: 'Stop the Driftline Kernel' }).click();
  await expect.poll(() => sessions(page)).toEqual([]);
  const enabled = (): Promise<boolean> =>
    page.evaluate(() => window.jupyterapp.commands.isEnabled('driftline:stop-kernel'));
  await expect.poll(enabled).toBe(false);
});

test('work is cancelled, and the kernel does what it is asked next', async ({ page }) => {
  const outcome = await page.evaluate(
    async ([place]) => {
      const { pluginRegistry } = (window as unknown as KernelPage).jupyterapp;
      const kernel = await pluginRegistry._plugins.get('@driftline/jupyterlab:kernel')!.service.get();
      const controller = new AbortController();
      const week = { from: '2026-03-03T00:00:00Z', to: '2026-03-09T00:00:00Z' };
      const error = await kernel
        .request(
          'run',
          { project: place, monitors: ['census-model-explainability'], ...week },
          { title: 'Running', signal: controller.signal, onProgress: () => controller.abort() },
        )
        .then(
          () => 'it ran to its end',
          (reason: { readonly code?: string }) => reason.code,
        );
      const { folder } = await kernel.request('about', {}, { title: 'Asking' });
      await kernel.stop();
      return { error, folder };
    },
    [project] as const,
  );
  expect(outcome).toEqual({ error: 'ABORTED', folder: root });
  expect(await sessions(page)).toEqual([]);
});
