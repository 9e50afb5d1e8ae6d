import type { CaptureWindow } from '../../capture/hour-path.js';
import { type FacetCounts, sideOf } from '../../metrics/bias/counts.js';
import type { BiasStage } from '../../metrics/bias/metric.js';
import { FEWEST } from '../../metrics/bias/smallest-base.js';
import { causeText } from '../../report/bias-cause-text.js';
import { biasExplanation, biasHeadline } from '../../report/bias-words.js';
import { headlineWithoutLabels } from '../../report/coverage-headline.js';
import type {
  BiasCause,
  BiasMetricReport,
  BiasSide,
  FacetBiasReport,
  ModelBiasReport,
} from '../../report/model-bias-report.js';
import type { Pair } from '../../report/model-quality-report.js';
import type { Report, Rule, Violation } from '../../report/report.js';
import { titleOf } from '../../report/report-title.js';
import { percentText, plural } from '../../report/value-text.js';
import { metricSince } from '../../violations/metric-since.js';
import type { PreviousSince } from '../../violations/since.js';
import type { BiasFindings, GroupFinding, MetricFinding } from './bias-findings.js';
import type { CurrentBias } from './current-bias.js';
import type { BiasBaseline } from './load-bias-baseline.js';
import { flipNotes } from './run-flip-test.js';
import type { Why } from './why.js';

/** Everything a bias report is made from. */
export interface BiasReportInput {
  readonly monitor?: string;
  readonly endpoint?: string;
  readonly createdAt: string;
  readonly window?: CaptureWindow;
  readonly rule: Rule;
  readonly ruleSource: string;
  readonly producedBy: Report['producedBy'];
  readonly baseline: BiasBaseline;
  readonly source: string;
  readonly current: CurrentBias;
  readonly findings: BiasFindings;
  readonly previous?: PreviousSince;
}

/** Makes the report of a bias check. */
export function buildBiasReport(input: BiasReportInput): Report {
  const { current, baseline, rule, window, source } = input;
  const modelBias = modelBiasOf(input);
  const violations = violationsOf(input, modelBias);
  const decided = violations.filter(({ rules }) => rules.includes(rule));
  return {
    schema: 'driftline.report',
    version: 1,
    title: titleOf({ ...input, monitorType: 'model-bias' }),
    monitorType: 'model-bias',
    ...(input.monitor !== undefined && { monitor: input.monitor }),
    ...(input.endpoint !== undefined && { endpoint: input.endpoint }),
    createdAt: input.createdAt,
    ...(window && { window }),
    status: current.coverage.labelled === 0 ? 'no-data' : decided.length > 0 ? 'violations' : 'ok',
    headline: headlineWithoutLabels(current, window) ?? biasHeadline(modelBias, violations, rule),
    rule,
    ruleSource: input.ruleSource,
    producedBy: input.producedBy,
    baseline: {
      source: baseline.source,
      rows: baseline.bias?.rows ?? 0,
      columns: baseline.bias?.featureNames.length ?? 0,
    },
    current: { source, rows: current.coverage.predictions, columns: current.columns, read: current.read },
    ...(current.newestHour !== undefined && { newestCapture: current.newestHour }),
    hours: current.coverage.hours.map(({ hour, predictions }) => ({ hour, rows: predictions })),
    features: [],
    violations,
    modelBias,
    notes: notesOf(input),
  };
}

function modelBiasOf({ baseline, current, findings, rule }: BiasReportInput): ModelBiasReport {
  const { addressing, settings, coverage, sample } = current;
  const { probabilityThreshold = 0.5 } = settings.attributes;
  const { groupVariable } = settings;
  return {
    label: {
      name: baseline.label?.name ?? current.labelName ?? 'label',
      positive: baseline.label?.positive ?? findings.measured.positive,
    },
    addressing: {
      ...addressing,
      ...(addressing.probability !== undefined && { threshold: probabilityThreshold }),
      ...(groupVariable !== undefined && { groupVariable }),
    },
    coverage,
    bucket: findings.bucket,
    facets: findings.groups.map((group) => facetReport(group, sample.rows, rule)),
    intersections: findings.intersections,
    comparisons: findings.comparisons,
  };
}

function facetReport(finding: GroupFinding, rows: number, rule: Rule): FacetBiasReport {
  const { group, baseline, baselineCounts, metrics, fairness } = finding;
  const { facet, value, title, others, counts, missing } = group;
  const sides = rows === 0 ? undefined : counts;
  const small = [
    { whose: title, count: sideOf(counts.cells, 1).rows },
    { whose: others, count: sideOf(counts.cells, 0).rows },
  ].find(({ count }) => rows > 0 && count < FEWEST);
  return {
    ...{ facet, value, title, others },
    advantaged: sidePair(baselineCounts, sides, 0),
    disadvantaged: sidePair(baselineCounts, sides, 1),
    missing: {
      ...(baseline?.state && { baseline: baseline.state.missing }),
      ...(rows > 0 && { current: missing }),
    },
    metrics: metrics.map((metric) => metricReport(metric, finding, rule, rows)),
    fairness: rows === 0 ? [] : fairness,
    ...(small && { warning: `only ${plural(small.count, 'row')} of the window: ${small.whose}` }),
  };
}

function sidePair(baseline: FacetCounts | undefined, current: FacetCounts | undefined, side: 0 | 1): Pair<BiasSide> {
  return {
    ...(baseline && { baseline: sideReport(baseline, side) }),
    ...(current && { current: sideReport(current, side) }),
  };
}

