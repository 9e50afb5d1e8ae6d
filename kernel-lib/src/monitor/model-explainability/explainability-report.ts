import type { CaptureWindow } from '../../capture/hour-path.js';
import type { Explainer } from '../../explain/explainer.js';
import { shownModel } from '../../models/endpoint-address.js';
import type { ModelExplainabilityReport, OutputAttributionReport } from '../../report/model-explainability-report.js';
import type { MetricPoint } from '../../report/model-quality-report.js';
import type { Report, Rule, Violation } from '../../report/report.js';
import { titleOf } from '../../report/report-title.js';
import { countText, percentText, plural, timeText } from '../../report/value-text.js';
import { NORMAL_95 } from '../../stats/interval.js';
import { metricSince } from '../../violations/metric-since.js';
import type { PreviousSince } from '../../violations/since.js';
import type { AttributionFindings } from './attribution-findings.js';
import type { ExplainabilityBaseline } from './load-explainability-baseline.js';
import type { RowReader } from './read-rows.js';
import type { ExplainabilitySettings } from './settings.js';

/** Everything the report of an explainability check is made from. */
export interface ExplainabilityReportInput {
  readonly monitor?: string;
  readonly endpoint?: string;
  readonly createdAt: string;
  readonly rule: Rule;
  readonly ruleSource: string;
  readonly producedBy: Report['producedBy'];
  readonly baseline: ExplainabilityBaseline;
  readonly source: string;
  readonly rows: RowReader;
  readonly settings: ExplainabilitySettings;
  /** What explained the window; of an empty one the baseline. Undefined where neither is known. */
  readonly explainer: Pick<Explainer, 'method' | 'scale'> | undefined;
  /** Rows that were read, and of these explained. */
  readonly seen: number;
  readonly explained: number;
  readonly worstError: number;
  readonly findings: AttributionFindings;
  readonly previous?: PreviousSince;
  readonly notes: readonly string[];
}

/** Makes the report of an explainability check. */
export function buildExplainabilityReport(input: ExplainabilityReportInput): Report {
  const { rows, rule, baseline, source } = input;
  const window = rows.window();
  const read = rows.read();
  const violations = violationsOf(input);
  const decided = violations.filter(({ rules }) => rules.includes(rule));
  return {
    schema: 'driftline.report',
    version: 1,
    title: titleOf({ ...input, monitorType: 'model-explainability', ...(window && { window }) }),
    monitorType: 'model-explainability',
    ...(input.monitor !== undefined && { monitor: input.monitor }),
    ...(input.endpoint !== undefined && { endpoint: input.endpoint }),
    createdAt: input.createdAt,
    ...(window && { window }),
    status: input.seen === 0 ? 'no-data' : decided.length > 0 ? 'violations' : 'ok',
    headline: input.seen === 0 ? emptyHeadline(rows, window) : headlineOf(input, decided),
    rule,
    ruleSource: input.ruleSource,
    producedBy: input.producedBy,
    baseline: {
      source: baseline.source,
      rows: baseline.own?.profile.rows ?? 0,
      columns: baseline.own?.profile.features.length ?? baseline.outputs[0]!.features.length,
    },
    current: { source, rows: input.seen, columns: rows.names.length, read },
    ...(rows.newestHour !== undefined && { newestCapture: rows.newestHour }),
    ...(rows.mapping && { mapping: rows.mapping }),
    hours: rows.hours(),
    features: [],
    violations,
    modelExplainability: explainabilityOf(input),
    notes: notesOf(input, read.quarantined),
  };
}

/** A window without rows against a baseline that the service made. */
const UNKNOWN: Pick<Explainer, 'method' | 'scale'> = {
  scale: 'margin',
  method: { name: 'kernel', title: 'not explained', exact: false },
};

function explainabilityOf(input: ExplainabilityReportInput): ModelExplainabilityReport {
  const { settings, explainer = UNKNOWN, baseline, findings } = input;
  return {
    aggregation: settings.aggregation,
    scale: explainer.scale,
    method: explainer.method,
    model: shownModel(settings.model ?? ''),
    explained: {
      ...(baseline.own && { baseline: baseline.own.profile.rows }),
      current: input.explained,
    },
    additivityError: {
      ...(baseline.own && { baseline: baseline.own.additivityError }),
      ...(input.explained > 0 && { current: input.worstError }),
    },
    bucket: findings.bucket,
    // Those that drifted come first.
    outputs: findings.outputs
      .map(({ report }) => report)
      .sort((a, b) => Number(b.ranking.status === 'violated') - Number(a.ranking.status === 'violated')),
    comparisons: findings.comparisons,
  };
}

function violationsOf({ findings, previous, rule }: ExplainabilityReportInput): Violation[] {
  const { outputs } = findings;
  return outputs
    .flatMap(({ report, rules, description }): Violation[] => {
      if (rules.length === 0) return [];
      const { label, ranking, series } = report;
      const id = `${label}/shap/feature_attribution_drift_check`;
      const since = metricSince(id, ndcgSeries(series), 1, 'lower', previous ?? {});
      return [
        {
          id,
          feature: 'shap',
          label,
          check: 'feature_attribution_drift_check',
          description,
          explanation: explanationOf(report, outputs.length > 1),
          measured: ranking.value,
          limit: ranking.threshold,
          baselineValue: 1,
          unit: 'value',
          rules,
          ...(since && { since }),
        },
      ];
    })
    .sort((a, b) => Number(b.rules.includes(rule)) - Number(a.rules.includes(rule)) || a.measured - b.measured);
}

