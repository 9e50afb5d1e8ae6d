import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../../kernel-lib/src/report/html.js';
import { withoutControls } from '../../../kernel-lib/src/report/html-template.js';
import type {
  FeatureAttributionReport,
  OutputAttributionReport,
} from '../../../kernel-lib/src/report/model-explainability-report.js';
import { notebookHtml } from '../../../kernel-lib/src/report/notebook-html.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { reportText } from '../../../kernel-lib/src/report/terminal.js';
import { age, attributionReport, hours, marital, output } from '../../support/attribution-rows.js';
import { hostileTexts } from '../../support/hostile-report.js';
import { hostileExplainabilityReport, sampleExplainabilityReport } from '../../support/model-explainability-report.js';
import { sampleReport } from '../../support/sample-report.js';

async function shown(report: Report): Promise<Document> {
  const page = await reportHtml(report);
  expect(page.match(/.{30}(NaN|Infinity|undefined|\[object).{30}/)?.[0]).toBeUndefined();
  return new JSDOM(page).window.document;
}

const texts = (page: ParentNode, selector: string): string[] =>
  [...page.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');

/** Ids of the sections, without those that every report ends with. */
const sectionsOf = (page: Document): string[] => {
  const ids = [...page.querySelectorAll('section')].map(({ id }) => id);
  return ids.slice(0, ids.indexOf('method') + 1);
};

/** As many features and bins as a report is meant for. */
function wideOutput(count: number): OutputAttributionReport {
  const features = Array.from(
    { length: count },
    (_, place): FeatureAttributionReport => ({
      ...hours,
      feature: `feature ${place + 1}`,
      rank: { baseline: place + 1, current: count - place },
      distribution: {
        edges: Array.from({ length: 41 }, (__, bin) => bin / 10 - 2),
        baseline: Array.from({ length: 40 }, (__, bin) => bin * 10),
        current: Array.from({ length: 40 }, (__, bin) => 400 - bin * 10),
        baselineLevel: Array.from({ length: 40 }, (__, bin) => bin / 40),
        currentLevel: Array.from({ length: 40 }, (__, bin) => bin / 40),
      },
      dependence: Array.from({ length: 30 }, (__, bin) => ({
        ...hours.dependence![0]!,
        title: `${bin} to ${bin + 1}`,
        lower: bin,
        upper: bin + 1,
      })),
    }),
  );
  const series = Array.from({ length: 72 }, (_, hour) => ({
    start: new Date(Date.parse('2026-03-05T00:00:00Z') + hour * 3_600_000).toISOString(),
    rows: 100,
    shares: features.map(() => 1 / count),
    ndcg: 0.95,
    ndcgError: 0.01,
  }));
  return { ...output, features, series };
}

describe('the page of an explainability check', () => {
  it('says what the model rests on, what that does to the answers, over time, by value, by group and by request', async () => {
    const page = await shown(attributionReport());
    expect(sectionsOf(page)).toEqual([
      ...['violations', 'output-1', 'output-1-answer', 'output-1-course', 'output-1-spread', 'output-1-values'],
      ...['segments', 'requests', 'method'],
    ]);
    expect(texts(page, '.says')).toEqual([
      'The model rests on other features than in the baseline: nDCG 0.820 (95 %: 0.780 to 0.860); below 0.9 is drift.',
      'Beyond chance, of all attribution hours rose from 20.0 % to 50.0 % (rank 3 to 1), marital fell from 50.0 % to 30.0 % (rank 1 to 2).',
    ]);
    expect(page.querySelector('#violations a')?.getAttribute('href')).toBe('#output-1');
  });

  it('has a table of all features with ranks, shares and intervals, changes in words and marks', async () => {
    const page = await shown(attributionReport());
    const rows = [...page.querySelectorAll('#output-1 table.attributions tbody tr')];
    expect(rows.map((row) => row.querySelector('th')?.textContent)).toEqual(['marital', 'age', 'hours']);
    const cells = texts(rows[2]!, 'td');
    expect(cells[0]).toBe('3 → 1');
    expect(cells[2]).toBe('50.0 %46.0 % to 54.0 %');
    expect(cells[3]).toBe('+30.0+25.0 to +35.0');
    expect(cells[4]).toBe('▲ rosep 0.0003');
    expect(texts(rows[1]!, 'td')[4]).toBe('no change beyond chance');
  });

  it('reads every picture out, and has its numbers as a table', async () => {
    const page = await shown(attributionReport());
    for (const picture of page.querySelectorAll('svg[role=img]')) {
      expect(picture.querySelector('title')!.textContent).not.toBe('');
      expect(picture.querySelector('desc')!.textContent!.length).toBeGreaterThan(20);
    }
    for (const figure of page.querySelectorAll('figure')) expect(figure.querySelector('details table')).not.toBeNull();
    const waterfall = [...page.querySelectorAll('#output-1-answer svg desc')][0]!.textContent;
    expect(waterfall).toContain('baseline -0.900; hours +0.200; marital -0.050; current -0.750.');
  });

  it('shows single requests with their values, what is missing as such', async () => {
    const page = await shown(attributionReport());
    const [first] = page.querySelectorAll('#requests figure');
    expect(first!.querySelector('figcaption')!.textContent).toContain('its answer rests most on hours');
    expect(first!.querySelector('.place')!.textContent).toBe('8 Mar 2026, 02:10 UTC, event e-1');
    expect(texts(first!, 'details tbody tr')[1]).toBe('maritalmissing-0.100');
    expect(first!.querySelector('svg desc')!.textContent).toBe(
      'expected value -1.000; hours = 60 +1.200; marital = missing -0.100; age = 44 +0.200; answer 0.300.',
    );
  });

  it('folds all outputs but the first', async () => {
    const other = { ...output, label: '2', ranking: { ...output.ranking, value: 0.97, status: 'ok' as const } };
    const page = await shown(attributionReport([output, other]));
    expect(texts(page, 'details.output > summary')).toEqual(['2']);
    expect(page.querySelector('details.output #output-2')).not.toBeNull();
  });

  it('stays below a megabyte for 25 features, and grows little for 200', async () => {
    const page = await reportHtml(attributionReport([wideOutput(25)]));
    expect(page.length).toBeLessThan(1_000_000);
    expect((await reportHtml(attributionReport([wideOutput(200)]))).length).toBeLessThan(1_300_000);
  });

  it('does without intervals, charts and a baseline of rows', async () => {
    const bare: FeatureAttributionReport = {
      feature: 'age',
      rank: { baseline: 1, current: 1 },
      attribution: { baseline: { value: 0.3 }, current: { value: 0.3 } },
      share: { baseline: { value: 1 }, current: { value: 1 } },
      direction: 'not-judged',
      mean: { current: { value: 0.1 } },
    };
    const page = await shown(
      attributionReport([
        {
          label: 'label0',
          expectedValue: {},
          answer: {},
          ranking: { value: 1, threshold: 0.9, status: 'not-judged', reason: 'only 12 rows' },
          features: [bare],
          series: [],
          segments: [],
          examples: [],
        },
      ]),
    );
    expect(sectionsOf(page)).toEqual(['output-1', 'method']);
    expect(texts(page, '.says')[0]).toBe('The ranking was not judged: nDCG 1.000; below 0.9 is drift. Only 12 rows.');
  });

  it('is an empty notice without data', async () => {
    const page = await shown({ ...attributionReport(), status: 'no-data', violations: [] });
    expect(page.querySelector('.empty h2')?.textContent).toBe('Nothing was captured in this window');
    expect(page.querySelector('#output-1')).toBeNull();
  });
});

describe('texts of the data', () => {
  const hostile = (text: string): Report => {
    const named = (feature: FeatureAttributionReport): FeatureAttributionReport => ({
      ...feature,
      feature: text,
      dependence: (feature.dependence ?? []).map(({ lower: _, ...bin }) => ({ ...bin, title: text })),
    });
    return attributionReport(
      [
        {
          ...output,
          label: text,
          features: [named(hours), marital, age],
          segments: output.segments.map((segment) => ({
            ...segment,
            title: text,
            features: segment.features.map((feature) => ({ ...feature, feature: text })),
          })),
          examples: output.examples.map((example) => ({
            ...example,
            reason: text,
            eventId: text,
            features: example.features.map((feature) => ({ ...feature, feature: text, value: text })),
          })),
        },
        { ...output, label: text },
      ],
      { model: text },
    );
  };

  it.each(hostileTexts)('are never markup: %j', async (text) => {
    const page = await shown(hostile(text));
    expect(page.querySelectorAll('script, img, h1 h1')).toHaveLength(0);
    expect([...page.querySelectorAll('h1')]).toHaveLength(1);
    const { document } = new JSDOM(notebookHtml(hostile(text))).window;
    expect(document.querySelectorAll('script, img, h1')).toHaveLength(0);
  });

  it.each(hostileTexts)('never reach a terminal as commands: %j', (text) => {
    for (const width of [60, 80, 120]) {
      const shownText = reportText(hostile(text), { width });
      expect(withoutControls(shownText.replaceAll('\n', ''))).toBe(shownText.replaceAll('\n', ''));
    }
  });
});

describe('a day of drift', () => {
  it('is below a third of a megabyte, and names first what rose to the first rank', async () => {
    const page = await reportHtml(sampleExplainabilityReport());
    expect(page.length).toBeLessThan(350_000);
    const { document } = new JSDOM(page).window;
    expect(texts(document, '.says')[1]).toMatch(
      /^Beyond chance, of all attribution hours-per-week rose from \d\.\d % to \d\d\.\d % \(rank 7 to 1\), /,
    );
  });

  it('keeps the value of each feature in sight where its name is cut', async () => {
    const page = await shown(sampleExplainabilityReport());
    const [first] = page.querySelectorAll('#requests figure');
    const value = texts(first!, 'details tbody td')[0]!;
    expect(Number(value)).toBeGreaterThan(99);
    const labels = texts(first!, '.narrow svg text').filter((text) => text.endsWith(` = ${value}`));
    expect(labels).toHaveLength(1);
  });

  it('has changes of the features that sum to the change of the mean answer', () => {
    const [only] = sampleExplainabilityReport().modelExplainability!.outputs;
    const sum = only!.features.reduce((total, { meanChange }) => total + meanChange!.value, 0);
    expect(sum).toBeCloseTo(only!.answerChange!.value, 10);
  });

  it('writes no sign before a change that rounds to nothing', () => {
    const small = { ...age, shareChange: { value: -0.0001, lower: -0.0004, upper: 0.0003 } };
    const text = reportText(attributionReport([{ ...output, features: [small] }]), { width: 120 });
    expect(text).toContain(' 0.0  0.0 to 0.0 ');
    expect(text).not.toContain('-0.0 ');
  });

  it('is markup of its own only with hostile names everywhere', async () => {
    const page = await shown(hostileExplainabilityReport());
    expect(page.querySelectorAll('script, img, h1 h1')).toHaveLength(0);
    expect(page.querySelectorAll('[onerror]')).toHaveLength(0);
  });
});

describe('the terminal', () => {
  it.each([80, 100, 120])('keeps to %i columns', (width) => {
    for (const report of [attributionReport(), attributionReport([wideOutput(25)])]) {
      const lines = reportText(report, { width }).split('\n');
      expect(lines.filter((text) => [...text].length > width && !text.includes('/'))).toEqual([]);
    }
  });

  it('has a row for each feature, with what moved in words', () => {
    const text = reportText(attributionReport(), { width: 120 });
    expect(text).toContain('nDCG 0.820 (95 %: 0.780 to 0.860); below 0.9 is drift');
    const row = text.split('\n').find((line) => line.startsWith('hours '))!;
    expect(row.split(/\s{2,}/)).toEqual([
      ...['hours', '3 > 1', '20.0 %', '50.0 %', '+30.0', '+25.0 to +35.0', '+0.200', '▲ rose'],
    ]);
  });
});

describe('impact on predictions in a data-quality report', () => {
  const report = (): Report => {
    const sample = sampleReport();
    const [first] = sample.violations;
    return {
      ...sample,
      impactSource: { baseline: 'baseline', scale: 'log-odds', explained: 2_000 },
      features: sample.features.map((feature) =>
        feature.name === first!.feature
          ? {
              ...feature,
              impact: { score: 0.065, share: 0.086, meanChange: { value: 0.309, lower: 0.29, upper: 0.33 } },
            }
          : feature,
      ),
    };
  };
  const words =
    "It changes the mean answer by +0.309 (+0.290 to +0.330) log-odds. It has 8.6 % of the baseline's attribution; distance times share is 0.065.";

  it('stands beside the violation, both numbers named, and how violations are ranked above', async () => {
    const page = await shown(report());
    expect(texts(page, '.violations .impact')).toContain(words);
    expect(texts(page, '#violations .lead')[0]).toContain(
      'Ranked by what they do to predictions: the change of the mean answer that the feature explains, of 2,000 rows of the window.',
    );
    expect(reportText(report(), { width: 100 }).replace(/\s+/g, ' ')).toContain(words);
    expect(new JSDOM(notebookHtml(report())).window.document.body.textContent).toContain(words);
  });

  it('is not spoken of where it is not known', async () => {
    expect(texts(await shown(sampleReport()), '.impact')).toEqual([]);
    expect(reportText(sampleReport(), { width: 100 })).not.toContain('mean answer');
  });
});
