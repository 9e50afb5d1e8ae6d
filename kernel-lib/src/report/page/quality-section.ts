import type { ChartRenderer } from '../charts/chart-renderer.js';
import { type Html, html } from '../html-template.js';
import type { ModelQualityReport } from '../model-quality-report.js';
import type { Report } from '../report.js';
import { courseSection } from './course-section.js';
import { coverageSection } from './coverage-section.js';
import { estimateSection } from './estimate-section.js';
import { metricsSection } from './metrics-section.js';
import { predictionsSection } from './predictions-section.js';
import { segmentsSection } from './segments-section.js';

/** Everything of a model-quality check, in the order of reading; before labels are there, the estimate comes first. */
export function qualitySections(
  report: Report,
  quality: ModelQualityReport,
  anchors: ReadonlyMap<string, string>,
  draw: ChartRenderer,
): Html {
  const unlabelled = quality.coverage.labelled === 0;
  const estimate = estimateSection(quality);
  return html`${unlabelled && estimate}${coverageSection(quality, draw)}${metricsSection(quality, report.rule, anchors)}${courseSection(report, quality, draw)}${segmentsSection(quality)}${predictionsSection(quality, draw)}${!unlabelled && estimate}`;
}

/** Ids of the metrics' rows, by name: what violations link to. */
export function metricAnchors({ metrics }: ModelQualityReport): Map<string, string> {
  return new Map(metrics.map(({ name }, index) => [name, `metric-${index + 1}`]));
}
