// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OutputAttributionReport } from '../../../../kernel-lib/src/report/model-explainability-report.js';
import type { Report } from '../../../../kernel-lib/src/report/report.js';
import {
  age,
  explained,
  hours,
  marital,
  output,
  attributionReport as reportOf,
} from '../../../support/attribution-rows.js';
import { hostileTexts } from '../../../support/hostile-report.js';
import { disposeReports, figure, press, renderReport, section, tableOf, texts } from '../../support/render-report.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

afterEach(disposeReports);

const kept: OutputAttributionReport = {
  ...output,
  label: 'setosa',
  ranking: { value: 0.99, threshold: 0.9, status: 'ok' },
  features: [marital, { ...age, feature: 'petal' }],
};

/** Of a window in which nothing was captured, against a baseline of which the rows are not kept. */
function attributionReportWithoutRows(outputs: readonly OutputAttributionReport[]): Report {
  const report = reportOf(outputs);
  return { ...report, status: 'no-data', baseline: { ...report.baseline, rows: 0 } };
}

const attribution = (node: HTMLElement): HTMLElement => section(node, 'Feature attribution');

describe('the report of feature attribution', () => {
  it('has a table beside every chart, and says in words what a chart shows', async () => {
    const node = await renderReport(reportOf());
    const figures = [...node.querySelectorAll<HTMLElement>('.driftline-figure')];
    expect(figures.map((each) => each.querySelector('h5')?.textContent)).toEqual([
      'Agreement of the rankings (nDCG)',
      'Global attribution',
      'Share of attribution by hour',
      'Attribution by value',
      'Attributions of the rows',
      'From the expected value to the answer',
    ]);
    for (const each of figures) {
      expect(each.querySelector('[role=img]')?.getAttribute('aria-label')).toMatch(/\.$/);
      expect(tableOf(each).length).toBeGreaterThan(1);
    }
  });

  it('names every button, and what it changes', async () => {
    const node = await renderReport(reportOf([output, kept]));
    for (const each of node.querySelectorAll('button')) {
      expect(each.getAttribute('aria-label') ?? each.textContent?.trim()).not.toBe('');
      const target = each.getAttribute('aria-controls');
      if (target !== null) expect(node.querySelector(`#${target}`), each.textContent ?? '').not.toBeNull();
    }
  });

  it('filters many features by name, and keeps the chosen one marked', async () => {
    const many = Array.from({ length: 20 }, (_, index) => ({
      ...age,
      feature: `feature ${index}`,
      rank: { baseline: index + 1, current: index + 1 },
    }));
    const node = await renderReport(reportOf([{ ...output, features: [hours, ...many] }]));
    const filter = node.querySelector<HTMLInputElement>('.driftline-choices input')!;
    filter.value = 'feature 19';
    filter.dispatchEvent(new Event('input'));
    expect(texts(node, '.driftline-choices tbody th')).toEqual(['feature 19']);
    press(node.querySelector('.driftline-choices')!, /^feature 19$/);
    filter.value = '';
    filter.dispatchEvent(new Event('input'));
    expect(node.querySelector('.driftline-chosen th')?.textContent).toBe('feature 19');
    filter.value = 'zzz';
    filter.dispatchEvent(new Event('input'));
    expect(texts(node, '.driftline-choices tbody td')).toEqual(['No feature has this in its name.']);
  });

  it('lists several outputs, the worst first, and keeps what was chosen while another is shown', async () => {
    const node = await renderReport(reportOf([kept, output]));
    const list = node.querySelector<HTMLElement>('.driftline-outputs > .driftline-chooser')!;
    expect(texts(list, 'button')).toEqual(['label0nDCG 0.820, ranking has drifted', 'setosanDCG 0.990, ranking kept']);
    expect(list.querySelectorAll('button .driftline-icon')).toHaveLength(2);
    expect(attribution(node).querySelector('h4')?.textContent).toBe('label0');
    press(node, /^Share$/);
    press(node.querySelector('.driftline-choices')!, /^marital$/);
    press(list, /^setosa/);
    expect(attribution(node).querySelector('h4')?.textContent).toBe('setosa');
    expect(figure(node, 'Share of attribution')).toBeDefined();
    expect(node.querySelector('.driftline-chosen th')?.textContent).toBe('marital');
  });

  it('has no list for a single output, and a filter for many', async () => {
    const one = await renderReport(reportOf());
    expect(one.querySelector('.driftline-outputs')).toBeNull();
    expect(attribution(one).querySelector('h4')?.textContent).toBe('The ranking of the features');
    const many = Array.from({ length: 14 }, (_, index) => ({ ...kept, label: `class ${index}` }));
    const node = await renderReport(reportOf(many));
    expect(node.querySelector('.driftline-outputs input')?.getAttribute('aria-label')).toBe('Filter outputs');
  });

  it('goes from a violation to its output', async () => {
    const other = { ...output, label: 'virginica' };
    const node = await renderReport(reportOf([output, other, kept]));
    const violations = section(node, 'Violations');
    expect(texts(violations, 'thead th')).toEqual([
      'Output of the model',
      'What happened',
      'Measured',
      'Limit',
      'Since (UTC)',
    ]);
    expect(texts(violations, 'tbody tr')[1]).toBe(
      'virginicanDCGthe model rests on other featureshours rose, marital fell.0.8200.900–',
    );
    press(violations, /^virginica$/);
    expect(attribution(node).querySelector('h4')?.textContent).toBe('virginica');
    expect(document.activeElement?.textContent).toBe('virginica');
  });

  it('says of an empty window what the baseline ranks, and of a baseline of numbers alone that its rows are not known', async () => {
    const { current: _, ...share } = hours.share;
    const before = { ...hours, rank: { baseline: 1 }, share, direction: 'not-judged' as const };
    const empty = attributionReportWithoutRows([
      { ...output, features: [before], series: [], segments: [], examples: [] },
    ]);
    const node = await renderReport(empty);
    expect(node.querySelector('.driftline-empty')?.textContent).toContain('Nothing was captured in this window');
    expect(texts(node, '.driftline-facts .driftline-fact')).toContain('Baselinerows not known');
    expect(texts(node, '.driftline-detail .driftline-detail .driftline-fact').slice(0, 2)).toEqual([
      'Place in the ranking1 before',
      'Share of attribution20.0 % before+30.0 (+25.0 to +35.0, p\u00a00.0003) points',
    ]);
  });

  it('says how the rows were explained', async () => {
    const method = section(
      await renderReport(
        reportOf([output], {
          method: { name: 'kernel', title: 'Kernel SHAP', exact: false, backgroundRows: 100, samples: 2048, seed: 7 },
          aggregation: 'mean_sq',
        }),
      ),
      'How it was explained',
    );
    expect(texts(method, '.driftline-fact')).toEqual([
      'MethodKernel SHAPestimated, 2,048 coalitions a row, 100 background rows, seed 7',
      'Modelfile:///models/census.json',
      'Scalelog-oddsof the probability; attributions add up to it',
      'One number a featuremean squared attribution',
      'Rows explainedbaseline 400, current 100',
      'Largest additivity errorbaseline 2.0e-7, current 1.0e-7a row’s sum against the model’s own answer',
      'Comparisons3p-values are corrected for looking at so many',
    ]);
  });

  it('bears a baseline without rows, a window without rows, and no outputs', async () => {
    const { baseline: _, ...currentOnly } = output.expectedValue;
    const served: OutputAttributionReport = {
      label: 'label0',
      expectedValue: currentOnly,
      answer: {},
      ranking: { value: 0.95, threshold: 0.9, status: 'ok' },
      features: [
        {
          feature: 'age',
          rank: { baseline: 1, current: 1 },
          attribution: { baseline: { value: 0.3 }, current: { value: 0.2 } },
          share: { baseline: { value: 1 }, current: { value: 1 } },
          direction: 'not-judged',
          mean: {},
        },
        { feature: 'new', rank: { current: 2 }, attribution: {}, share: {}, direction: 'not-judged', mean: {} },
      ],
      series: [],
      segments: [],
      examples: [],
    };
    const node = await renderReport(reportOf([served]));
    expect(texts(node, '.driftline-choices tbody tr')).toEqual(['agenot judged11100 %100 %––', 'newnot judged–2––––']);
    press(node.querySelector('.driftline-choices')!, /^new$/);
    expect(texts(node, '.driftline-detail .driftline-fact')[0]).toBe('Place in the ranking2 now, not in the baseline');
    const none = await renderReport(reportOf([]));
    expect(attribution(none).textContent).toContain('No output of the model was explained.');
  });

  it('takes texts from data as text, cut where they are endless', async () => {
    const nasty = (index: number): string => hostileTexts[index % hostileTexts.length]!;
    const features = hostileTexts.map((feature, index) => ({
      ...[hours, marital, age][index % 3]!,
      feature,
      rank: { baseline: index + 1, current: index + 1 },
      dependence: hostileTexts.map((title) => ({ ...hours.dependence![2]!, title })),
    }));
    const bad: OutputAttributionReport = {
      ...output,
      ranking: { ...output.ranking, reason: nasty(0), method: nasty(1) },
      features,
      segments: hostileTexts.map((title) => ({
        ...output.segments[0]!,
        title,
        features: [{ feature: title, share: { value: 1 }, rest: { value: 0 } }],
      })),
      examples: hostileTexts.map((text) => ({
        reason: text,
        eventId: text,
        time: text,
        answer: 1,
        features: hostileTexts.map((feature) => ({ feature, value: text, attribution: 0.1 })),
      })),
    };
    const outputs = hostileTexts.slice(0, 4).map((label) => ({ ...bad, label }));
    const report = reportOf(outputs, { model: nasty(1), method: { ...explained.method, title: nasty(0) } });
    const node = await renderReport(report);
    const intruders = 'script, img, h1, article > b, article > style';
    expect(node.querySelector(intruders)).toBeNull();
    for (const each of node.querySelectorAll<HTMLButtonElement>('.driftline-list button, .driftline-switch button')) {
      each.click();
    }
    for (const each of node.querySelectorAll<HTMLButtonElement>('.driftline-choices tbody button')) each.click();
    expect(node.querySelector(intruders)).toBeNull();
    const longest = Math.max(
      ...texts(node, '.driftline-choices tbody th, .driftline-list button, h5').map((text) => text.length),
    );
    expect(longest).toBeLessThan(260);
  });
});
