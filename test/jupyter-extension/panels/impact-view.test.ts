// @vitest-environment jsdom
import '../support/browser-stubs.js';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Impact, Report } from '../../../kernel-lib/src/report/report.js';
import { hostileReport } from '../../support/hostile-report.js';
import { sampleReport } from '../../support/sample-report.js';
import { disposeReports, press, renderReport, section, texts } from '../support/render-report.js';

vi.mock('plotly.js-cartesian-dist-min', () => ({ default: { react: vi.fn(async () => undefined), purge: vi.fn() } }));

afterEach(disposeReports);

const impacts: Readonly<Record<string, Impact>> = {
  'hours-per-week': { score: 0.0814, share: 0.11, meanChange: { value: 0.21, lower: 0.18, upper: 0.24 } },
  occupation: { score: 0.012, share: 0.09, meanChange: { value: -0.4 } },
  workclass: { score: 0.004, share: 0.02 },
};

/** The sample day with what its drift does to predictions. */
function withImpacts(report: Report, own: (name: string, index: number) => Impact | undefined): Report {
  return {
    ...report,
    features: report.features.map((feature, index) => {
      const impact = own(feature.name, index);
      return impact === undefined ? feature : { ...feature, impact };
    }),
    impactSource: { baseline: 'file:///baselines/explainability', scale: 'log-odds', explained: 2332 },
  };
}

const report = (): Report => withImpacts(sampleReport(), (name) => impacts[name]);

describe('the impact of drift on predictions', () => {
  it('stands beside each violation: the score with the share it is made of, and the change of the mean prediction', async () => {
    const violations = section(await renderReport(report()), 'Violations');
    expect(texts(violations, 'thead th')).toEqual(expect.arrayContaining(['Impact score', 'Mean prediction']));
    const cells = [...violations.querySelectorAll('tbody tr')].map((row) =>
      ['Impact score', 'Mean prediction'].map((title) => row.querySelector(`[data-title="${title}"]`)?.textContent),
    );
    const names = texts(violations, 'tbody th');
    expect(cells[names.indexOf('hours-per-week')]).toEqual(['0.081 share 11.0 %', '+0.210 +0.180 to +0.240']);
    expect(cells[names.indexOf('occupation')]).toEqual(['0.012 share 9.0 %', '−0.400 log-odds']);
    expect(cells[names.indexOf('workclass')]).toEqual(['0.004 share 2.0 %', '–']);
  });

  it('can sort the violations, by the size of the change whatever its sign', async () => {
    const violations = section(await renderReport(report()), 'Violations');
    press(violations, /^Impact score$/);
    press(violations, /^Impact score$/);
    expect(texts(violations, 'tbody th')[0]).toBe('hours-per-week');
    press(violations, /^Mean prediction$/);
    press(violations, /^Mean prediction$/);
    expect(texts(violations, 'tbody th')[0]).toBe('occupation');
  });

  it('says below what both numbers are and where they come from', async () => {
    const note = section(await renderReport(report()), 'Violations').querySelector('.driftline-note')?.textContent;
    expect(note).toContain('Impact score: the distance from the baseline times the feature’s share of attribution');
    expect(note).toContain('Mean prediction: the change of it that the feature explains, in log-odds');
    expect(note).toContain('file:///baselines/explainability, 2,332 rows of the window explained');
  });

  it('stands in the list of features and with the chosen one in words', async () => {
    const node = await renderReport(report());
    const item = [...node.querySelectorAll('.driftline-list button')].find((each) =>
      each.textContent?.startsWith('hours-per-week'),
    );
    expect(item?.textContent).toContain('impact score 0.081, mean +0.210');
    (item as HTMLButtonElement).click();
    expect(node.querySelector('.driftline-detail')?.textContent).toContain(
      'In the baseline, 11.0 % of what the model rests on is this feature; times its distance that is an impact score of 0.081. It explains a change of the mean prediction by +0.210 log-odds (95 % interval +0.180 to +0.240).',
    );
  });

  it('can order the features by either number, those without one last', async () => {
    const node = await renderReport(report());
    const features = section(node, 'Features');
    const names = (): (string | undefined)[] =>
      [...features.querySelectorAll('.driftline-list .driftline-name')].map((each) => each.textContent ?? undefined);
    const before = names();
    press(features, /^Impact score$/);
    expect(names().slice(0, 3)).toEqual(['hours-per-week', 'occupation', 'workclass']);
    press(features, /^Mean prediction$/);
    expect(names().slice(0, 2)).toEqual(['occupation', 'hours-per-week']);
    expect(features.querySelector('.driftline-detail h4')?.textContent).toBe('occupation');
    press(section(node, 'Violations'), /^workclass$/);
    expect(features.querySelector('.driftline-detail h4')?.textContent).toBe('workclass');
    press(features, /^Worst first$/);
    expect(names()).toEqual(before);
    expect(texts(section(await renderReport(sampleReport()), 'Features'), '.driftline-switches')).toEqual([]);
  });

  it('has no column of changes where the window was not explained, and none at all without attributions', async () => {
    const shares = withImpacts(sampleReport(), (name) => impacts[name] && { score: 0.1, share: 0.2 });
    const known = section(await renderReport(shares), 'Violations');
    expect(texts(known, 'thead th')).toContain('Impact score');
    expect(texts(known, 'thead th')).not.toContain('Mean prediction');
    expect(known.querySelector('.driftline-note')?.textContent).not.toContain('Mean prediction');
    const none = section(await renderReport(sampleReport()), 'Violations');
    expect(texts(none, 'thead th')).not.toContain('Impact score');
    expect(none.querySelector('.driftline-note')).toBeNull();
  });

  it('takes the address of the baseline and names of features for text', async () => {
    const nasty = withImpacts(hostileReport(), () => ({ score: 1, share: 1, meanChange: { value: 1 } }));
    const node = await renderReport({
      ...nasty,
      impactSource: { baseline: '<img src=x onerror=alert(1)>', scale: 'prediction' },
    });
    expect(node.querySelector('script, img, h1')).toBeNull();
    expect(section(node, 'Violations').textContent).toContain('<img src=x onerror=alert(1)>');
  });
});
