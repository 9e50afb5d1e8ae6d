import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { reportHtml } from '../../../kernel-lib/src/report/html.js';
import { withoutControls } from '../../../kernel-lib/src/report/html-template.js';
import type { Report } from '../../../kernel-lib/src/report/report.js';
import { chartTheme } from '../../../kernel-lib/src/report/theme.js';
import { hostileTexts } from '../../support/hostile-report.js';
import {
  hostileBiasReport,
  labelsOnlyBiasReport,
  noDataBiasReport,
  noLabelsBiasReport,
  quietBiasReport,
  sampleBiasReport,
  serviceBaselineBiasReport,
  weekBiasReport,
} from '../../support/model-bias-report.js';

const all = [
  ...[sampleBiasReport, weekBiasReport, quietBiasReport, labelsOnlyBiasReport],
  ...[serviceBaselineBiasReport, noLabelsBiasReport, noDataBiasReport],
];

const pages = new Map<() => Report, Promise<string>>();
const documents = new Map<() => Report, Promise<Document>>();

/** The page of a sample, made once. */
function pageOf(sample: () => Report): Promise<string> {
  const page = pages.get(sample) ?? reportHtml(sample());
  pages.set(sample, page);
  return page;
}

function sampleShown(sample: () => Report): Promise<Document> {
  const document = documents.get(sample) ?? pageOf(sample).then(parsed);
  documents.set(sample, document);
  return document;
}

async function shown(report: Report): Promise<Document> {
  return parsed(await reportHtml(report));
}