function sideReport({ cells, predicted }: FacetCounts, side: 0 | 1): BiasSide {
  const { rows, positiveLabels, truePositives, falseNegatives, falsePositives, trueNegatives } = sideOf(cells, side);
  return {
    rows,
    positiveLabels,
    ...(predicted && { confusion: { truePositives, falseNegatives, falsePositives, trueNegatives } }),
  };
}

function metricReport(
  { metric, baseline, current, judgement, series, why }: MetricFinding,
  finding: GroupFinding,
  rule: Rule,
  rows: number,
): BiasMetricReport {
  const { name, title, stage, definition, fair, unit } = metric;
  const { allowed, change, reason, rules, status } = judgement;
  const decided = rules.includes(rule);
  return {
    ...{ name, title, stage, definition, fair, unit },
    ...(baseline && { baseline: baseline.value }),
    ...(rows > 0 && { current: current.value }),
    ...(allowed && { allowed }),
    ...(change && { change }),
    status:
      rows === 0 ? 'not-judged' : decided ? 'violated' : rule === 'threshold' && status === 'violated' ? 'ok' : status,
    ...(rows === 0 ? { reason: 'the window has no labelled predictions' } : reason !== undefined && { reason }),
    ...(decided && why && { cause: causeReport(why, finding, stage) }),
    series,
  };
}

function causeReport({ parts, segments }: Why, finding: GroupFinding, stage: BiasStage): BiasCause {
  const { group, baselineCounts } = finding;
  return {
    sides: parts.sides,
    parts: parts.parts,
    segments,
    explanation: causeText(parts, segments, {
      title: group.title,
      others: group.others,
      baseline: baselineCounts!,
      current: group.counts,
      stage,
    }),
  };
}

/** Those of the deciding rule first, then the surest, then by how far the distance to the fair value has grown. */
function violationsOf({ findings, rule, previous }: BiasReportInput, modelBias: ModelBiasReport): Violation[] {
  const found = findings.groups.flatMap(({ group, metrics }, place) =>
    metrics.flatMap((finding, index): (Violation & { readonly order: number })[] => {
      const report = modelBias.facets[place]!.metrics[index]!;
      const violation = violationOf(finding, group, modelBias, place, report, previous);
      return violation === undefined ? [] : [{ ...violation, order: report.change?.adjustedPValue ?? 1 }];
    }),
  );
  const grown = ({ measured, limit }: Violation): number => Math.abs(measured - limit) / (Math.abs(limit) || 1);
  return found
    .sort(
      (a, b) =>
        Number(b.rules.includes(rule)) - Number(a.rules.includes(rule)) || a.order - b.order || grown(b) - grown(a),
    )
    .map(({ order: _, ...violation }) => violation);
}

function violationOf(
  { metric, baseline, current, judgement, series }: MetricFinding,
  { facet, value, title }: GroupFinding['group'],
  modelBias: ModelBiasReport,
  place: number,
  report: BiasMetricReport,
  previous: PreviousSince,
): Violation | undefined {
  const { rules, description, allowed } = judgement;
  const measured = current.value.value ?? ('value' in current.service ? finite(current.service.value) : undefined);
  if (rules.length === 0 || measured === undefined) return undefined;
  const before = baseline?.value.value;
  // The value of a threshold's group ends with the window's greatest number; its title does not.
  const id = `${title}/${metric.name}/bias_drift_check`;
  const above = measured >= metric.fair;
  const since =
    before === undefined ? undefined : metricSince(id, series, before, above ? 'higher' : 'lower', previous);
  const limit = (above ? allowed?.upper : allowed?.lower) ?? before ?? metric.fair;
  return {
    id,
    feature: metric.name,
    facet: { name: facet, value, title },
    check: 'bias_drift_check',
    description,
    explanation: biasExplanation(modelBias.facets[place]!, report, modelBias),
    measured,
    limit,
    ...(before !== undefined && { baselineValue: before }),
    unit: metric.unit === 'fraction' ? 'distance' : 'value',
    rules,
    ...(since && { since }),
  };
}

/** The report holds no infinities: the largest number there is stands for one. */
function finite(value: number): number {
  return Number.isFinite(value) ? value : Math.sign(value) * Number.MAX_VALUE;
}

function notesOf({ baseline, current, findings, rule }: BiasReportInput): string[] {
  const notes = [...current.notes];
  const { predictions, labelled } = current.coverage;
  if (labelled > 0 && labelled < predictions) {
    notes.push(
      `${percentText(labelled / predictions)} of the predictions have their label; bias is measured on these alone, as in the service.`,
    );
  }
  const lost = current.read.quarantined;
  if (lost > 0) {
    notes.push(
      `${plural(lost, 'line')} could not be used and ${lost === 1 ? 'is' : 'are'} left out: see the quarantine.`,
    );
  }
  if (baseline.bias === undefined) {
    notes.push(
      'The baseline has no bias.json: its values are taken as exact, and causes, segments and intersections of the baseline are left out.',
    );
  }
  if (rule === 'threshold') {
    notes.push(
      "The service's rule compares magnitudes, |current| > |baseline|: about half of all windows of an unchanged model break it somewhere, and a ratio that falls towards 0 does not.",
    );
  }
  if (findings.measured.rows.predictions === undefined && current.sample.rows > 0) {
    notes.push('There are no predictions, so only the metrics of the labels were computed.');
  }
  notes.push(...flipNotes(findings.groups.map(({ group }) => group)));
  for (const { group } of findings.groups) {
    if (group.missing > 0) {
      notes.push(
        `${plural(group.missing, 'row')} of the window ${group.missing === 1 ? 'has' : 'have'} no ${group.facet}: beside ${group.title} they count among the others, as in the service.`,
      );
    }
  }
  return notes;
}
