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
  const labels = coverageSection(quality, draw);
  const metrics = metricsSection(quality, report.rule, anchors);
  const course = courseSection(report, quality, draw);
  const estimate = estimateSection(quality);
  const answers = html`${segmentsSection(quality)}${predictionsSection(quality, draw)}`;
  return quality.coverage.labelled === 0
    ? html`${estimate}${course}${labels}${metrics}${answers}`
    : html`${labels}${metrics}${course}${answers}${estimate}`;
}

/** Ids of the metrics' rows, by name: what violations link to. */
export function metricAnchors({ metrics }: ModelQualityReport): Map<string, string> {
  return new Map(metrics.map(({ name }, index) => [name, `metric-${index + 1}`]));
}
