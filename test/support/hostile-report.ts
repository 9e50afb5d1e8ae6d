import type { FeatureReport, Report } from '../../kernel-lib/src/report/report.js';
import { sampleReport } from './sample-report.js';

/** Texts that try to leave their place in HTML, SVG, terminals and tables. */
export const hostileTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "it's \"quoted\" & 'ticked' `$[1]`",
  '</title></style></svg><h1>out</h1>',
  'مرحبا بالعالم',
  '\u202Eturned\u202C around',
  '👩‍👩‍👧‍👦 家族 café',
  `${'endless'.repeat(1500)}`,
  '\u001b[31mred\u001b[0m\u0007\n\ttwo lines',
  '\ud800 alone',
  ' class="x" id="zr0-c0" url(#zr0-c0) fill="none"',
  '',
  'https://example.com/?a=1&b=<2>',
];

/** The sample day with these texts as feature names, categories, values, reasons, excerpts, notes and sources. */
export function hostileReport(): Report {
  const report = sampleReport();
  const nasty = (index: number): string => hostileTexts[index % hostileTexts.length]!;
  const rename = (name: string): string => {
    const index = report.features.findIndex((feature) => feature.name === name);
    return index < 0 ? name : `${nasty(index)}${index >= hostileTexts.length ? index : ''}`;
  };
  const features = report.features.map((feature, index): FeatureReport => {
    const { distribution } = feature;
    return {
      ...feature,
      name: rename(feature.name),
      ...(index === 13 && { reason: nasty(0) }),
      ...(distribution?.kind === 'categorical' && {
        distribution: { ...distribution, categories: distribution.categories.map((_, at) => nasty(at)) },
      }),
    };
  });
  return {
    ...report,
    title: nasty(3),
    headline: nasty(1),
    monitor: nasty(0),
    endpoint: nasty(1),
    ruleSource: nasty(2),
    baseline: { ...report.baseline, source: nasty(0) },
    current: {
      ...report.current,
      source: nasty(7),
      read: {
        ...report.current.read!,
        reasons: hostileTexts.map((reason) => ({ reason, count: 1 })),
        examples: hostileTexts.map((text, index) => ({ file: text, line: index + 1, reason: text, excerpt: text })),
      },
    },
    mapping: {
      source: 'baseline-position',
      warning: nasty(0),
      columns: hostileTexts.map((text, index) => ({ part: 'input', index, name: text, example: text })),
    },
    features,
    violations: report.violations.map((violation, index) => ({
      ...violation,
      feature: rename(violation.feature),
      description: nasty(index),
      explanation: nasty(index + 5),
      ...(violation.query && { query: { ...violation.query, source: nasty(1), sql: nasty(index) } }),
    })),
    notes: [...hostileTexts],
  };
}
