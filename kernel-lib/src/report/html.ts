import type { LabelCoverage } from '../capture/summary.js';
import { chartRenderer } from './charts/chart-renderer.js';
import { monitorWord, statusWord } from './check-words.js';
import { type Html, html, trusted } from './html-template.js';
import { attributionSections } from './page/attribution-section.js';
import { attributionStyle } from './page/attribution-style.js';
import { biasAnchors, biasSections } from './page/bias-section.js';
import { biasStyle } from './page/bias-style.js';
import { driftSection, mappingSection, notesSection, quarantineSection, rowsSection } from './page/data-sections.js';
import { featureSection } from './page/feature-section.js';
import { pageStyle } from './page/page-style.js';
import { metricAnchors, qualitySections } from './page/quality-section.js';
import { qualityStyle } from './page/quality-style.js';
import { violationsSection } from './page/violations-section.js';
import type { Report } from './report.js';
import { clipText, countText, percentText, plural, timeText, windowText } from './value-text.js';

/**
 * The report as one HTML page that needs nothing else: no network, no script (its policy forbids both), charts as inline
 * SVG with the same numbers as a table beside each. Light and dark, from 360 px to wide, and on paper. Under 1 MB for
 * 25 features of 100 bins. The same report gives the same page.
 */
export async function reportHtml(report: Report): Promise<string> {
  const draw = chartRenderer();
  const { modelQuality: quality, modelBias: bias, modelExplainability: explained } = report;
  const anchors = bias
    ? biasAnchors(bias)
    : quality
      ? metricAnchors(quality)
      : explained
        ? new Map([['shap', 'output-1']])
        : new Map(report.features.map(({ name }, index) => [name, `feature-${index + 1}`]));
  const features = report.features.map((feature) =>
    featureSection(
      feature,
      report.violations.filter((violation) => violation.feature === feature.name),
      anchors.get(feature.name)!,
      draw,
      report.impactSource,
    ),
  );
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Driftline ${report.producedBy.driftline}">
<title>${clipText(report.title)}: ${statusWord(report)}</title>
<style>${trusted(pageStyle)}${(quality || bias || explained) && trusted(qualityStyle)}${bias && trusted(biasStyle)}${explained && trusted(attributionStyle)}</style>
</head>
<body>
<main${(bias || explained) && html` class="bias-page"`}>
${headerOf(report)}
${report.status === 'no-data' && emptyNotice(report)}
${violationsSection(report, anchors)}
${bias ? biasSections(report, bias, anchors, draw) : quality ? qualitySections(report, quality, anchors, draw) : explained ? attributionSections(report, explained, draw) : driftSection(report.features, anchors, draw)}
${report.status !== 'no-data' && quality === undefined && bias === undefined && explained === undefined && rowsSection(report, draw)}
${
  features.length > 0 &&
  html`<section id="features"><h2>Features</h2><p class="lead">${plural(features.length, 'feature')}; those with findings are open.</p><div class="features">
${features}</div></section>`
}
${quarantineSection(report)}
${mappingSection(report)}
${notesSection(report)}
</main>
${footerOf(report)}
</body>
</html>
`;
  return page.markup;
}

function headerOf(report: Report): Html {
  const { window, current, baseline, endpoint, rule, ruleSource } = report;
  const coverage = coverageOf(report);
  const look = report.status === 'violations' ? 'violated' : report.status === 'ok' ? 'ok' : 'drifting';
  return html`<header>
<div class="eyebrow">${monitorWord(report.monitorType)} · ${clipText(report.title)}</div>
<div class="status ${look}">${statusIcon(report.status)}${statusWord(report)}</div>
<h1>${clipText(report.headline, 600)}</h1>
<dl class="facts">
${window && html`<div class="span"><dt>Window</dt><dd>${windowText(window)}</dd></div>`}
${endpoint !== undefined && html`<div><dt>Endpoint</dt><dd>${clipText(endpoint)}</dd></div>`}
<div><dt>Current</dt><dd>${plural(current.rows, 'row')}${current.read !== undefined && current.read.files > 0 && html` <small>${plural(current.read.files, 'file')}, ${sizeText(current.read.bytes)}</small>`}${coverage && coverage.predictions > 0 && html` <small>${percentText(coverage.labelled / coverage.predictions)} with label</small>`}</dd></div>
<div><dt>Baseline</dt><dd>${baseline.rows === 0 && (report.modelBias || report.modelExplainability) ? 'rows not known' : plural(baseline.rows, 'row')}</dd></div>
<div><dt>Quarantined</dt><dd>${current.read === undefined ? '–' : current.read.quarantined === 0 ? 'no lines' : html`<a href="#quarantine-current">${plural(current.read.quarantined, 'line')}</a>`}</dd></div>
<div><dt>Rule</dt><dd>${rule}<small>${clipText(ruleSource)}</small></dd></div>
</dl>
${report.mapping?.warning !== undefined && html`<p class="warning">${clipText(report.mapping.warning, 400)} <a href="#columns">See the columns.</a></p>`}
</header>`;
}

function statusIcon(status: Report['status']): Html {
  const mark = {
    violations: 'M10 5v6.2M10 14.2v.6',
    ok: 'M5.8 10.4l2.8 2.8 5.6-6',
    'no-data': 'M6 10h8',
  }[status];
  return html`<svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="9.5" fill="currentColor"/><path d="${mark}" stroke="var(--background)" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" fill="none"/></svg>`;
}

