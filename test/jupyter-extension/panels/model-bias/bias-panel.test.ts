// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FacetBiasReport, ModelBiasReport } from '../../../../kernel-lib/src/report/model-bias-report.js';
import type { Report } from '../../../../kernel-lib/src/report/report.js';
import {
  hostileBiasReport,
  labelsOnlyBiasReport,
  noDataBiasReport,
  noLabelsBiasReport,
  quietBiasReport,
  sampleBiasReport,
  serviceBaselineBiasReport,
  weekBiasReport,
} from '../../../support/model-bias-report.js';
import { disposeReports, figure, press, renderReport, section, tableOf, texts } from '../../support/render-report.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

afterEach(disposeReports);

const bias = (report: Report): ModelBiasReport => report.modelBias!;
const withFacets = (report: Report, facets: readonly FacetBiasReport[]): Report => ({
  ...report,
  modelBias: { ...bias(report), facets },
});
const metricTitle = (node: HTMLElement): string => node.querySelector('.driftline-metric h5')?.textContent ?? '';
const facetTitle = (node: HTMLElement): string => node.querySelector('.driftline-detail h4')?.textContent ?? '';

const all = [
  sampleBiasReport,
  weekBiasReport,
  quietBiasReport,
  labelsOnlyBiasReport,
  serviceBaselineBiasReport,
  noLabelsBiasReport,
  noDataBiasReport,
];

