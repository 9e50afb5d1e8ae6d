// @vitest-environment jsdom
import '../../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OutputAttributionReport } from '../../../../kernel-lib/src/report/model-explainability-report.js';
import { age, output, attributionReport as reportOf } from '../../../support/attribution-rows.js';
import { disposeReports, figure, press, renderReport, tableOf, texts } from '../../support/render-report.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

afterEach(disposeReports);

describe('what is shown of an output', () => {
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
      'hoursrose3120.0 %50.0 %+30.0 +25.0 to +35.0, p\u00a00.0003+0.200 +0.150 to +0.250',
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
});