function parsed(page: string): Document {
  expect(page.match(/.{30}(NaN|Infinity|undefined|\[object).{30}/)?.[0]).toBeUndefined();
  return new JSDOM(page).window.document;
}

const texts = (page: ParentNode, selector: string): string[] =>
  [...page.querySelectorAll(selector)].map(({ textContent }) => textContent ?? '');
const rowOf = (page: ParentNode, name: string): Element =>
  [...page.querySelectorAll('.metrics.bias tr')].find((row) => row.querySelector('code')?.textContent === name)!;

describe('the page of a bias check', () => {
  test('has a section for each group, those with violations first, then meetings, labels and notes', async () => {
    const page = await sampleShown(sampleBiasReport);
    expect([...page.querySelectorAll('section')].map(({ id }) => id)).toEqual([
      ...['violations', 'group-1', 'group-2', 'group-3', 'intersections', 'labels', 'notes'],
    ]);
    const report = sampleBiasReport();
    const { facets } = report.modelBias!;
    const turned = {
      ...report,
      modelBias: { ...report.modelBias!, facets: [facets[2]!, facets[0]!, facets[1]!] },
    };
    expect(texts(await shown(turned), '.group h2 > bdi')).toEqual([
      ...['sex = Female', 'age > 40', 'native-country = Holand-Netherlands'],
    ]);
  });

  test('is drawn without script and network, each id once, and links only to what is there', async () => {
    for (const report of all) {
      const page = await sampleShown(report);
      expect(page.querySelectorAll('script, link, img, iframe, object, use, image')).toHaveLength(0);
      const ids = [...page.querySelectorAll('[id]')].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const link of page.querySelectorAll('a')) expect(ids).toContain(link.getAttribute('href')!.slice(1));
    }
  });

  test('stays below a megabyte and is the same on every run', async () => {
    for (const report of all) {
      expect(Buffer.byteLength(await pageOf(report))).toBeLessThan(1_000_000);
    }
    expect(await reportHtml(sampleBiasReport())).toBe(await pageOf(sampleBiasReport));
  });

  test('gives each chart a title, words and its numbers as a table, and colours by variables', async () => {
    for (const report of all) {
      const page = await sampleShown(report);
      for (const figure of page.querySelectorAll('figure')) {
        expect(figure.querySelector('figcaption strong')!.textContent).not.toBe('');
        const table = figure.matches('.dots') ? figure.parentElement!.querySelector('.metrics.bias') : figure;
        expect(table!.querySelectorAll('tbody tr').length).toBeGreaterThan(1);
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

  test('names group and metric of each violation, and leads to where the metric is told', async () => {
    const page = await sampleShown(sampleBiasReport);
    const table = page.querySelector('.violations')!;
    expect(texts(table, 'thead th')[0]).toBe('Metric');
    const recall = [...table.querySelectorAll('tbody')].find((each) => each.querySelector('a')?.textContent === 'RD')!;
    expect(recall.querySelector('.facet')!.textContent).toBe('sex = Female');
    expect(recall.textContent).toContain('further from equal treatment');
    expect(recall.textContent).not.toContain(' before, ');
    const finding = page.querySelector(recall.querySelector('a')!.getAttribute('href')!)!;
    expect(finding.querySelector('h3')!.textContent).toBe('Recall Difference RD');
    expect(finding.closest('section')!.id).toBe('group-1');
  });

  test('folds the violations of the other rule where they are many', async () => {
    const page = await sampleShown(sampleBiasReport);
    const folded = page.querySelector<HTMLDetailsElement>('#violations details.others')!;
    expect(folded.open).toBe(false);
    const { violations } = sampleBiasReport();
    const others = violations.filter(({ rules }) => !rules.includes('significant')).length;
    expect(folded.querySelectorAll('tbody')).toHaveLength(others);
    expect(folded.querySelector('summary')!.textContent).toContain(`${others} more violations`);
  });

  test('tells a violated metric in words, over time with its range, by its causes and the rows that carry it', async () => {
    const page = await sampleShown(weekBiasReport);
    const finding = [...page.querySelectorAll('#group-1 .finding')].find(
      (each) => each.querySelector('code')!.textContent === 'RD',
    )!;
    expect(finding.querySelector('p')!.textContent).toContain('are predicted so 48.0 points less often');
    const [course, cause] = finding.querySelectorAll('figure');
    expect(course!.querySelector('figcaption')!.textContent).toContain('allowed -0.303 to 0.303');
    expect(texts(course!, 'svg text')).toContain('since 7 Mar');
    expect(course!.querySelectorAll('tbody tr')).toHaveLength(7);
    expect(texts(cause!, 'tbody th')).toEqual([
      ...['sex = Female', 'sex = Male', 'sizes of both sides', 'predictions', 'labels by prediction'],
    ]);
    expect(texts(finding, '.segments tbody th')[0]).toBe('occupation = Adm-clerical');
    const parts = [...cause!.querySelectorAll('tbody tr')].map((row) => Number(row.lastElementChild!.textContent));
    expect(parts[2]! + parts[3]! + parts[4]!).toBeCloseTo(0.177, 2);
  });

  test('lists every metric with value, interval, baseline, range and change, in the order of the service', async () => {
    const page = await sampleShown(sampleBiasReport);
    const group = page.querySelector('#group-1')!;
    expect(texts(group, '.metrics.bias tr.stage')).toEqual([
      ...['Of the labels (before training)', 'Of the predictions (after training)'],
    ]);
    expect(group.querySelectorAll('.metrics.bias tbody tr:not(.stage)')).toHaveLength(21);
    expect([...rowOf(group, 'RD').children].map(({ textContent }) => textContent)).toEqual([
      'Recall Difference RD',
      'violated',
      '0.3030.273 to 0.332',
      '0.4910.448 to 0.530',
      '-0.303 to 0.303',
      '+0.188adjusted p < 0.0001',
    ]);
    expect(rowOf(group, 'CDDL').textContent).toContain('Group variable is empty or not provided');
    expect(rowOf(page.querySelector('#group-2')!, 'DI').textContent).toContain('0.8 to 1.25configured');
  });

  test('shows what is infinite, what rests on too few rows, and what the service says where that misleads', async () => {
    const group = (await sampleShown(sampleBiasReport)).querySelector('#group-3')!;
    expect(group.querySelector('.warning')!.textContent).toContain('Too few for a verdict: only 21 rows');
    const row = rowOf(group, 'KL').textContent;
    expect(row).toContain('infiniteat least 0.075');
    expect(row).toContain('service: -0.256');
    expect(rowOf(group, 'DPL').textContent).toContain('too few rowsonly 21 rows of native-country');
    const meanings = group.querySelector('.meanings')!.textContent;
    expect(meanings).toContain('The service says -0.256: no label of the group is positive');
    expect(texts(group, '.dots svg text')).toContain('infinite');
    expect(group.textContent).toContain('83 rows of the window have no value of native-country');
  });

  test('has the matrices of both sides, baseline and current, and the same counts as the report', async () => {
    const group = (await sampleShown(sampleBiasReport)).querySelector('#group-1')!;
    const captions = texts(group, '.matrix caption');
    expect(captions.map((text) => text.split(',')[0])).toEqual(['Baseline', 'Current', 'Baseline', 'Current']);
    const { confusion, rows } = sampleBiasReport().modelBias!.facets[0]!.disadvantaged.current!;
    const right = confusion!.truePositives + confusion!.trueNegatives;
    expect(captions[1]).toContain(`${right.toLocaleString('en-US')} of ${rows.toLocaleString('en-US')} rows right`);
  });

  test('shows meetings of groups as a heatmap whose strength follows the size and whose side follows the sign', async () => {
    const page = await sampleShown(sampleBiasReport);
    const tables = [...page.querySelectorAll('#intersections table')];
    expect(tables.map((table) => table.querySelector('caption')!.textContent)).toEqual([
      ...['Labels (DPL)', 'Predictions (DPPL)', 'Recall (RD)', 'Accuracy (AD)'],
    ]);
    for (const table of tables) {
      for (const cell of table.querySelectorAll<HTMLElement>('td.heat')) {
        const value = Number(cell.querySelector('strong')!.textContent);
        expect(cell.className).toBe(`heat ${value > 0 ? 'above' : 'below'}`);
        const strength = Number(cell.style.getPropertyValue('--share'));
        expect(strength).toBeGreaterThan(0);
        expect(strength).toBeLessThanOrEqual(1);
      }
    }
    const women = tables[2]!.querySelector('td.heat')!.textContent;
    expect(women).toMatch(/^0\.3160\.255 to 0\.367was 0\.\d{3}683 rows$/);
  });

  test('keeps the contrast of text on the strongest cell above 4.5', () => {
    for (const { text, violated, current, background } of [chartTheme.light, chartTheme.dark]) {
      for (const colour of [violated, current]) {
        // The sheet's strongest tint: 0.05 + 0.45.
        expect(contrast(text, mixed(colour, background, 0.5))).toBeGreaterThan(4.5);
      }
    }
  });

  test('gives the metrics under the names of Fairlearn and AIF360 with their definitions, folded', async () => {
    const page = await sampleShown(sampleBiasReport);
    const table = page.querySelector('#group-1 .fairness')!;
    expect(table.closest('details')!.open).toBe(false);
    expect(table.querySelectorAll('tbody tr')).toHaveLength(12);
    expect(table.textContent).toContain('demographic_parity_difference');
    expect(table.textContent).toContain('DPPL with the opposite sign');
  });

  test('tells the baseline where nothing was captured or labelled yet', async () => {
    const unlabelled = await sampleShown(noLabelsBiasReport);
    expect(unlabelled.querySelector('.empty')!.textContent).toContain('bias is measured against labels');
    expect(texts(unlabelled, '.group .says')[0]).toMatch(/^In the baseline, rows with sex = Female are predicted/);
    expect(unlabelled.querySelector('#intersections')).toBeNull();
    const nothing = await sampleShown(noDataBiasReport);
    expect(nothing.querySelector('.empty')!.textContent).toContain('Nothing was captured');
    expect(rowOf(nothing, 'DPPL').textContent).toContain('not judged');
  });

  test('does without predictions, and with a baseline that has no counts', async () => {
    const labels = await sampleShown(labelsOnlyBiasReport);
    expect(labels.querySelectorAll('#group-1 .metrics.bias tbody tr:not(.stage)')).toHaveLength(8);
    expect(labels.querySelector('.matrix caption')!.textContent).toBe('Labels (DPL)');
    expect(texts(labels, '#group-1 .sides thead th')).toEqual(['Side', 'Sample', 'Rows', 'Label >50K']);
    const service = await sampleShown(serviceBaselineBiasReport);
    expect(service.querySelector('header')!.textContent).toContain('rows not known');
    expect(texts(service, '#group-1 .sides tbody td:first-of-type')).toEqual(['current', 'current']);
  });

  test('shows hostile texts as they are', async () => {
    const page = await sampleShown(hostileBiasReport);
    expect(page.querySelectorAll('script, iframe, img, h1 h1, [onerror]')).toHaveLength(0);
    expect(page.querySelectorAll('h1')).toHaveLength(1);
    const text = page.body.textContent!;
    for (const hostile of hostileTexts.filter(({ length }) => length < 100)) {
      expect(text).toContain(withoutControls(hostile).trim());
    }
  });

  test('keeps with a group of another shape: no metrics, nothing to compare, many groups meeting', async () => {
    const report = sampleBiasReport();
    const [facet] = report.modelBias!.facets;
    const [crossing] = report.modelBias!.intersections;
    const names = Array.from({ length: 40 }, (_, index) => `group ${index}`);
    const page = await shown({
      ...report,
      violations: [],
      modelBias: {
        ...report.modelBias!,
        facets: [{ ...facet!, metrics: [], fairness: [], advantaged: {}, disadvantaged: {} }],
        intersections: [{ ...crossing!, rows: names, columns: names }],
      },
    });
    expect(page.querySelector('#group-1 figure')).toBeNull();
    expect(page.querySelector('#intersections')!.textContent).toContain('44 groups left out');
  });
});

type Colour = readonly [number, number, number];

function channels(hex: string): Colour {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)) as unknown as Colour;
}

function mixed(over: string, under: string, share: number): string {
  const [a, b] = [channels(over), channels(under)];
  return `#${a
    .map((value, i) =>
      Math.round(value * share + b[i]! * (1 - share))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** WCAG 2.2, relative luminance and contrast ratio. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string): number => {
    const [r, g, b] = channels(hex).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as unknown as Colour;
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