describe('the report of bias', () => {
  it('has a table beside every chart, and says in words what a chart shows', async () => {
    for (const make of all) {
      const node = await renderReport(make());
      const figures = [...node.querySelectorAll<HTMLElement>('.driftline-figure')];
      expect(figures.length).toBeGreaterThan(0);
      for (const each of figures) {
        expect(each.querySelector('[role=img]')?.getAttribute('aria-label')).toMatch(/\.$/);
        expect(tableOf(each).length, each.querySelector('h4, h5')?.textContent ?? '').toBeGreaterThan(1);
      }
    }
  });

  it('names every button, and what it changes', async () => {
    const node = await renderReport(sampleBiasReport());
    for (const each of node.querySelectorAll('button')) {
      expect(each.getAttribute('aria-label') ?? each.textContent?.trim()).not.toBe('');
      const target = each.getAttribute('aria-controls');
      if (target !== null) expect(node.querySelector(`#${target}`), each.textContent ?? '').not.toBeNull();
    }
  });

  it('lists the groups, the worst first, each with its state in words and an icon', async () => {
    const node = await renderReport(sampleBiasReport());
    const items = [...node.querySelectorAll('.driftline-list button')];
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'sex = Female6 metrics violated',
      'age > 401 metric violated',
      expect.stringMatching(/^native-country = .*too few rows$/),
    ]);
    expect(items.every((item) => item.querySelector('.driftline-icon') !== null)).toBe(true);
    expect(facetTitle(node)).toBe('sex = Female');
    const quiet = await renderReport(quietBiasReport());
    expect(texts(quiet, '.driftline-list button')[0]).toMatch(/\d+ by the threshold rule only$/);
  });

  it('shows another group by a click or the arrow keys and Enter', async () => {
    const node = await renderReport(sampleBiasReport());
    press(node.querySelector('.driftline-list')!, /^age > 40/);
    expect(facetTitle(node)).toBe('age > 40');
    const [first, second] = node.querySelectorAll<HTMLButtonElement>('.driftline-list button');
    second!.focus();
    second!.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
    expect(document.activeElement).toBe(first);
  });

  it('has no list for a single group, and a filter only for many', async () => {
    const report = sampleBiasReport();
    const { facets } = bias(report);
    const one = await renderReport(withFacets(report, facets.slice(0, 1)));
    expect(one.querySelector('.driftline-list')).toBeNull();
    expect(facetTitle(one)).toBe(facets[0]!.title);
    expect((await renderReport(report)).querySelector('.driftline-facets input')).toBeNull();
    const many = Array.from({ length: 12 }, (_, index) => ({
      ...facets[2]!,
      value: `v${index}`,
      title: `country = ${index}`,
    }));
    const node = await renderReport(withFacets(report, many));
    const filter = node.querySelector<HTMLInputElement>('.driftline-facets input')!;
    filter.value = '11';
    filter.dispatchEvent(new Event('input'));
    expect(node.querySelectorAll('.driftline-list li:not([hidden])')).toHaveLength(1);
    expect(node.querySelector('.driftline-count')?.textContent).toBe('1 of 12 groups');
  });

  it('draws where groups meet as a heat map, by metric and sample', async () => {
    const node = await renderReport(sampleBiasReport());
    const place = section(node, 'Where groups meet');
    expect(texts(place, '.driftline-switches button')).toEqual([
      'DPL',
      'DPPL',
      'RD',
      'AD',
      'Current',
      'Baseline',
      'Change',
    ]);
    expect(place.querySelector('[role=img]')?.getAttribute('aria-label')).toMatch(
      /^Heat map of DPPL where the groups of sex and age meet\. Furthest from equal: sex = \w+, age .* with .*\.$/,
    );
    press(place, /^Table$/);
    press(place, /^RD$/);
    press(place, /^Change$/);
    expect(figure(place, 'RD by sex and age')).toBeDefined();
    const rows = [...place.querySelectorAll('tbody tr')];
    expect(rows).toHaveLength(4);
    expect(rows[0]!.children[4]!.textContent).toMatch(/^[+−]?\d\.\d{3} /);
    const labels = section(await renderReport(labelsOnlyBiasReport()), 'Where groups meet');
    expect(texts(labels, '.driftline-switches button')).toEqual(['Current', 'Baseline', 'Change']);
    expect(figure(labels, 'DPL by sex and age')).toBeDefined();
  });

  it('goes from a violation to its group and metric', async () => {
    const report = sampleBiasReport();
    const node = await renderReport(report);
    const violations = section(node, 'Violations');
    expect(texts(violations, 'thead th')[0]).toBe('Group and metric');
    press(violations, /^age > 40: GE$/);
    expect(facetTitle(node)).toBe('age > 40');
    expect(metricTitle(node)).toBe('Generalized Entropy (GE)');
    expect(document.activeElement?.textContent).toBe('Generalized Entropy (GE)');
    press(violations, /^sex = Female: CI$/);
    expect(facetTitle(node)).toBe('sex = Female');
    expect(metricTitle(node)).toBe('Class Imbalance (CI)');
    expect(node.querySelector('.driftline-switch [aria-pressed=true]')?.textContent).toBe('Before training');
  });

  it('folds many violations that the deciding rule does not see', async () => {
    const report = sampleBiasReport();
    const violations = section(await renderReport(report), 'Violations');
    const own = report.violations.filter(({ rules }) => rules.includes('significant'));
    expect(violations.querySelector('table')!.querySelectorAll('tbody tr')).toHaveLength(own.length);
    const fold = violations.querySelector('details')!;
    expect(fold.open).toBe(false);
    expect(fold.querySelector('summary')?.textContent).toBe(
      `${report.violations.length - own.length} violations that the significant rule does not see`,
    );
    const few = section(
      await renderReport({ ...report, violations: report.violations.slice(0, own.length + 2) }),
      'Violations',
    );
    expect(few.querySelector('details')).toBeNull();
    expect(few.textContent).toContain('(threshold rule only)');
  });

  it('says that labels are missing, or that nothing was captured, and shows the baseline', async () => {
    const unlabelled = await renderReport(noLabelsBiasReport());
    expect(unlabelled.querySelector('.driftline-empty')?.textContent).toContain(
      'No prediction of this window has its label yet',
    );
    expect(unlabelled.textContent).not.toContain('Nothing was captured in this window, so nothing could');
    expect(texts(unlabelled, '.driftline-outcomes dd')[0]).toMatch(/^In the baseline, income = >50K for/);
    expect(texts(unlabelled, '.driftline-list button')[0]).toBe('sex = Femalenot judged');
    const nothing = await renderReport(noDataBiasReport());
    expect(nothing.querySelector('.driftline-empty')?.textContent).toContain('Nothing was captured in this window');
  });

  it('takes texts from data as text, cut where they are endless', async () => {
    const node = await renderReport(hostileBiasReport());
    expect(node.querySelector('script, img, h1, article > b, style')).toBeNull();
    for (const each of node.querySelectorAll<HTMLButtonElement>('.driftline-list button, .driftline-chip'))
      each.click();
    expect(node.querySelector('script, img, h1')).toBeNull();
    expect(Math.max(...texts(node, '.driftline-list button').map(({ length }) => length))).toBeLessThan(200);
  });

  it('bears a report without facets, metrics, intersections and hours', async () => {
    const report = sampleBiasReport();
    const [facet] = bias(report).facets;
    const bare: ModelBiasReport = {
      label: { name: 'y', positive: '(0.5, 1.0]' },
      addressing: { label: 'column y' },
      coverage: { predictions: 0, labelled: 0, unmatchedLabels: 0, repeatedLabels: 0, hours: [] },
      bucket: 'hour',
      facets: [],
      intersections: [],
      comparisons: 0,
    };
    const empty = await renderReport({ ...report, violations: [], modelBias: bare });
    expect(section(empty, 'Bias by group')).toBeUndefined();
    expect(section(empty, 'Labels and predictions').textContent).toContain('Positive outcomey in (0.5, 1.0]');
    const metricless = { ...facet!, metrics: [], fairness: [], advantaged: {}, disadvantaged: {}, missing: {} };
    const node = await renderReport({ ...report, modelBias: { ...bare, facets: [metricless] } });
    expect(section(node, 'Bias by group').textContent).toContain('No metric of this group could be computed.');
  });
});
