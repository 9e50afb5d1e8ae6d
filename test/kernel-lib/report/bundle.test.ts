import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { reportBundle } from '../../../kernel-lib/src/report/bundle.js';
import { REPORT_MIME_TYPE } from '../../../kernel-lib/src/report/report.js';
import { hostileReport } from '../../support/hostile-report.js';
import { cleanReport, emptyWindowReport, sampleReport } from '../../support/sample-report.js';

describe('reportBundle()', () => {
  test('holds the report, a fragment and a text', () => {
    const bundle = reportBundle(sampleReport());
    expect(Object.keys(bundle)).toEqual([REPORT_MIME_TYPE, 'text/html', 'text/plain']);
    expect(bundle[REPORT_MIME_TYPE]).toEqual(sampleReport());
    expect(bundle['text/plain']).toContain('hours-per-week');
  });

  test('sends plain JSON for a report that carries functions', () => {
    const report = sampleReport();
    const violations = report.violations.map((violation) => ({ ...violation, records: async () => [] }));
    const sent = reportBundle({ ...report, violations })[REPORT_MIME_TYPE];
    expect(sent).toEqual(report);
    expect(sent.violations[0]).not.toHaveProperty('records');
  });

  test('has a fragment with inline styles only, violations in sight and features folded', () => {
    const markup = reportBundle(sampleReport())['text/html'];
    const { document } = new JSDOM(markup).window;
    expect(document.querySelectorAll('script, style, link, img, [class], [id], [onclick]')).toHaveLength(0);
    const [violations] = document.querySelectorAll('table');
    expect(violations!.querySelectorAll('tbody tr')).toHaveLength(4);
    expect(violations!.closest('details')).toBeNull();
    const folded = [...document.querySelectorAll('details')].map((each) => each.querySelector('summary')!.textContent);
    expect(folded).toEqual([
      '1 more violation under the other rule (significant decides)',
      '15 features, worst first',
      '2 notes',
    ]);
  });

  test('takes the colour of text and ground from the notebook', () => {
    const markup = reportBundle(sampleReport())['text/html'];
    const colours = new Set([...markup.matchAll(/[;"]color:([^;"]+)/g)].map(([, colour]) => colour));
    expect(colours).toEqual(new Set(['#d0532f', '#a97713', 'inherit']));
    expect(markup).not.toMatch(/background:(?!none)/);
  });

  test('is small for a clean day and says so; an empty window too', () => {
    expect(reportBundle(cleanReport())['text/html']).toContain('No violations');
    const empty = reportBundle(emptyWindowReport())['text/html'];
    expect(empty).toContain('No data');
    expect(empty.length).toBeLessThan(1500);
  });

  test('shows hostile texts as text', () => {
    const { document } = new JSDOM(reportBundle(hostileReport())['text/html']).window;
    expect(document.querySelectorAll('script, img, style, h1, svg')).toHaveLength(0);
    expect(document.body.textContent).toContain('<script>alert(1)</script>');
  });
});
