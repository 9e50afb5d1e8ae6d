import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { reportBundle } from '../../../kernel-lib/src/report/bundle.js';
import { notebookHtml } from '../../../kernel-lib/src/report/notebook-html.js';
import { REPORT_MIME_TYPE } from '../../../kernel-lib/src/report/report.js';
import { reportText } from '../../../kernel-lib/src/report/terminal.js';
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
const escapeCode = '\u001b';
const lineOf = (text: string, start: string): string =>
  text
    .split('\n')
    .find((line) => line.startsWith(start))!
    .replace(/ +/g, ' ');

describe('reportText() of bias', () => {
  test.each([60, 80, 100, 120, 200])('fits %i columns', (width) => {
    for (const report of all) {
      for (const line of reportText(report(), { width }).split('\n')) expect(line.length).toBeLessThanOrEqual(width);
    }
  });

  test('is plain ASCII but for the mark of a cut name without colour, and says the same with it', () => {
    for (const report of all) {
      const plain = reportText(report(), { width: 120 });
      expect([...plain].filter((character) => character > '~' && character !== '…')).toEqual([]);
      const coloured = reportText(report(), { width: 120, colour: true });
      expect(coloured.replace(new RegExp(`${escapeCode}\\[\\d+m`, 'g'), '')).toBe(plain);
    }
    expect(reportText(sampleBiasReport(), { colour: true })).toContain(`${escapeCode}[31m`);
  });

  test('has violations with their group, then each group with its sentence, metrics and causes, then where they meet', () => {
    const text = reportText(sampleBiasReport(), { width: 120 });
    const at = [
      'RD of sex = Female',
      '- RD of sex = Female: Rows with sex = Female and the label ">50K" are predicted so 49.1 points less often',
      'Labels: 4,900 of 5,104 predictions have their label (96.0 %)',
      'sex = Female against sex = Male',
      'Metric    Baseline',
      '- RD moved by sex = Female +0.',
      'demographic_parity_difference',
      'Too few for a verdict: only 21 rows',
      '83 rows without native-country',
      'Where sex and age meet',
    ].map((part) => text.indexOf(part));
    expect(at).not.toContain(-1);
    expect([...at].sort((a, b) => a - b)).toEqual(at);
  });

  test('says numbers, ranges, changes and what misleads', () => {
    const text = reportText(sampleBiasReport(), { width: 120 });
    expect(lineOf(text, 'RD  ')).toBe('RD 0.303 0.491 0.448 to 0.530 -0.303 to 0.303 +0.188 < 0.0001 violated');
    expect(text).toContain('KL: The service says -0.256: no label of the group is positive');
    expect(text).toContain('CDDL: no value: Group variable is empty or not provided.');
    expect(text).toMatch(/KL +0\.005 +infinite +at least 0\.075/);
    expect(text).toMatch(/sex = Female, age <= 40 +924 +0\.004 +0\.188 +0\.457 +0\.091/);
  });

  test('does not explain what only the other rule flags', () => {
    const text = reportText(sampleBiasReport(), { width: 120 });
    expect(text).toContain('Flagged by the other rule only');
    expect(text).not.toContain('- AD of sex = Female:');
  });

  test('says since when in the sentence where there is no room for a column', () => {
    const text = reportText(weekBiasReport(), { width: 60 }).replace(/\n +/g, ' ');
    expect(text).toContain('- RD of sex = Female, since 7 Mar 2026, 00:00:');
    expect(text).not.toContain('Since (UTC)');
  });

  test('has one line for each group without a violation, and none for what is not there', () => {
    const text = reportText(noLabelsBiasReport(), { width: 100 });
    expect(text).toContain('In the baseline, rows with sex = Female are predicted ">50K"');
    expect(text).not.toContain('meet');
    expect(reportText(labelsOnlyBiasReport(), { width: 100 })).not.toContain('DPPL');
  });

  test('lets no text of the data act', () => {
    for (const width of [60, 120]) {
      const text = reportText(hostileBiasReport(), { width });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      expect(text.length).toBeLessThan(100_000);
    }
  });
});

describe('notebookHtml() of bias', () => {
  test('has the sentences of each group in sight and its metrics folded, without script', () => {
    const fragment = JSDOM.fragment(notebookHtml(sampleBiasReport()));
    expect(fragment.querySelectorAll('script, style, img, [id]')).toHaveLength(0);
    expect(fragment.textContent).toContain('Rows with sex = Female are predicted ">50K" 19.6 points less often');
    const summaries = [...fragment.querySelectorAll('summary')].map(({ textContent }) => textContent);
    expect(summaries.filter((text) => text === '21 metrics')).toHaveLength(3);
    expect(summaries).toContain('Where sex and age meet');
    const [table] = fragment.querySelectorAll('table');
    expect(table!.querySelector('th')!.textContent).toBe('Metric');
    expect(table!.textContent).toContain('sex = Female');
    expect(fragment.textContent).toContain('infinite');
  });

  test('escapes texts of the data, and never shows NaN or undefined', () => {
    for (const report of [...all, hostileBiasReport]) {
      const markup = notebookHtml(report());
      expect(markup).not.toMatch(/NaN|undefined|\[object/);
      expect(JSDOM.fragment(markup).querySelectorAll('script, img, h1')).toHaveLength(0);
    }
  });

  test('is in the bundle beside the text and the report itself', () => {
    const report = sampleBiasReport();
    const bundle = reportBundle(report);
    expect(bundle['text/html']).toBe(notebookHtml(report));
    expect(bundle[REPORT_MIME_TYPE]).toEqual(report);
  });
});
