import type { CaptureWindow } from '../../capture/hour-path.js';
import type { LabelCoverage, ReadSummary } from '../../capture/summary.js';
import type { QualityMetric } from '../../metrics/model/quality.js';
import { headlineWithoutLabels } from '../../report/coverage-headline.js';
import type { MetricReport, ModelQualityReport } from '../../report/model-quality-report.js';
import type { Report, Rule, Violation } from '../../report/report.js';
import { titleOf } from '../../report/report-title.js';
import { countText, numberText, percentText, plural } from '../../report/value-text.js';
import { checkMetric, falseAlarmChance } from '../../violations/metric-checks.js';
import { metricSince } from '../../violations/metric-since.js';
import type { PreviousSince } from '../../violations/since.js';
import type { QualityBaseline } from './load-quality-baseline.js';
import type { QualityFindings } from './quality-findings.js';

/** Everything a model-quality report is made from. */
export interface QualityReportInput {
  readonly monitor?: string;
  readonly endpoint?: string;
  readonly createdAt: string;
  readonly window?: CaptureWindow;
  readonly rule: Rule;
  readonly ruleSource: string;
  readonly producedBy: Report['producedBy'];
  readonly baseline: QualityBaseline;
  readonly current: {
    readonly source: string;
    readonly read: ReadSummary;
    readonly columns: number;
    readonly addressing: { readonly label: string; readonly prediction: string; readonly probability?: string };
    readonly coverage: LabelCoverage;
    readonly newestHour: string | undefined;
    readonly notes: readonly string[];
  };
  readonly findings: QualityFindings;
  readonly previous?: PreviousSince;
}

/** Makes the report of a model-quality check. */
export function buildQualityReport(input: QualityReportInput): Report {
  const { current, baseline, rule, findings, window } = input;
  const violations = violationsOf(input);
  const decided = violations.filter(({ rules }) => rules.includes(rule));
  const empty = current.coverage.predictions === 0;
  return {
    schema: 'driftline.report',
    version: 1,
    title: titleOf({ ...input, monitorType: 'model-quality' }),
    monitorType: 'model-quality',
    ...(input.monitor !== undefined && { monitor: input.monitor }),
    ...(input.endpoint !== undefined && { endpoint: input.endpoint }),
    createdAt: input.createdAt,
    ...(window && { window }),
    status: empty || current.coverage.labelled === 0 ? 'no-data' : decided.length > 0 ? 'violations' : 'ok',
    headline: headlineOf(input, decided),
    rule,
    ruleSource: input.ruleSource,
    producedBy: input.producedBy,
    baseline: { source: baseline.source, rows: baseline.rows, columns: baseline.quality?.featureNames.length ?? 0 },
    current: {
      source: current.source,
      rows: current.coverage.predictions,
      columns: current.columns,
      read: current.read,
    },
    ...(current.newestHour !== undefined && { newestCapture: current.newestHour }),
    hours: current.coverage.hours.map(({ hour, predictions }) => ({ hour, rows: predictions })),
    features: [],
    violations,
    modelQuality: modelQualityOf(input, decided),
    notes: notesOf(input, findings),
  };
}

function modelQualityOf(input: QualityReportInput, decided: readonly Violation[]): ModelQualityReport {
  const { baseline, current, findings } = input;
  const { problem } = findings;
  const before = baseline.quality?.result;
  const now = findings.current;
  const pair = <T>(one: T | undefined, other: T | undefined): { baseline?: T; current?: T } | undefined =>
    one === undefined && other === undefined
      ? undefined
      : { ...(one !== undefined && { baseline: one }), ...(other !== undefined && { current: other }) };
  const curves = {
    roc: pair(before?.roc, now.roc),
    precisionRecall: pair(before?.precisionRecall, now.precisionRecall),
    calibration: pair(before?.calibration, now.calibration),
    lift: pair(before?.lift, now.lift),
  };
  const labelledAny = current.coverage.labelled > 0;
  return {
    problemType: problem.problemType,
    addressing: {
      ...current.addressing,
      ...(problem.positiveLabel !== undefined && {
        positiveLabel: problem.positiveLabel,
        threshold: problem.threshold,
      }),
    },
    coverage: current.coverage,
    bucket: findings.bucket,
    metrics: findings.metrics.map((metric) => metricReport(metric, input, decided)),
    confusion: pair(before?.confusion, labelledAny ? now.confusion : undefined) ?? {},
    ...(curves.roc && { roc: curves.roc }),
    ...(curves.precisionRecall && { precisionRecall: curves.precisionRecall }),
    ...(curves.calibration && { calibration: curves.calibration }),
    ...(curves.lift && { lift: curves.lift }),
    ...(findings.estimate && { estimate: findings.estimate }),
    segments: findings.segments,
    segmentsSearched: findings.segmentsSearched,
  };
}

