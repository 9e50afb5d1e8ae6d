// @vitest-environment jsdom
import '../support/browser-stubs.js';
import { MessageLoop } from '@lumino/messaging';
import { Widget } from '@lumino/widgets';
import type { Report } from 'driftline';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ReportWidget } from '../../../jupyter-extension/src/panels/report-widget.js';
import { panelSettings } from '../../../jupyter-extension/src/settings/panel-settings.js';
import { reportMimeType } from '../../../jupyter-extension/src/tokens.js';
import { cleanReport, emptyWindowReport, sampleReport } from '../../support/sample-report.js';
import { trans } from '../support/trans.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

const shown: ReportWidget[] = [];
async function render(data: unknown): Promise<HTMLElement> {
  const widget = new ReportWidget(trans);
  shown.push(widget);
  Widget.attach(widget, document.body);
  await widget.renderModel({
    trusted: false,
    data: { [reportMimeType]: data as never },
    metadata: {},
    setData: () => undefined,
  });
  return widget.node;
}
afterEach(() => {
  for (const widget of shown.splice(0)) widget.dispose();
  MessageLoop.flush();
});

const text = (node: HTMLElement, selector: string): (string | null | undefined)[] =>
  [...node.querySelectorAll(selector)].map(({ textContent }) => textContent);
const byText = (node: HTMLElement, selector: string, wanted: string): HTMLElement =>
  [...node.querySelectorAll<HTMLElement>(selector)].find(({ textContent }) => textContent?.startsWith(wanted))!;
const detailName = (node: HTMLElement): string | null | undefined =>
  node.querySelector('.driftline-detail h4')?.textContent;

