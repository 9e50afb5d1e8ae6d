import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { AxeResults, Result } from 'axe-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Checks what a selector finds, as it is shown now, by axe-core: nothing serious or critical. */
export async function expectAccessible(page: IJupyterLabPageFixture, selector: string): Promise<void> {
  const loaded = await page.evaluate(() => 'axe' in window);
  if (!loaded) await page.evaluate(source);
  const violations = await page.evaluate(async (wanted) => {
    const { axe } = window as unknown as { axe: { run(context: object, options: object): Promise<AxeResults> } };
    // JupyterLab's body has no height and hides what overflows: axe-core would take everything for hidden.
    document.body.style.overflow = 'visible';
    const results = await axe.run({ include: [[wanted]] }, { resultTypes: ['violations'] });
    document.body.style.removeProperty('overflow');
    return results.violations;
  }, selector);
  expect(violations.filter(isGrave).map(findingWords)).toEqual([]);
}

/** The same in the light theme and in the dark; the page is light again afterwards. */
export async function expectAccessibleInBothThemes(page: IJupyterLabPageFixture, selector: string): Promise<void> {
  await page.theme.setLightTheme();
  await expectAccessible(page, selector);
  await page.theme.setDarkTheme();
  await expectAccessible(page, selector);
  await page.theme.setLightTheme();
}

function isGrave({ impact }: Result): boolean {
  return impact === 'serious' || impact === 'critical';
}

function findingWords({ id, help, nodes }: Result): string {
  const places = nodes.map(
    ({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary?.replaceAll('\n', ' ')}`,
  );
  return [`${id}: ${help}`, ...places.slice(0, 5)].join('\n  ');
}