/** What an empty window says: what was looked for, where, and what to do next. */
function emptyNotice(report: Report): Html {
  const { window, newestCapture, current } = report;
  const coverage = coverageOf(report);
  if (coverage !== undefined && coverage.predictions > 0) return unlabelledNotice(report, coverage);
  return html`<section class="empty"><h2>Nothing was captured in this window</h2>
<p>There is no row in <code>${clipText(current.source, 300)}</code>${window && html` from ${windowText(window)}`}, so nothing was compared. That is a result, not a failure.</p>
${newestCapture !== undefined && html`<p>The newest capture is of <strong>${timeText(newestCapture)} UTC</strong>.</p>`}
<h3>What to look at</h3>
<ul><li>Was the endpoint called in this time?</li><li>Is data capture still enabled on it, with a sampling percentage above 0?</li><li>Does the capture arrive at the place above? It can lag by some minutes.</li></ul></section>`;
}

/** What is said of predictions of which none has its label. */
function unlabelledNotice({ modelBias, modelQuality }: Report, coverage: LabelCoverage): Html {
  const estimated = modelQuality?.estimate !== undefined;
  return html`<section class="empty"><h2>No prediction has its label yet</h2>
<p>${plural(coverage.predictions, 'prediction')} ${coverage.predictions === 1 ? 'was' : 'were'} captured, but ${modelBias ? 'bias' : 'quality'} is measured against labels, and none has come${coverage.unmatchedLabels > 0 && `: ${plural(coverage.unmatchedLabels, 'label')} ${coverage.unmatchedLabels === 1 ? 'belongs' : 'belong'} to no prediction of this window`}. ${!estimated ? 'Check the window again when labels are there.' : 'Below is what can be estimated without them; check the window again when they are there.'}</p></section>
`;
}

/** How many predictions have their label, where that matters. */
function coverageOf({ modelQuality, modelBias }: Report): LabelCoverage | undefined {
  return (modelQuality ?? modelBias)?.coverage;
}

function footerOf({ producedBy, createdAt, current, baseline, monitor }: Report): Html {
  return html`<footer><dl class="record"><dt>Made</dt><dd>${timeText(createdAt)} UTC by Driftline ${producedBy.driftline}, engine ${producedBy.engine}, seed ${producedBy.seed}</dd>${monitor !== undefined && html`<dt>Monitor</dt><dd>${clipText(monitor)}</dd>`}<dt>Baseline</dt><dd>${clipText(baseline.source, 400)} (${countText(baseline.columns)} columns)</dd><dt>Current</dt><dd>${clipText(current.source, 400)} (${countText(current.columns)} columns)</dd></dl></footer>`;
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return plural(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** power).toPrecision(3))} ${units[power - 1]}`;
}