function metricReport(
  { name, title, definition, unit, better, service }: QualityMetric,
  { baseline, findings }: QualityReportInput,
  decided: readonly Violation[],
): MetricReport {
  const before = baseline.quality?.result.values[name];
  const known = baseline.values[name];
  const current = findings.current.values[name];
  const reason = findings.current.reasons[name];
  const constraint = baseline.constraints[name];
  const chance = current && constraint && falseAlarmChance(current, before?.value ?? known, constraint);
  return {
    name,
    title,
    definition,
    unit,
    better,
    service,
    ...(before ? { baseline: before } : known !== undefined && { baseline: { value: known } }),
    ...(current && { current }),
    ...(current === undefined && reason !== undefined && { reason }),
    ...(constraint && { threshold: constraint.threshold, comparison: constraint.comparison_operator }),
    status:
      constraint === undefined || current === undefined
        ? 'not-judged'
        : decided.some(({ feature }) => feature === name)
          ? 'violated'
          : 'ok',
    ...(chance !== undefined && { falseAlarm: chance }),
    series: findings.series[name] ?? [],
  };
}

/** Those of the deciding rule first, then by how far they are beyond their limit, in units of the limit. */
function violationsOf({ baseline, findings, rule, previous }: QualityReportInput): Violation[] {
  const found = findings.metrics.flatMap(({ name, title, unit }): Violation[] => {
    const constraint = baseline.constraints[name];
    const current = findings.current.values[name];
    if (constraint === undefined || current === undefined) return [];
    const known = baseline.quality?.result.values[name];
    const { rules, description } = checkMetric(name, current, constraint, known);
    if (rules.length === 0) return [];
    const before = known?.value ?? baseline.values[name];
    const id = `${name}/${constraint.comparison_operator}`;
    const worse = constraint.comparison_operator === 'LessThanThreshold' ? 'lower' : 'higher';
    const since = metricSince(id, findings.series[name] ?? [], before ?? constraint.threshold, worse, previous);
    return [
      {
        id,
        feature: name,
        check: constraint.comparison_operator,
        description,
        explanation: explanationOf(title, current, constraint.threshold, before),
        measured: current.value,
        limit: constraint.threshold,
        ...(before !== undefined && { baselineValue: before }),
        unit: unit === 'fraction' ? 'distance' : 'value',
        rules,
        ...(since && { since }),
      },
    ];
  });
  const beyond = ({ measured, limit }: Violation): number => Math.abs(measured - limit) / (Math.abs(limit) || 1);
  return found.sort((a, b) => Number(b.rules.includes(rule)) - Number(a.rules.includes(rule)) || beyond(b) - beyond(a));
}

function explanationOf(
  title: string,
  { value, lower, upper }: { readonly value: number; readonly lower?: number; readonly upper?: number },
  threshold: number,
  baseline: number | undefined,
): string {
  const interval =
    lower === undefined || upper === undefined ? '' : ` (95 %: ${numberText(lower)} to ${numberText(upper)})`;
  const before = baseline === undefined || baseline === threshold ? '' : `, ${numberText(baseline)} in the baseline`;
  return `${title} is ${numberText(value)}${interval}; the limit is ${numberText(threshold)}${before}`;
}

function headlineOf({ current, window, findings }: QualityReportInput, decided: readonly Violation[]): string {
  const { predictions, labelled } = current.coverage;
  const estimated = findings.estimate === undefined ? '' : '; the quality is estimated without them';
  const unlabelled = headlineWithoutLabels(current, window, estimated);
  if (unlabelled !== undefined) return unlabelled;
  const of =
    labelled === predictions
      ? plural(labelled, 'labelled prediction')
      : `${countText(labelled)} labelled of ${plural(predictions, 'prediction')}`;
  const worst = findings.segments[0];
  const segment = worst === undefined ? '' : ` Worst group: ${worst.title}.`;
  if (decided.length === 0) return `No violations in ${of}: the model is as good as in the baseline.${segment}`;
  const names = decided.map(({ feature }) => feature);
  const listed = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  return `${plural(decided.length, 'violation')} in ${of}: ${listed}.${segment}`;
}

function notesOf({ baseline, current, rule }: QualityReportInput, findings: QualityFindings): string[] {
  const notes = [...current.notes, ...findings.notes];
  const { predictions, labelled } = current.coverage;
  if (labelled > 0 && labelled < predictions) {
    notes.push(
      `${percentText(labelled / predictions)} of the predictions have their label; the metrics are of these alone.`,
    );
  }
  const lost = current.read.quarantined;
  if (lost > 0)
    notes.push(
      `${plural(lost, 'line')} could not be used and ${lost === 1 ? 'is' : 'are'} left out: see the quarantine.`,
    );
  if (baseline.quality === undefined) {
    notes.push(
      'The baseline has no quality.json: intervals and curves of the baseline, segments and the estimate without labels are left out.',
    );
  }
  if (rule === 'threshold') {
    const half = findings.metrics.some(({ name }) => {
      const constraint = baseline.constraints[name];
      return constraint !== undefined && constraint.threshold === baseline.values[name];
    });
    if (half) {
      notes.push(
        'Limits that are the baseline\'s own values are broken by about half of all windows of a healthy model; the rule "significant" asks for the whole 95 % interval.',
      );
    }
  }
  const unjudged = Object.keys(baseline.constraints).filter((name) => findings.current.values[name] === undefined);
  if (labelled > 0 && unjudged.length > 0) {
    notes.push(`Constraints without a value in this window: ${unjudged.join(', ')}.`);
  }
  return notes;
}
