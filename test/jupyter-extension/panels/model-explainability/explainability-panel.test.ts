// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OutputAttributionReport } from '../../../../kernel-lib/src/report/model-explainability-report.js';
import { hostileTexts } from '../../../support/hostile-report.js';
import {
  age,
  explained,
  hours,
  marital,
  output,
  attributionReport as reportOf,
} from '../../support/attribution-rows.js';
import { disposeReports, figure, press, renderReport, section, tableOf, texts } from '../../support/render-report.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

afterEach(disposeReports);

const kept: OutputAttributionReport = {
  ...output,
  label: 'setosa',
  ranking: { value: 0.99, threshold: 0.9, status: 'ok' },
  features: [marital, { ...age, feature: 'petal' }],
};

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
      expect(each.textContent?.trim()).not.toBe('');
      const target = each.getAttribute('aria-controls');
      if (target !== null) expect(node.querySelector(`#${target}`), each.textContent ?? '').not.toBeNull();
    }
  });

  it('says whether the ranking is kept, which features rose and fell, and what moved the mean answer', async () => {
    const finding = (await renderReport(reportOf())).querySelector('.driftline-finding')!;
    expect(texts(finding, 'p')).toEqual([
      'The features no longer rank as in the baseline: nDCG is 0.820 (95 % interval 0.780 to 0.860), below 0.9.',
      'The mean answer went from −0.900 to −0.750 (log-odds): +0.150, 95 % interval +0.100 to +0.200. Most of it through: hours +0.200, marital −0.050.',
    ]);
    expect(texts(finding, 'li')).toEqual([
      'hours rose from 20.0 % to 50.0 % of attribution (+30.0 points), from place 3 to 1.',
      'marital fell from 50.0 % to 30.0 % of attribution (−20.0 points), from place 1 to 2.',
    ]);
    expect([...finding.querySelectorAll('li .driftline-icon')].map(({ className }) => className)).toEqual([
      'driftline-icon driftline-direction-rose',
      'driftline-icon driftline-direction-fell',
    ]);
  });

  it('says it otherwise where the ranking is kept, within chance, or not judged', async () => {
    const said = async (more: Partial<OutputAttributionReport>): Promise<string> =>
      (await renderReport(reportOf([{ ...output, ...more }]))).querySelector('.driftline-finding')?.textContent ?? '';
    expect(await said({ ranking: { value: 0.99961, threshold: 0.9, status: 'ok' } })).toContain(
      'The features rank much as in the baseline: nDCG is 0.9996, at least 0.9.',
    );
    expect(await said({ ranking: { value: 0.89, threshold: 0.9, status: 'ok' } })).toContain(
      'nDCG is 0.890, below 0.9, but chance may explain that.',
    );
    const few = await said({
      ranking: { value: 0.5, threshold: 0.9, status: 'not-judged', reason: 'only 4 rows' },
      features: [{ ...age, direction: 'not-judged' }],
    });
    expect(few).toContain('Whether the ranking has drifted was not judged; nDCG is 0.500.only 4 rows');
    expect(few).toContain('Which features rose or fell was not judged');
    expect(await said({ features: [age] })).toContain('No feature’s share of attribution rose or fell beyond chance.');
  });

  it('shows all features as attribution, shares, ranks and rows, and remembers chart or table', async () => {
    const node = await renderReport(reportOf());
    expect(tableOf(figure(node, 'Global attribution'))).toEqual([
      ['marital', '0.500', '0.480'],
      ['age', '0.300', '0.320'],
      ['hours', '0.200 0.180 to 0.220', '0.800 0.700 to 0.900'],
    ]);
    press(node, /^Ranks$/);
    const ranks = figure(node, 'Ranks before and after');
    expect([...ranks.querySelectorAll('tbody tr')].map(({ textContent }) => textContent)).toEqual([
      'marital12fell',
      'age23within chance',
      'hours31rose',
    ]);
    press(ranks, /^Chart$/);
    expect(ranks.querySelector('[role=img]')?.getAttribute('aria-label')).toBe(
      'Slope chart of the places of 3 features in the ranking, baseline on the left, current on the right. 3 of all 3 features changed their place.',
    );
    press(node, /^Share$/);
    expect(tableOf(figure(node, 'Share of attribution'))[2]).toEqual(['hours', '20.0 %', '50.0 % 46.0 % to 54.0 %']);
    press(node, /^Rows$/);
    const rows = [...figure(node, 'Attributions of the rows').querySelectorAll('tbody tr')].map(
      (row) => row.textContent,
    );
    expect(rows).toContain('hours0.500 to 1.0009high');
    expect(rows).toContain('marital0.000 to 1.00060–');
  });

  it('shows the shares over the window as changes or as bands, with one table for both', async () => {
    const node = await renderReport(reportOf());
    const change = figure(node, 'Share of attribution by hour');
    expect(change.querySelector('[role=img]')?.getAttribute('aria-label')).toBe(
      'Heat map of how far each feature’s share of attribution is from the baseline’s, over time. In 2 parts of 3 the nDCG is below its threshold.',
    );
    expect(texts(change, '.driftline-legend li')).toContain('more than in the baseline (up to +32.0 points)');
    expect(tableOf(change).slice(0, 2)).toEqual([
      ['8 Mar 2026, 00:00', '50', '0.990', '0.982 to 0.998', '50.0 %', '30.0 %', '20.0 %'],
      ['8 Mar 2026, 01:00', '0', '–', '–', '–', '–', '–'],
    ]);
    press(change, /^Chart$/);
    press(node, /^Shares$/);
    expect(
      figure(node, 'Share of attribution by hour').querySelector('[role=img]')?.getAttribute('aria-label'),
    ).toMatch(/^Bands of each feature’s share/);
    const days = await renderReport(reportOf([output], { bucket: 'day' }));
    expect(figure(days, 'Share of attribution by day')).toBeDefined();
    const short = await renderReport(reportOf([{ ...output, series: output.series.slice(0, 2) }]));
    expect(figure(short, /Share of attribution by/)).toBeUndefined();
  });

  it('lists the features with ranks, shares and changes, and sorts them', async () => {
    const node = await renderReport(reportOf());
    const table = node.querySelector<HTMLElement>('.driftline-choices')!;
    expect(texts(table, 'tbody tr')).toEqual([
      'maritalfell1250.0 %30.0 %−20.0 p\u00a00.02−0.050',
      'agewithin chance2330.0 %20.0 %––',
      'hoursrose3120.0 %50.0 % 46.0 % to 54.0 %+30.0 +25.0 to +35.0, p\u00a00.0003+0.200 +0.150 to +0.250, p\u00a00.001',
    ]);
    press(table, /^Rank now$/);
    expect(texts(table, 'tbody th')).toEqual(['hours', 'marital', 'age']);
    expect([...table.querySelectorAll('td .driftline-status')].every((mark) => mark.querySelector('svg'))).toBe(true);
  });

  it('shows one feature in full: first the one that changed most, then the one that is pressed', async () => {
    const node = await renderReport(reportOf());
    const detail = (): HTMLElement => node.querySelector<HTMLElement>('.driftline-choices + .driftline-detail')!;
    expect(detail().querySelector('h5')?.textContent).toBe('hours');
    expect(texts(detail(), '.driftline-fact')).toEqual([
      'Place in the ranking3 before, 1 now',
      'Share of attribution20.0 % before, 50.0 % now+30.0 (+25.0 to +35.0, p\u00a00.0003) points',
      'Mean absolute attribution0.200 before, 0.800 nowlog-odds',
    ]);
    expect(detail().textContent).toContain(
      'On average it adds +0.210 to the answer now and added +0.010 in the baseline (log-odds). That explains +0.200 (95 % interval +0.150 to +0.250) of the mean answer’s change of +0.150 (+0.100 to +0.200).',
    );
    expect(tableOf(figure(detail(), 'Attribution by value'))).toEqual([
      ['10 to 35', '−0.200 −0.220 to −0.180', '100', '−0.600 −0.700 to −0.500', '20'],
      ['35 to 60', '0.200', '300', '0.700', '60'],
      ['missing', '–', '0', '0.100', '20'],
    ]);
    expect(tableOf(figure(detail(), 'Attributions of the rows'))).toEqual([
      ['baseline', '−0.500 to 0.000', '90', 'low'],
      ['baseline', '0.000 to 0.500', '180', 'middle'],
      ['baseline', '0.500 to 1.000', '20', 'high'],
      ['current', '−1.000 to −0.500', '10', 'low'],
      ['current', '−0.500 to 0.000', '10', 'middle'],
      ['current', '0.000 to 0.500', '30', 'middle'],
      ['current', '0.500 to 1.000', '9', 'high'],
    ]);
    press(node.querySelector('.driftline-choices')!, /^age$/);
    expect(detail().querySelector('h5')?.textContent).toBe('age');
    expect(detail().textContent).toContain('There are no rows of which to show more.');
    const pressed = [...node.querySelectorAll('.driftline-choices [aria-pressed=true]')];
    expect(pressed.map(({ textContent }) => textContent)).toEqual(['age']);
    press(node.querySelector('.driftline-changes')!, /^marital$/);
    expect(detail().querySelector('h5')?.textContent).toBe('marital');
    expect(document.activeElement?.textContent).toBe('marital');
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

  it('lists groups that rest on other features', async () => {
    const node = await renderReport(reportOf());
    const table = [...node.querySelectorAll('table')].find(
      (each) => each.caption?.textContent === 'Groups of rows whose answers rest on other features',
    );
    expect(texts(table!, 'tbody tr')).toEqual([
      'age >= 31hours: 60.0 % (50.0 % to 70.0 %), the rest 40.0 % (+20.0 points)0.100−1.00041',
    ]);
  });

  it('explains single requests as waterfalls, one after the other', async () => {
    const node = await renderReport(reportOf());
    const list = node.querySelector<HTMLElement>('.driftline-plain .driftline-list')!;
    expect(texts(list, 'button')).toEqual([
      'Its answer rests most on hoursanswer 0.300 (57.4 %)',
      'The smallest answeranswer −1.200 (23.1 %)',
    ]);
    const chart = (): HTMLElement => figure(node, 'From the expected value to the answer');
    expect(chart().querySelector('[role=img]')?.getAttribute('aria-label')).toBe(
      'Waterfall from the expected value −1.000 to the answer 0.300. The largest step is hours with +1.200.',
    );
    expect(tableOf(chart())).toEqual([
      ['hours', '60', '+1.200'],
      ['marital', 'missing', '−0.100'],
      ['age', '44', '+0.200'],
    ]);
    press(list, /^The smallest answer/);
    expect(tableOf(chart())).toEqual([['age', '18', '−0.200']]);
    const margin = await renderReport(reportOf([output], { scale: 'margin' }));
    expect(texts(margin, '.driftline-plain .driftline-list button')[1]).toBe('The smallest answeranswer −1.200');
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
      'MethodKernel SHAPof a sample, 2,048 coalitions a row, 100 background rows, seed 7',
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
