import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { reportHtml } from '../../../kernel-lib/src/report/html.js';
import { withoutControls } from '../../../kernel-lib/src/report/html-template.js';
import type { MetricPoint, ModelQualityReport } from '../../../kernel-lib/src/report/model-quality-report.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { hostileTexts } from '../../support/hostile-report.js';
import {
  binaryQualityReport,
  multiclassQualityReport,
  noLabelsQualityReport,
  regressionQualityReport,
} from '../../support/model-quality-report.js';
import { sampleReport } from '../../support/sample-report.js';

const all = [binaryQualityReport, multiclassQualityReport, regressionQualityReport, noLabelsQualityReport];

async function shown(report: Report): Promise<Document> {
  const page = await reportHtml(report);
  expect(page.match(/.{30}(NaN|Infinity|undefined).{30}/)?.[0]).toBeUndefined();
  return new JSDOM(page).window.document;
}

const changed = (report: Report, change: Partial<ModelQualityReport>): Report => ({
  ...report,
  modelQuality: { ...report.modelQuality!, ...change },
});
const without = (report: Report, ...keys: readonly (keyof ModelQualityReport)[]): Report => ({
  ...report,
  modelQuality: Object.fromEntries(
    Object.entries(report.modelQuality!).filter(([key]) => !keys.includes(key as keyof ModelQualityReport)),
  ) as unknown as ModelQualityReport,
});
const sections = (page: Document): string[] => [...page.querySelectorAll('section')].map(({ id }) => id);
const texts = (page: ParentNode, selector: string): string[] =>
  [...page.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');
const cells = (row: Element | null | undefined): string[] => [...row!.children].map(({ textContent }) => textContent!);
const figureNamed = (page: ParentNode, title: string): Element =>
  [...page.querySelectorAll('figure')].find((each) => each.querySelector('strong')!.textContent === title)!;

describe('the page of a model-quality check', () => {
  test('keeps its sections in the order of reading, the estimate first while labels are missing', async () => {
    expect(sections(await shown(binaryQualityReport()))).toEqual([
      ...['violations', 'labels', 'metrics', 'course', 'segments', 'predictions', 'estimate', 'notes'],
    ]);
    expect(sections(await shown(noLabelsQualityReport())).slice(0, 5)).toEqual([
      ...['', 'estimate', 'course', 'labels', 'metrics'],
    ]);
  });

  test('is drawn without script and network, each id once, and links only to what is there', async () => {
    for (const report of all) {
      const page = await shown(report());
      expect(page.querySelectorAll('script, link, img, iframe, object, use, image')).toHaveLength(0);
      const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const link of page.querySelectorAll('a')) expect(ids).toContain(link.getAttribute('href')!.slice(1));
    }
  });

  test('gives each chart a title, words and the same numbers as a table, and colours by variables', async () => {
    for (const report of all) {
      const page = await shown(report());
      const figures = [...page.querySelectorAll('figure')];
      expect(figures.length).toBeGreaterThan(2);
      for (const figure of figures) {
        expect(figure.querySelector('figcaption strong')!.textContent).not.toBe('');
        expect(figure.querySelectorAll('details table tbody tr').length).toBeGreaterThan(1);
        for (const svg of figure.querySelectorAll('svg')) {
          expect(svg.querySelector('desc')!.textContent).toMatch(/\.$/);
        }
        for (const element of figure.querySelectorAll('svg [fill], svg [stroke]')) {
          for (const colour of [element.getAttribute('fill'), element.getAttribute('stroke')]) {
            expect(colour ?? 'none').toMatch(/^(none|var\(--\w+\))$/);
          }
        }
      }
    }
  });

  test('says how many predictions have their label, and shows it by hour', async () => {
    const page = await shown(binaryQualityReport());
    const { coverage } = binaryQualityReport().modelQuality!;
    const labels = page.querySelector('#labels')!;
    expect(labels.querySelector('.lead')!.textContent).toBe(
      '2,172 of 2,688 predictions have their label (80.8 %); labels come 3 hours late (median; 95 % within 7). 3 labels without a prediction in the window.',
    );
    expect(labels.querySelectorAll('tbody tr')).toHaveLength(coverage.hours.length);
    expect(page.querySelector('header')!.textContent).toContain('80.8 % with label');
    expect(page.querySelector('#hours')).toBeNull();
  });

  test('words violations for metrics: their values before and after, and what they link to', async () => {
    const page = await shown(binaryQualityReport());
    const table = page.querySelector('.violations')!;
    expect(texts(table, 'thead th')[0]).toBe('Metric');
    const [first] = texts(table, 'tbody tr');
    expect(first).toContain('metric has fallen');
    expect(first).toContain('0.650 before, 0.395 after');
    expect(table.textContent).not.toContain('of rows');
    const link = table.querySelector('a')!.getAttribute('href')!;
    expect(page.querySelector(link)!.textContent).toContain('Recall');
  });

  test('lists metrics with a limit first, violated ones before all, and folds those of a constant classifier', async () => {
    const page = await shown(binaryQualityReport());
    const [table, constants] = page.querySelectorAll('#metrics table');
    expect(cells(table!.querySelector('tbody tr'))).toEqual([
      'Recall recall',
      'violated',
      '0.6250.606 to 0.643',
      '0.5150.480 to 0.549',
      '0.625at least',
      '50 %',
    ]);
    const states = [...table!.querySelectorAll('tbody tr')].map((row) => cells(row)[1]);
    expect(states.slice(0, 3)).toEqual(['violated', 'violated', 'violated']);
    expect(states.slice(-4)).toEqual(['not judged', 'not judged', 'not judged', 'not judged']);
    expect(constants!.closest('details')!.open).toBe(false);
    expect(constants!.querySelectorAll('tbody tr')).toHaveLength(6);
    expect(texts(table!, 'tbody th').join()).not.toContain('constant');
  });

  test('tells a metric beyond its limit by chance from one within it', async () => {
    const page = await shown(regressionQualityReport());
    const states = [...page.querySelectorAll('#metrics tbody tr')].map((row) => cells(row)[1]);
    expect(states.slice(0, 4)).toEqual([
      ...['beyond limit, within chance', 'beyond limit, within chance', 'beyond limit, within chance', 'ok'],
    ]);
  });

  test('defines every metric, and says what the service lacks', async () => {
    const page = await shown(binaryQualityReport());
    const definitions = page.querySelector('#metrics details')!;
    expect(definitions.textContent).toContain('ties counting one half');
    expect(definitions.textContent).toContain('The service does not have it.');
    expect(page.querySelector('#metrics th[title^="Share of the actual positives"]')).not.toBeNull();
  });

  test('draws violated and main metrics in sight, and the others folded', async () => {
    const page = await shown(binaryQualityReport());
    const open = [...page.querySelectorAll('#course > .charts figure')].map(
      (figure) => figure.querySelector('strong')!.textContent,
    );
    expect(open).toEqual(['Recall', 'F1 score', 'Area under the ROC curve', 'Accuracy']);
    expect(page.querySelectorAll('#course details.others figure')).toHaveLength(11);
  });

  test('keeps realised and estimated apart, in key and table', async () => {
    const figure = figureNamed(await shown(binaryQualityReport()), 'Recall');
    expect(texts(figure, '.key')).toEqual([
      ...['realised', 'estimated without labels (CBPE)', 'baseline 0.625', 'limit 0.625'],
    ]);
    expect(texts(figure, 'thead th').slice(2)).toEqual([
      ...['Realised', '95 % interval', 'Estimated without labels (CBPE)', '95 % interval'],
    ]);
    const unlabelled = figureNamed(await shown(noLabelsQualityReport()), 'Area under the ROC curve');
    expect(texts(unlabelled, '.key')[0]).toBe('estimated without labels (CBPE)');
  });

  test('has the confusion matrices with counts and shares of the actual class', async () => {
    const page = await shown(binaryQualityReport());
    const [baseline, current] = page.querySelectorAll('.matrix');
    expect(baseline!.querySelector('caption')!.textContent).toContain('Baseline, 7,461 of 9,000 rows right');
    expect([...current!.querySelectorAll('tbody tr')].map(cells)).toEqual([
      ['<=50K', '1,24190.7 %', '1279.3 %', '1,368'],
      ['>50K', '39048.5 %', '41451.5 %', '804'],
    ]);
  });

  test('shows the worst twelve of many classes, the others summed up, and no row is lost', async () => {
    const classes = Array.from({ length: 40 }, (_, index) => `class ${index}`);
    const counts = classes.map((_, actual) => classes.map((__, predicted) => (actual === predicted ? 50 : actual)));
    const confusion = { current: { classes, counts } };
    const page = await shown(changed(multiclassQualityReport(), { confusion }));
    const rows = [...page.querySelectorAll('.matrix tbody tr')];
    expect(rows.map((row) => cells(row)[0])).toEqual(classes.slice(-12));
    for (const row of rows) {
      const numbers = [...row.querySelectorAll('td')].map((cell) =>
        Number(cell.firstChild!.textContent!.replace(',', '')),
      );
      expect(numbers).toHaveLength(14);
      expect(numbers.slice(0, 13).reduce((sum, count) => sum + count, 0)).toBe(numbers[13]);
    }
    expect(page.querySelector('.matrix thead')!.textContent).toContain('28 others');
    expect(page.querySelector('#predictions .small')!.textContent).toContain('12 of 40 classes');
  });

  test('cuts long names of classes in the middle, where they are least told apart', async () => {
    const classes = [1, 2].map((end) => `a class whose name is long and ends in nothing but a number ${end}`);
    const confusion = { current: { classes, counts: classes.map(() => [1, 2]) } };
    const page = await shown(changed(multiclassQualityReport(), { confusion }));
    expect(texts(page, '.matrix thead bdi')).toEqual(['a class whos… a number 1', 'a class whos… a number 2']);
    expect(page.querySelector('.matrix thead bdi')!.getAttribute('title')).toBe(classes[0]);
  });

  test('sets baseline and current classes side by side by name', async () => {
    const confusion = {
      baseline: {
        classes: ['a', 'b'],
        counts: [
          [5, 1],
          [2, 8],
        ],
      },
      current: {
        classes: ['b', 'new'],
        counts: [
          [7, 0],
          [3, 4],
        ],
      },
    };
    const page = await shown(changed(multiclassQualityReport(), { confusion }));
    const [, current] = page.querySelectorAll('.matrix');
    expect([...current!.querySelectorAll('tbody tr')].map(cells)).toEqual([
      ['a', '0–', '0–', '0–', '0'],
      ['b', '00 %', '7100 %', '00 %', '7'],
      ['new', '00 %', '342.9 %', '457.1 %', '7'],
    ]);
  });

  test('has a table of classes, the one that lost most first, instead of three metrics each', async () => {
    const page = await shown(multiclassQualityReport());
    const table = page.querySelector('#metrics .scroll table')!;
    expect(cells(table.querySelector('tbody tr')).slice(0, 3)).toEqual(['tram', '0.833', '0.575']);
    expect(table.querySelectorAll('tbody tr')).toHaveLength(6);
    expect(page.querySelector('#metrics .metrics')!.textContent).not.toContain('Recall of tram');
  });

  test('lists worse groups, or says that there are none', async () => {
    const page = await shown(binaryQualityReport());
    expect(cells(page.querySelector('#segments tbody tr'))).toEqual([
      'occupation = Sales & <service> and 24 <= age < 31',
      '1481,121 in the baseline',
      '0.1470.128 to 0.169',
      '0.4260.349 to 0.506',
      '+0.279+0.199 to +0.358',
      '< 0.0001',
    ]);
    const none = await shown(regressionQualityReport());
    expect(none.querySelector('#segments')!.textContent).toContain(
      'No group of rows got worse beyond chance; 96 groups were looked at.',
    );
    const unsearched = await shown(changed(regressionQualityReport(), { segmentsSearched: 0 }));
    expect(unsearched.querySelector('#segments')!.textContent).toContain('No group of rows was looked at');
    expect(await shown(noLabelsQualityReport()).then((dom) => dom.querySelector('#segments'))).toBeNull();
  });

  test('says every doubt about an estimate, and when labels show that it was wrong', async () => {
    const doubted = await shown(noLabelsQualityReport());
    expect(doubted.querySelector('#estimate .warning')!.textContent).toContain('Do not rely on this estimate.');
    expect(texts(doubted, '#estimate li')).toEqual([...noLabelsQualityReport().modelQuality!.estimate!.doubts]);
    const wrong = await shown(binaryQualityReport());
    expect(wrong.querySelector('#estimate .warning')!.textContent).toContain(
      'Nothing in the data spoke against this estimate, but the labels do',
    );
    const { estimate } = binaryQualityReport().modelQuality!;
    const metrics = estimate!.metrics.map((metric) => ({ ...metric, error: 0.001 }));
    const right = await shown(changed(binaryQualityReport(), { estimate: { ...estimate!, metrics } }));
    expect(right.querySelector('#estimate .ok')!.textContent).toContain('agree with it within chance');
  });

  test('says that labels are missing, and not that nothing was captured', async () => {
    const page = await shown(noLabelsQualityReport());
    expect(page.querySelector('.empty')!.textContent).toContain('No prediction has its label yet');
    expect(page.body.textContent).not.toContain('Nothing was captured');
    expect(page.querySelectorAll('#metrics tbody tr').length).toBeGreaterThan(0);
  });
});

