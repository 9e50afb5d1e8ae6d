import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { metricChart } from '../../../kernel-lib/src/report/charts/metric-chart.js';
import { reportHtml } from '../../../kernel-lib/src/report/html.js';
import type { Report, Violation } from '../../../kernel-lib/src/report/report.js';
import { reportText } from '../../../kernel-lib/src/report/terminal.js';
import {
  binaryQualityReport,
  multiclassQualityReport,
  regressionQualityReport,
} from '../../support/model-quality-report.js';

/** A day whose labels are prices: squared errors have eleven digits. */
function priceReport(): Report {
  const { modelQuality: _, ...report } = regressionQualityReport();
  const { modelQuality } = regressionQualityReport();
  const grown = (violation: Violation): Violation => ({
    ...violation,
    measured: violation.measured * 1e8 + 0.123,
    limit: violation.limit * 1e8 + 0.123,
  });
  const bare = { ...modelQuality!, metrics: [], segments: [] };
  const { estimate: __, ...unestimated } = bare;
  return { ...report, modelQuality: unestimated, violations: report.violations.map(grown) };
}

const violationLines = (text: string): string[] => text.split('\n').filter((line) => /^\w+ +metric has/.test(line));

describe('violations of metrics in a terminal', () => {
  test('show large squared errors whole where there is room', () => {
    const [mse] = violationLines(reportText(priceReport(), { width: 80 }));
    expect(mse).toMatch(/^mse +metric has +86,\d{3},\d{3},\d{3} +80,\d{3},\d{3},\d{3} /);
  });

  test('stay within 80 columns where the values need many digits to be told apart', () => {
    const report = binaryQualityReport();
    const [first] = report.violations;
    const close = {
      ...first!,
      feature: 'false_positive_rate',
      measured: 0.057_090_239_4,
      limit: 0.057_090_239_5,
      since: { ...first!.since!, orEarlier: true },
    };
    const text = reportText({ ...report, violations: [close] }, { width: 80 });
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(violationLines(text)).toHaveLength(1);
  });

  test('leave the columns of a data-quality report as they are', () => {
    const { modelQuality: _, ...plain } = priceReport();
    const [mse] = violationLines(reportText(plain, { width: 120 }));
    expect(mse).toContain('86,1');
    expect(mse).not.toMatch(/86,\d{3},\d{3},\d{3}/);
  });
});

describe('the names of axes over time', () => {
  test.each([
    ['false_negative_rate', 'False negative rate (0 to 1)'],
    ['auc', 'auc (0 to 1)'],
  ])('are the title of %s where it has room, and its short name where not', (name, shown) => {
    const metric = binaryQualityReport().modelQuality!.metrics.find((each) => each.name === name)!;
    expect(metricChart({ metric, bucket: 'hour' })!.yAxis.name).toBe(shown);
  });
});

describe('the groups of rows', () => {
  test('have an order only where there are several', async () => {
    const lead = async (report: Report): Promise<string> =>
      new JSDOM(await reportHtml(report)).window.document.querySelector('#segments .lead')!.textContent!;
    expect(await lead(multiclassQualityReport())).toMatch(/^1 group of rows got worse beyond chance; 58 were/);
    expect(await lead(binaryQualityReport())).toMatch(/^2 groups of rows got worse beyond chance, worst first; 214/);
  });
});