/** nDCG over time, of the buckets whose error is known. */
function ndcgSeries(series: OutputAttributionReport['series']): MetricPoint[] {
  return series.flatMap(({ start, rows, ndcg, ndcgError }) => {
    if (ndcg === undefined || ndcgError === undefined) return [];
    const half = NORMAL_95 * ndcgError;
    return [{ start, rows, value: ndcg, lower: ndcg - half, upper: ndcg + half }];
  });
}

/** "hours-per-week rose from rank 4 to 1 (7.1 % to 44.0 % of the attribution); ..." */
function explanationOf({ label, ranking, features }: OutputAttributionReport, several: boolean): string {
  const moved = features
    .filter(({ direction }) => direction === 'rose' || direction === 'fell')
    .sort((a, b) => Math.abs(b.shareChange?.value ?? 0) - Math.abs(a.shareChange?.value ?? 0))
    .slice(0, 3)
    .map(({ feature, rank, share, direction }) => {
      const places =
        rank.baseline === rank.current
          ? `stays at rank ${rank.current}`
          : `goes from rank ${rank.baseline} to ${rank.current}`;
      return `${feature} ${direction} from ${percentText(share.baseline?.value ?? 0)} to ${percentText(share.current?.value ?? 0)} of the attribution and ${places}`;
    });
  const whose = several ? ` of ${label}` : '';
  const ndcg = `The ranking of the features${whose} keeps ${ranking.value.toFixed(3)} of the baseline's (nDCG; below ${ranking.threshold} is drift)`;
  return moved.length === 0 ? `${ndcg}.` : `${ndcg}: ${moved.join('; ')}.`;
}

function headlineOf({ findings, seen, explained }: ExplainabilityReportInput, decided: readonly Violation[]): string {
  const rows = explained < seen ? `${countText(explained)} of ${plural(seen, 'row')}` : plural(seen, 'row');
  const [worst] = [...findings.outputs].sort((a, b) => a.report.ranking.value - b.report.ranking.value);
  const ndcg = worst!.report.ranking.value.toFixed(3);
  if (decided.length === 0)
    return `The model rests on the same features as in the baseline: nDCG ${ndcg} over ${rows}.`;
  const [top] = worst!.report.features
    .filter(({ direction }) => direction === 'rose')
    .sort((a, b) => (b.shareChange?.value ?? 0) - (a.shareChange?.value ?? 0));
  const which = top === undefined ? '' : `; ${top.feature} rose most`;
  return `The model rests on other features than in the baseline: nDCG ${ndcg} over ${rows}${which}.`;
}

function emptyHeadline(rows: RowReader, window: CaptureWindow | undefined): string {
  const { quarantined, reasons } = rows.read();
  if (quarantined > 0) {
    return `None of ${plural(quarantined, 'line')} could be read${reasons[0] === undefined ? '' : `: ${reasons[0].reason}`}.`;
  }
  if (window === undefined) return 'No data: the current data have no rows.';
  const span = `No data between ${timeText(window.start)} and ${timeText(window.end)} UTC`;
  const { newestHour } = rows;
  return newestHour === undefined
    ? `${span}; nothing was captured at all.`
    : `${span}; the newest capture is ${newestHour.slice(0, 10)}, ${newestHour.slice(11, 16)} UTC.`;
}

function notesOf(input: ExplainabilityReportInput, lost: number): string[] {
  const { baseline, rows, explained, seen, explainer, settings, rule } = input;
  const notes = [...(rows.mapping?.warning === undefined ? [] : [rows.mapping.warning]), ...input.notes];
  if (explained < seen) {
    notes.push(
      `${countText(explained)} of ${plural(seen, 'row')} were explained, drawn at random (seed ${input.producedBy.seed}).`,
    );
  }
  if (baseline.own === undefined) {
    notes.push(
      'The baseline has no attributions.json that belongs to it: its values are taken as exact, and shares, changes and distributions of the baseline are left out as far as they need its rows.',
    );
    if (explainer !== undefined && explainer.method.name !== 'kernel') {
      notes.push(
        `The service explains what a model answers, by Kernel SHAP; the window was explained by ${explainer.method.title}: rankings may differ for that alone. --explainer kernel explains as the service does.`,
      );
    }
  } else if (explainer !== undefined && baseline.own.method.name !== explainer.method.name) {
    notes.push(
      `The baseline was explained with ${baseline.own.method.title}, the window with ${explainer.method.title}: their attributions are not of one kind.`,
    );
  }
  if (baseline.own !== undefined && baseline.own.settings.model !== shownModel(settings.model ?? '')) {
    notes.push(`The baseline was made with another model file: ${baseline.own.settings.model ?? 'not known'}.`);
  }
  if (rule === 'threshold') {
    notes.push(
      "The service's rule takes nDCG without its error: a ranking close to the threshold breaks it by chance.",
    );
  }
  if (lost > 0) {
    notes.push(
      `${plural(lost, 'line')} of the current data could not be read and ${lost === 1 ? 'is' : 'are'} left out: see the quarantine.`,
    );
  }
  return notes;
}
