import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { reportBundle } from '../../../kernel-lib/src/report/bundle.js';
import type { ModelQualityReport } from '../../../kernel-lib/src/report/model-quality-report.js';
import { REPORT_MIME_TYPE, type Report } from '../../../kernel-lib/src/report/report.js';
import { reportText } from '../../../kernel-lib/src/report/terminal.js';
import { hostileTexts } from '../../support/hostile-report.js';
import {
  binaryQualityReport,
  multiclassQualityReport,
  noLabelsQualityReport,
  regressionQualityReport,
} from '../../support/model-quality-report.js';
import { sampleReport } from '../../support/sample-report.js';

const all = [binaryQualityReport, multiclassQualityReport, regressionQualityReport, noLabelsQualityReport];
const escapeCode = '\u001b';
const changed = (report: Report, change: Partial<ModelQualityReport>): Report => ({
  ...report,
  modelQuality: { ...report.modelQuality!, ...change },
});
const lineOf = (text: string, start: string): string =>
  text
    .split('\n')
    .find((line) => line.startsWith(start))!
    .replace(/ +/g, ' ');

/** Everything of a quality report that is text from data, hostile. */
function hostileQuality(): Report {
  const report = binaryQualityReport();
  const quality = report.modelQuality!;
  const [metric] = quality.metrics;
  return changed(report, {
    metrics: hostileTexts.flatMap((name) => [
      { ...metric!, name, title: name, definition: name },
      { ...metric!, name: `f1:${name}`, title: name, definition: name, status: 'not-judged' },
    ]),
    segments: hostileTexts.map((title) => ({ ...quality.segments[0]!, title })),
    estimate: {
      trusted: false,
      doubts: [...hostileTexts],
      metrics: hostileTexts.map((name) => ({ ...quality.estimate!.metrics[0]!, name, title: name })),
    },
  });
}

