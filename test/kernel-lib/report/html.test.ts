import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import { reportHtml } from '../../../kernel-lib/src/report/html.js';
import { withoutControls } from '../../../kernel-lib/src/report/html-template.js';
import type { FeatureReport, Report } from '../../../kernel-lib/src/report/report.js';
import { hostileReport, hostileTexts } from '../../support/hostile-report.js';
import { cleanReport, emptyWindowReport, sampleReport } from '../../support/sample-report.js';

let page: string;
let document: Document;

beforeAll(async () => {
  page = await reportHtml(sampleReport());
  document = parse(page);
});

describe('reportHtml()', () => {
  test('makes a page that needs no network and no script', () => {
    expectSelfContained(page);
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
    expect(policy).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src data:");
  });

  test('begins with the status in words, the headline, the window and the counts', () => {
    const header = document.querySelector('header')!.textContent!;
    expect(header).toContain('4 violations');
    expect(header).toContain('4 of 15 features have violations');
    expect(header).toContain('5 Mar 2026, 00:00 to 24:00 UTC');
    expect(header).toContain('2,332 rows');
    expect(header).toContain('7 lines');
  });

  test('keeps its sections in the order of reading', () => {
    const ids = [...document.querySelectorAll('section')].map(({ id }) => id);
    expect(ids).toEqual(['violations', 'drift', 'hours', 'features', 'quarantine-current', 'columns', 'notes']);
    expect(document.querySelector('footer')!.textContent).toContain('DuckDB 1.5.5');
  });

  test('says of each violation what was measured, the limit, since when, the wording and the records', () => {
    const { violations } = sampleReport();
    const bodies = [...document.querySelectorAll('.violations tbody:not(.group)')];
    expect(bodies).toHaveLength(violations.length);
    const [first] = bodies;
    expect(first!.textContent).toContain('0.749');
    expect(first!.textContent).toContain('0.100');
    expect(first!.textContent).toContain('4 Mar 2026, 06:00');
    expect(first!.textContent).toContain(violations[0]!.explanation);
    expect(first!.textContent).toContain(violations[0]!.description);
    expect(first!.textContent).toContain(violations[0]!.query!.sql);
  });

  test('parts what only the other rule flags from what decides', () => {
    const rows = [...document.querySelectorAll('.violations tbody')];
    const group = rows.findIndex(({ className }) => className === 'group');
    expect(rows[group]!.textContent).toContain('other rule only');
    expect(rows[group + 1]!.textContent).toContain('probability');
    expect(rows).toHaveLength(group + 2);
  });

  test('opens the features with findings and folds the others', () => {
    const open = [...document.querySelectorAll('.feature')].map((feature) => feature.hasAttribute('open'));
    expect(open).toEqual(Array.from({ length: 15 }, (_, index) => index < 5));
  });

  test('gives each chart a title, a description and the same numbers as a table', () => {
    const figures = [...document.querySelectorAll('figure')];
    // Drift, rows per hour, and two for each feature.
    expect(figures).toHaveLength(2 + 2 * 15);
    for (const figure of figures) {
      expect(figure.querySelector('figcaption strong')!.textContent).not.toBe('');
      expect(figure.querySelectorAll('details table tbody tr').length).toBeGreaterThan(0);
      for (const svg of figure.querySelectorAll('svg')) {
        expect(svg.getAttribute('role')).toBe('img');
        for (const id of svg.getAttribute('aria-labelledby')!.split(' ')) {
          expect(svg.querySelector(`#${id}`)!.textContent).not.toBe('');
        }
      }
    }
  });

  test('has the counts of the report in the tables beside the charts', () => {
    const feature = sampleReport().features.find(({ name }) => name === 'workclass')!;
    const section = featureNamed('workclass');
    const rows = [...section.querySelectorAll('figure')[0]!.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    const { distribution } = feature;
    if (distribution?.kind !== 'categorical') throw new Error('workclass is categorical');
    expect(rows).toHaveLength(distribution.categories.length);
    for (const [index, category] of distribution.categories.entries()) {
      expect(rows[index]![0]).toContain(category);
      expect(rows[index]![1]).toBe(distribution.baseline[index]!.toLocaleString('en-US'));
      expect(rows[index]![3]).toBe(distribution.current[index]!.toLocaleString('en-US'));
    }
    expect(rows[distribution.unseen[0]!]![0]).toContain('new');
  });

  test('draws what lies outside the range of the baseline', () => {
    const texts = svgTexts(featureNamed('hours-per-week').querySelector('svg')!);
    expect(texts).toContain('> 99');
    expect(texts).toContain('74.9 %');
  });

  test('warns of misplaced columns at the top, and once', async () => {
    const report = sampleReport();
    const warning = 'column "label" gets the output of the model';
    const mapping = { ...report.mapping!, warning };
    const dom = parse(await reportHtml({ ...report, mapping, notes: [warning, ...report.notes] }));
    expect(dom.querySelector('header .warning')!.textContent).toContain(warning);
    expect(dom.querySelector('#columns details')!.hasAttribute('open')).toBe(true);
    expect(dom.querySelector('#notes')!.textContent).not.toContain(warning);
  });

  test('uses each id once, and links to ids that are there', () => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href')!);
    expect(targets.length).toBeGreaterThan(15);
    for (const target of targets) expect(ids).toContain(target.slice(1));
  });

  test('colours charts by variables only, so that they follow light and dark', () => {
    const colours = [...document.querySelectorAll('figure svg [fill], figure svg [stroke]')]
      .filter((element) => element.closest('defs') === null)
      .flatMap((element) => [element.getAttribute('fill'), element.getAttribute('stroke')])
      .filter((colour) => colour !== null && colour !== 'none');
    expect(colours.length).toBeGreaterThan(100);
    for (const colour of colours) expect(colour).toMatch(/^var\(--\w+\)$/);
  });

  test('gives the same page for the same report', async () => {
    expect((await reportHtml(sampleReport())) === page).toBe(true);
  });

  test('says what to do about an empty window, and draws nothing', async () => {
    const empty = parse(await reportHtml(emptyWindowReport()));
    expect(empty.querySelector('header')!.textContent).toContain('No data');
    expect(empty.querySelector('main')!.textContent).toContain('The newest capture is of 8 Mar 2026, 23:00 UTC');
    expect(empty.querySelectorAll('figure, .violations')).toHaveLength(0);
  });

  test('says that there are no violations', async () => {
    const clean = parse(await reportHtml(cleanReport()));
    expect(clean.querySelector('header')!.textContent).toContain('No violations');
    expect(clean.querySelector('#violations')).toBeNull();
    expect(clean.querySelectorAll('.feature[open]')).toHaveLength(0);
  });

  test('shows hostile names, categories and excerpts as text', async () => {
    const hostile = await reportHtml(hostileReport());
    expectSelfContained(hostile);
    const dom = parse(hostile);
    expect(dom.querySelectorAll('script, img, iframe, object, link, main h1')).toHaveLength(1);
    expect(dom.querySelectorAll('.feature')).toHaveLength(15);
    const names = [...dom.querySelectorAll('.feature h3')].map((name) => name.textContent);
    for (const text of hostileTexts.filter((each) => each.length < 100 && !/[\p{Cc}\p{Cs}\u202a-\u202e]/u.test(each))) {
      expect(names).toContain(text);
    }
    expect(withoutControls(hostile) === hostile).toBe(true);
    expect(hostile.length).toBeLessThan(600_000);
    const ids = [...dom.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('stays under 1 MB for 25 features of 100 bins over a week of hours', async () => {
    const big = bigReport();
    expect(Buffer.byteLength(JSON.stringify(big))).toBeLessThan(1_000_000);
    expect(Buffer.byteLength(await reportHtml(big))).toBeLessThan(1_000_000);
  });

  test.each([
    ['a constant column', { edges: [5, 5], baseline: [10], current: [7] }],
    ['no current rows', { edges: [0, 1, 2], baseline: [3, 4], current: [0, 0] }],
    ['no bins', { edges: [], baseline: [], current: [] }],
    ['tiny numbers', { edges: [1e-12, 2e-12, 3e-12], baseline: [3, 4], current: [1, 9] }],
    ['huge numbers', { edges: [-1e300, 0, 1e300], baseline: [3, 4], current: [1, 9] }],
  ])('draws %s without numbers that are none', async (_, counts) => {
    const report = sampleReport();
    const [feature] = report.features;
    const distribution = { kind: 'numeric' as const, ...counts, currentBelow: 1, currentAbove: 0 };
    const one = await reportHtml({ ...report, violations: [], features: [{ ...feature!, distribution }] });
    expect(one.match(/.{30}(NaN|Infinity|undefined).{30}/)?.[0]).toBeUndefined();
  });

  test('shows a feature that was not compared, with the reason and without charts', async () => {
    const report = sampleReport();
    const feature: FeatureReport = { name: 'late', status: 'not-compared', reason: 'no statistics', distances: [] };
    const dom = parse(await reportHtml({ ...report, violations: [], features: [feature], hours: [] }));
    expect(dom.querySelector('.feature')!.textContent).toContain('no statistics');
    expect(dom.querySelectorAll('figure')).toHaveLength(0);
  });
});

function featureNamed(name: string): Element {
  const found = [...document.querySelectorAll('.feature')].find(
    (each) => each.querySelector('h3')!.textContent === name,
  );
  if (found === undefined) throw new Error(`no feature ${name}`);
  return found;
}

function parse(markup: string): Document {
  return new JSDOM(markup).window.document;
}

function svgTexts(svg: Element): (string | null)[] {
  return [...svg.querySelectorAll('text')].map(({ textContent }) => textContent);
}

/** No element, attribute or style that would load or run anything. */
function expectSelfContained(markup: string): void {
  const dom = parse(markup);
  expect(dom.querySelectorAll('script, link, img, iframe, object, embed, base, form, use, image')).toHaveLength(0);
  for (const element of dom.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on|^src|^srcset|^action|^xlink/);
      if (name === 'href') expect(value).toMatch(/^#/);
    }
  }
  for (const style of dom.querySelectorAll('style')) expect(style.textContent).not.toMatch(/url\(|@import/);
}

function bigReport(): Report {
  const report = sampleReport();
  const hours = Array.from({ length: 168 }, (_, hour) => ({
    hour: new Date(Date.UTC(2026, 2, 2, hour)).toISOString(),
    rows: 1000 + hour,
  }));
  const features = Array.from({ length: 25 }, (_, index): FeatureReport => {
    const feature = report.features[index % 15]!;
    const bins = (seed: number): number[] =>
      Array.from({ length: 100 }, (__, bin) => 1 + ((bin * 7919 + seed * 104_729) % 9973));
    return {
      ...feature,
      name: `${feature.name}-${index}`,
      series: hours.map(({ hour, rows }) => ({ hour, rows, distance: ((rows * 31) % 97) / 970 })),
      distribution: {
        kind: 'numeric',
        edges: Array.from({ length: 101 }, (__, edge) => edge * 1.2345678),
        baseline: bins(index),
        current: bins(index + 1),
        currentBelow: 12,
        currentAbove: 3,
      },
    };
  });
  return { ...report, hours, features };
}