describe('the page of a partial model-quality report', () => {
  test('bears predictions without scores', async () => {
    const scoreless = without(binaryQualityReport(), 'roc', 'precisionRecall', 'calibration', 'lift', 'estimate');
    const page = await shown(scoreless);
    expect(page.querySelectorAll('#predictions figure')).toHaveLength(0);
    expect(page.querySelectorAll('.matrix')).toHaveLength(2);
    expect(page.querySelector('#estimate')).toBeNull();
  });

  test('bears a baseline that is known by its limits only', async () => {
    const { modelQuality, ...report } = binaryQualityReport();
    const quality = modelQuality!;
    const metrics = quality.metrics.map(({ baseline: _, falseAlarm: __, ...metric }) => metric);
    const sides = (pair: { current?: unknown } | undefined): never => ({ current: pair?.current }) as never;
    const page = await shown({
      ...report,
      modelQuality: {
        ...quality,
        metrics,
        confusion: sides(quality.confusion),
        roc: sides(quality.roc),
        precisionRecall: sides(quality.precisionRecall),
        calibration: sides(quality.calibration),
        lift: sides(quality.lift),
        segments: [],
        segmentsSearched: 0,
      },
    });
    expect(cells(page.querySelector('#metrics tbody tr'))).toHaveLength(5);
    expect(page.querySelectorAll('.matrix')).toHaveLength(1);
    expect(texts(figureNamed(page, 'ROC curve'), 'thead th')).toEqual([
      'False positive rate',
      'True positive rate, current',
    ]);
  });

  test('bears a report of nothing', async () => {
    const coverage = { predictions: 0, labelled: 0, unmatchedLabels: 0, repeatedLabels: 0, hours: [] };
    const nothing = without(binaryQualityReport(), 'roc', 'precisionRecall', 'calibration', 'lift', 'estimate');
    const page = await shown({
      ...changed(nothing, { metrics: [], confusion: {}, segments: [], segmentsSearched: 0, coverage }),
      status: 'no-data',
      violations: [],
    });
    expect(page.querySelector('.empty')!.textContent).toContain('Nothing was captured in this window');
    expect(sections(page)).toEqual(['', 'labels', 'notes']);
  });

  test('bears data without times', async () => {
    const report = binaryQualityReport();
    const { coverage, metrics, estimate } = report.modelQuality!;
    const timeless = changed(report, {
      bucket: 'day',
      coverage: { ...coverage, hours: [] },
      metrics: metrics.map((metric) => ({ ...metric, series: [] })),
      estimate: { ...estimate!, metrics: estimate!.metrics.map((metric) => ({ ...metric, series: [] })) },
    });
    const page = await shown(timeless);
    expect(page.querySelector('#course')).toBeNull();
    expect(page.querySelectorAll('#labels figure')).toHaveLength(0);
  });

  test('shows names of classes, metrics and groups as text, whatever they are', async () => {
    const report = multiclassQualityReport();
    const quality = report.modelQuality!;
    const classes = ['<b>bold</b>', ...hostileTexts].slice(0, 12);
    const counts = classes.map((_, actual) => classes.map((__, predicted) => actual + predicted));
    const [metric] = quality.metrics;
    const hostile = changed(report, {
      addressing: { label: hostileTexts[0]!, prediction: hostileTexts[1]!, positiveLabel: hostileTexts[3]! },
      confusion: { baseline: { classes, counts }, current: { classes, counts } },
      metrics: classes.flatMap((name) => [
        { ...metric!, name: `f1:${name}`, title: `F1 score of ${name}`, definition: name, status: 'not-judged' },
        { ...metric!, name, title: name, definition: name, reason: name },
      ]),
      segments: classes.map((title) => ({ ...quality.segments[0]!, title })),
      estimate: {
        trusted: false,
        doubts: classes,
        metrics: classes.map((name) => ({ name, title: name, method: 'CBPE', series: metric!.series })),
      },
    });
    const markup = await reportHtml(hostile);
    const page = new JSDOM(markup).window.document;
    expect(page.querySelectorAll('script, img, iframe, object, link, b, main h1')).toHaveLength(1);
    expect(texts(page, '.matrix tbody th')).toContain('<b>bold</b>');
    expect(texts(page, '#segments tbody th')).toContain('<b>bold</b>');
    expect(withoutControls(markup) === markup).toBe(true);
    const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('stays under 1 MB for 400 days of hours, forty classes and estimates', async () => {
    const report = binaryQualityReport();
    const { metrics, estimate, coverage } = report.modelQuality!;
    const series = Array.from(
      { length: 400 },
      (_, day): MetricPoint => ({
        start: new Date(Date.UTC(2025, 0, 1 + day)).toISOString(),
        rows: 12_345,
        value: 0.5 + 0.4 * Math.sin(day),
        lower: 0.123456,
        upper: 0.987654,
      }),
    );
    const classes = Array.from({ length: 40 }, (_, index) => `a class with a long name, ${index}`);
    const matrix = { classes, counts: classes.map(() => classes.map(() => 123_456)) };
    const big = changed(report, {
      bucket: 'day',
      metrics: metrics.map((metric) => ({ ...metric, series })),
      estimate: { ...estimate!, metrics: metrics.map(({ name, title }) => ({ name, title, method: 'CBPE', series })) },
      confusion: { baseline: matrix, current: matrix },
      coverage: {
        ...coverage,
        hours: Array.from({ length: 400 * 24 }, (_, hour) => ({
          hour: new Date(Date.UTC(2025, 0, 1, hour)).toISOString(),
          predictions: 1000,
          labelled: 500,
        })),
      },
    });
    const page = await reportHtml(big);
    expect(Buffer.byteLength(page)).toBeLessThan(1_000_000);
    expect(page).toContain('The last 100 of 400 days.');
  });
});

describe('the page of a data-quality check', () => {
  test('carries nothing of model quality', async () => {
    const page = await reportHtml(sampleReport());
    expect(page).not.toMatch(/--estimated|matrix|with label|Metric</);
  });
});