describe('ReportWidget', () => {
  it('says at the top what was found, in words', async () => {
    const node = await render(sampleReport());
    expect(text(node, 'h2')).toEqual(['census-data-quality, 2026-03-05']);
    expect(node.querySelector('.driftline-title .driftline-status')?.textContent).toBe('4 violations');
    expect(text(node, '.driftline-fact')).toEqual(
      expect.arrayContaining([
        'Window5 Mar 2026, 00:00 to 6 Mar 2026, 00:00 UTC',
        expect.stringMatching(/^Current2,332 rows24 files/),
        'Quarantined7 lines',
        'Rulesignificantdriftline.json beside the baseline',
      ]),
    );
  });

  it('shows times in the zone of the browser as soon as the settings say so', async () => {
    vi.stubEnv('TZ', 'America/New_York');
    const node = await render(sampleReport());
    panelSettings.set({ timeZone: 'local' });
    expect(text(node, '.driftline-fact')).toContain('Window4 Mar 2026, 19:00 to 5 Mar 2026, 19:00 GMT-5');
    panelSettings.set({});
    expect(text(node, '.driftline-fact')).toContain('Window5 Mar 2026, 00:00 to 6 Mar 2026, 00:00 UTC');
    vi.unstubAllEnvs();
  });

  it('lists every violation, and says which the deciding rule does not see', async () => {
    const report = sampleReport();
    const node = await render(report);
    const rows = text(node, '.driftline-table tbody tr').slice(0, report.violations.length);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toContain('distribution has moved');
    expect(rows[4]).toContain('(threshold rule only)');
  });

  it('takes the reader from a violation to its feature', async () => {
    const node = await render(sampleReport());
    byText(node, '.driftline-link', 'occupation').click();
    expect(detailName(node)).toBe('occupation');
    expect(document.activeElement?.textContent).toBe('occupation');
    expect(byText(node, '.driftline-list button', 'occupation').getAttribute('aria-pressed')).toBe('true');
    expect(node.querySelector('.driftline-findings pre')?.textContent).toBe(
      'SELECT * FROM current WHERE "occupation" IS NULL',
    );
  });

  it('filters the features, and finds a filtered one again from a violation', async () => {
    const node = await render(sampleReport());
    const filter = node.querySelector('input')!;
    filter.value = 'EDU';
    filter.dispatchEvent(new Event('input'));
    const visible = [...node.querySelectorAll<HTMLElement>('.driftline-list li')].filter(({ hidden }) => !hidden);
    expect(visible).toHaveLength(2);
    expect(node.querySelector('.driftline-count')?.textContent).toBe('2 of 15 features');
    byText(node, '.driftline-link', 'workclass').click();
    expect(filter.value).toBe('');
    expect(detailName(node)).toBe('workclass');
  });

  it('moves through the features by arrow keys, with one stop for the Tab key', async () => {
    const node = await render(sampleReport());
    const items = [...node.querySelectorAll<HTMLButtonElement>('.driftline-list button')];
    expect(items.filter(({ tabIndex }) => tabIndex === 0)).toHaveLength(1);
    items[0]!.focus();
    const press = (key: string): boolean =>
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    press('ArrowDown');
    expect(document.activeElement).toBe(items[1]);
    press('End');
    expect(document.activeElement).toBe(items.at(-1));
    press('Home');
    expect(document.activeElement).toBe(items[0]);
  });

  it('keeps plain keys from the notebook, and lets combinations and Escape pass', async () => {
    const node = await render(sampleReport());
    const outside = vi.fn();
    document.body.addEventListener('keydown', outside);
    const press = (init: KeyboardEventInit): void => {
      node.querySelector('button')!.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, ...init }));
    };
    press({ key: 'd' });
    press({ key: 'Enter' });
    expect(outside).not.toHaveBeenCalled();
    press({ key: 's', ctrlKey: true });
    press({ key: 'Escape' });
    expect(outside).toHaveBeenCalledTimes(2);
    document.body.removeEventListener('keydown', outside);
  });

  it('has a table beside every chart, with the numbers of the chart', async () => {
    const node = await render(sampleReport());
    const figures = [...node.querySelectorAll<HTMLElement>('.driftline-figure')];
    expect(figures.map((figure) => figure.querySelector('h4')?.textContent)).toEqual([
      'Distance from the baseline',
      'Distribution',
      'Distance by hour',
    ]);
    for (const figure of figures) {
      expect(figure.querySelector('[role=img]')?.getAttribute('aria-label')).toMatch(/\.$/);
      const [chart, table] = [...figure.querySelectorAll<HTMLButtonElement>('.driftline-switch button')];
      table!.click();
      expect(figure.querySelectorAll('tbody tr').length).toBeGreaterThan(9);
      expect(table!.getAttribute('aria-pressed')).toBe('true');
      chart!.click();
      expect(figure.querySelector('table')).toBeNull();
    }
  });

  it('shows numbers of baseline and current, in this order, and every distance with its definition', async () => {
    const report = sampleReport();
    const node = await render(report);
    const tables = [...node.querySelectorAll<HTMLElement>('.driftline-beside table')];
    expect(text(tables[0]!, 'thead th')).toEqual(['Measure', 'Baseline', 'Current']);
    expect(text(tables[0]!, 'tbody tr')).toContain('Median402,400');
    for (const { title, definition } of report.features[0]!.distances) {
      expect(tables[1]!.textContent).toContain(title + definition);
    }
  });

  it('shows where quarantined lines are, how columns got their names, and the notes', async () => {
    const report = sampleReport();
    const node = await render(report);
    const [quarantine, mapping] = [...node.querySelectorAll<HTMLElement>('.driftline-folded')];
    expect(quarantine!.querySelector('summary')?.textContent).toBe('Quarantine: 7 lines could not be read');
    expect(quarantine!.querySelectorAll('table')[1]?.querySelectorAll('tbody tr')).toHaveLength(7);
    expect(mapping!.querySelector('summary')?.textContent).toBe('Columns: 15 names from the baseline, by position');
    expect(mapping!.hasAttribute('open')).toBe(false);
    expect(text(node, '.driftline-notes li')).toEqual(report.notes);
  });

  it('opens the mapping by itself when names look misplaced', async () => {
    const report = sampleReport();
    const warning = 'column "label" gets the model\'s output';
    const node = await render({ ...report, mapping: { ...report.mapping, warning } } as Report);
    const mapping = byText(node, '.driftline-folded', 'Columns');
    expect(mapping.hasAttribute('open')).toBe(true);
    expect(mapping.querySelector('p')?.textContent).toBe(warning);
  });

  it('is calm about a clean day', async () => {
    const node = await render(cleanReport());
    expect(node.querySelector('.driftline-title .driftline-status')?.textContent).toBe('No violations');
    expect(text(node, 'h3')).not.toContain('Violations');
    expect(text(node, 'summary').join()).not.toContain('Quarantine');
  });

  it('says what to do when nothing was captured, and draws no bare axes', async () => {
    const node = await render(emptyWindowReport());
    expect(node.querySelector('.driftline-title .driftline-status')?.textContent).toBe('No data');
    expect(node.querySelector('.driftline-empty')?.textContent).toContain(
      'Choose a window that ends after the newest capture',
    );
    expect(node.querySelector('.driftline-chart')).toBeNull();
    expect(text(node, '.driftline-fact')).toContain('Newest capture8 Mar 2026, 23:00 UTC');
  });

  it('shows a message for a newer version, broken JSON and a report that breaks off', async () => {
    const report = sampleReport();
    expect((await render({ ...report, version: 2 })).textContent).toContain('This report is of version 2');
    expect((await render('{"schema"')).textContent).toContain('not valid JSON');
    const broken = {
      ...report,
      features: [{ name: 'x', status: 'ok', distances: 3, distribution: { kind: 'numeric' } }],
    };
    const node = await render(broken);
    expect(node.querySelector('[role=alert]')?.textContent).toContain('not of the expected form');
  });

  it('bears features that were not compared, have no name or one that looks like markup', async () => {
    const name = `<script>alert(1)</script>${'long '.repeat(80)}`;
    const features = [
      { name, status: 'not-compared', reason: 'the baseline has no values', distances: [] },
      { name: '', status: 'ok', distances: [] },
    ] as const;
    const node = await render({ ...cleanReport(), features });
    expect(node.querySelector('script')).toBeNull();
    expect(detailName(node)).toBe(name);
    expect(node.querySelector('.driftline-detail')?.textContent).toContain('the baseline has no values');
  });

  it('replaces what it showed when the output is updated', async () => {
    const node = await render(sampleReport());
    const [widget] = shown;
    await widget!.renderModel({
      trusted: true,
      data: { [reportMimeType]: cleanReport() as never },
      metadata: {},
      setData: () => undefined,
    });
    expect(node.querySelectorAll('h2')).toHaveLength(1);
    expect(node.textContent).toContain('No violations in 15 features.');
  });
});