describe('reportText() of model quality', () => {
  test.each([80, 100, 120, 200])('fits %i columns', (width) => {
    const { monitor: _, ...unnamed } = binaryQualityReport();
    const long = { ...unnamed, title: 'model quality, 2 Mar 2026, 00:00 to 9 Mar 2026, 00:00' };
    for (const report of [...all, () => long]) {
      for (const line of reportText(report(), { width }).split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  test('is plain ASCII without colour', () => {
    for (const report of all) {
      for (const width of [80, 120]) {
        const text = reportText(report(), { width });
        expect([...text].filter((character) => character > '~')).toEqual([]);
      }
    }
  });

  test('says the same with colour and without', () => {
    const plain = reportText(binaryQualityReport(), { width: 120 });
    const coloured = reportText(binaryQualityReport(), { width: 120, colour: true });
    expect(coloured).toContain(`${escapeCode}[31m`);
    expect(coloured.replace(new RegExp(`${escapeCode}\\[\\d+m`, 'g'), '')).toBe(plain);
  });

  test('has coverage, metrics, groups and the estimate, in this order', () => {
    const text = reportText(binaryQualityReport(), { width: 120 });
    const at = [
      'Metric   What happened',
      '2,172 of 2,688 predictions have their label (80.8 %)',
      'Metric                      Baseline',
      'Worse group of rows',
      'Without labels',
      'Nothing in the data spoke against this estimate, but the labels do',
      'Note:',
    ].map((part) => text.indexOf(part));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
    expect(text).not.toContain('constant classifier');
    expect(text).not.toContain('Drift');
  });

  test('has a line for each metric: baseline, current, interval, limit, status', () => {
    const wide = reportText(binaryQualityReport(), { width: 120 });
    expect(lineOf(wide, 'Recall ')).toBe('Recall 0.625 0.515 0.480 to 0.549 >= 0.625 violated');
    expect(lineOf(wide, 'False negative rate')).toContain('<= 0.650 ok');
    const narrow = reportText(binaryQualityReport(), { width: 80 });
    expect(lineOf(narrow, 'recall      ')).toBe('recall 0.625 0.515 0.480 to 0.549 0.625 violated');
    expect(lineOf(narrow, 'expected_calibration_error')).toContain('0.068 to 0.100 - -');
    expect(lineOf(reportText(regressionQualityReport()), 'Mean absolute error ')).toContain(
      'beyond limit, within chance',
    );
  });

  test('has a line for each class, the one that lost most first', () => {
    const text = reportText(multiclassQualityReport());
    expect(lineOf(text, 'tram ')).toBe('tram 0.575 0.833 0.708 0.749 0.634 0.789');
    expect(text.indexOf('tram ')).toBeLessThan(text.indexOf('bus '));
  });

  test('says that no group is worse, and only doubts an estimate that is doubted', () => {
    const text = reportText(regressionQualityReport());
    expect(text).toContain('No group of rows got worse beyond chance; 96 groups were looked at.');
    expect(text).toContain('Do not rely on this estimate');
    expect(text).toContain('- On the baseline itself the expected errors are 112 % of the real ones.');
  });

  test('leaves out what is not there', () => {
    const unlabelled = reportText(noLabelsQualityReport());
    expect(unlabelled).toContain('0 of 2,688 predictions have their label (0 %).');
    expect(unlabelled).not.toContain('Status');
    const { estimate: _, ...quality } = binaryQualityReport().modelQuality!;
    const bare = { ...quality, metrics: [], segments: [], segmentsSearched: 0 };
    const text = reportText({ ...binaryQualityReport(), modelQuality: bare });
    expect(text).toContain('No group of rows was looked at');
    expect(text).not.toContain('Without labels');
  });

  test('lets no text of the data act on the terminal', () => {
    const text = reportText(hostileQuality(), { width: 100 });
    expect(text).not.toContain(escapeCode);
    expect(text).not.toContain('\u0007');
    expect(text).not.toContain('\u202e');
    expect(text.length).toBeLessThan(30_000);
  });
});

describe('reportBundle() of model quality', () => {
  test('holds the report, a fragment with inline styles only, and the text', () => {
    for (const report of all) {
      const bundle = reportBundle(report());
      expect(bundle[REPORT_MIME_TYPE]).toEqual(report());
      expect(bundle['text/plain']).toBe(reportText(report()));
      const { document } = new JSDOM(bundle['text/html']).window;
      expect(document.querySelectorAll('script, style, link, img, [class], [id], [onclick]')).toHaveLength(0);
      expect(bundle['text/html']).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test('has violations in sight, and folds metrics, groups and the estimate', () => {
    const { document } = new JSDOM(reportBundle(binaryQualityReport())['text/html']).window;
    const [violations] = document.querySelectorAll('table');
    expect(violations!.querySelector('th')!.textContent).toBe('Metric');
    expect(violations!.querySelectorAll('tbody tr')).toHaveLength(3);
    expect([...document.querySelectorAll('summary')].map(({ textContent }) => textContent)).toEqual([
      ...['15 metrics', '2 groups of rows got worse', 'Estimated without labels', '1 note'],
    ]);
    expect(document.querySelectorAll('details[open]')).toHaveLength(0);
    expect(document.body.textContent).toContain('2,172 of 2,688 predictions have their label');
  });

  test('opens the estimate while there are no labels', () => {
    const { document } = new JSDOM(reportBundle(noLabelsQualityReport())['text/html']).window;
    expect(document.querySelector('details[open]')!.textContent).toContain('Features have drifted');
    expect(document.body.textContent).not.toContain('15 metrics');
  });

  test('shows hostile texts as text', () => {
    const { document } = new JSDOM(reportBundle(hostileQuality())['text/html']).window;
    expect(document.querySelectorAll('script, img, style, h1, svg')).toHaveLength(0);
    expect(document.body.textContent).toContain('<script>alert(1)</script>');
  });

  test('leaves the fragment of a data-quality check as it is', () => {
    expect(reportBundle(sampleReport())['text/html']).toContain('>Feature</th>');
  });
});
