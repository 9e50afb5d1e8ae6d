import { conditionSql } from '../capture/condition.js';
import type { ColumnMapping, ReadSummary } from '../capture/summary.js';
import type { Constraints } from '../constraints/constraints.js';
import { driftMetrics } from '../metrics/registry.js';
import type { HourProfile } from '../profile/capture-profile.js';
import type { ColumnProfile, Profile } from '../profile/profile.js';
import { categoricalLInfinity, lInfinity } from '../stats/distance.js';
import { type CheckedConstraints, checkConstraints } from '../violations/check.js';
import type { FeatureDrift } from '../violations/drift.js';
import type { CheckOutcome, ViolatedOutcome } from '../violations/outcome.js';
import { type PreviousSince, sinceWhen } from '../violations/since.js';
import { distributionOf, summaryOf } from './distributions.js';
import { explain } from './explain.js';
import type {
  Distance,
  FeatureReport,
  MonitorType,
  RecordsQuery,
  Report,
  Rule,
  SampleSummary,
  Violation,
} from './report.js';
import { titleOf } from './report-title.js';
import { countText, plural, timeText } from './value-text.js';

/** Everything a report is made from. Clock, versions and seed are passed in: the same input makes the same report. */
export interface ReportInput {
  readonly monitorType: MonitorType;
  readonly monitor?: string;
  readonly endpoint?: string;
  readonly createdAt: string;
  readonly window?: { readonly start: string; readonly end: string };
  readonly rule: Rule;
  readonly ruleSource: string;
  readonly producedBy: Report['producedBy'];
  readonly constraints: Constraints;
  readonly baseline: { readonly source: string; readonly profile: Profile | undefined };
  readonly current: {
    readonly source: string;
    readonly profile: Profile;
    readonly read: ReadSummary;
    readonly hours: readonly HourProfile[];
  };
  readonly newestCapture?: string;
  readonly mapping?: ColumnMapping;
  /** See `sinceWhen`. */
  readonly previous?: PreviousSince;
  /** What a check hook found. */
  readonly custom?: readonly ViolatedOutcome[];
  readonly notes?: readonly string[];
}

/** Hourly series are drawn for windows of up to a week; longer ones would make the report grow with time. */
const MAX_HOURS = 168;

/** Makes the one value that every rendering shows, from profiles and constraints. */
export function buildReport(input: ReportInput): Report {
  const { current, baseline, rule, window } = input;
  const shared = {
    schema: 'driftline.report',
    version: 1,
    title: titleOf(input),
    monitorType: input.monitorType,
    ...(input.monitor !== undefined && { monitor: input.monitor }),
    ...(input.endpoint !== undefined && { endpoint: input.endpoint }),
    createdAt: input.createdAt,
    ...(window && { window }),
    rule,
    ruleSource: input.ruleSource,
    producedBy: input.producedBy,
    baseline: {
      source: baseline.source,
      rows: baseline.profile?.rowCount ?? 0,
      columns: baseline.profile?.columns.length ?? input.constraints.features.length,
    },
    current: {
      source: current.source,
      rows: current.profile.rowCount,
      columns: current.profile.columns.length,
      read: current.read,
    } satisfies SampleSummary,
    ...(input.newestCapture !== undefined && { newestCapture: input.newestCapture }),
    ...(input.mapping && { mapping: input.mapping }),
  } as const;
  if (current.profile.rowCount === 0) {
    return {
      ...shared,
      status: 'no-data',
      headline: emptyHeadline(input),
      hours: [],
      features: [],
      violations: [],
      notes: notesOf(input, []),
    };
  }

  const checked = checkConstraints(baseline.profile, current.profile, input.constraints);
  const violations = violationsOf(input, checked);
  const features = featuresOf(input, checked, violations);
  const decided = violations.filter(({ rules }) => rules.includes(rule));
  return {
    ...shared,
    status: decided.length > 0 ? 'violations' : 'ok',
    headline: headlineOf(decided, features, current.profile.rowCount),
    hours: hoursOf(input),
    features,
    violations,
    notes: notesOf(input, checked.outcomes),
  };
}

function headlineOf(decided: readonly Violation[], features: readonly FeatureReport[], rows: number): string {
  if (decided.length === 0) {
    const compared = features.filter(({ status }) => status !== 'not-compared').length;
    if (compared < features.length) {
      return `No violations in ${plural(rows, 'row')}; the distributions of ${compared} of ${plural(features.length, 'feature')} were compared.`;
    }
    return `No violations: ${plural(compared, 'feature')} of ${plural(rows, 'row')} ${compared === 1 ? 'is' : 'are'} as in the baseline.`;
  }
  const names = [...new Set(decided.map(({ feature }) => feature))];
  const listed = names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
  return `${plural(decided.length, 'violation')} in ${plural(rows, 'row')}: ${listed}.`;
}

function emptyHeadline({ window, newestCapture, current }: ReportInput): string {
  const read = current.read;
  if (read.quarantined > 0 && read.rows === 0) {
    const [reason] = read.reasons;
    return `None of ${plural(read.quarantined, 'line')} could be read${reason === undefined ? '' : `: ${reason.reason}`}.`;
  }
  if (window === undefined && newestCapture === undefined) return 'No data: the current data have no rows.';
  const span =
    window === undefined ? 'No data' : `No data between ${timeText(window.start)} and ${timeText(window.end)} UTC`;
  return newestCapture === undefined
    ? `${span}; nothing was captured at all.`
    : `${span}; the newest capture is ${newestCapture.slice(0, 10)}, ${newestCapture.slice(11, 16)} UTC.`;
}

function violationsOf(input: ReportInput, { outcomes, drift }: CheckedConstraints): Violation[] {
  const driftOf = new Map(drift.flatMap((entry) => ('evidence' in entry ? [[entry.feature, entry] as const] : [])));
  const found = [...outcomes.filter((outcome) => outcome.kind === 'violated'), ...(input.custom ?? [])];
  const seen = new Map<string, number>();
  const violations = found.map((outcome): Violation => {
    const key = `${outcome.feature}/${outcome.check}`;
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    const id = times === 1 ? key : `${key}/${times}`;
    const { condition, feature } = outcome;
    const since = condition && sinceWhen(id, condition, input.current.hours, input.baseline.profile, input.previous);
    return {
      id,
      feature,
      check: outcome.check,
      description: outcome.description,
      explanation: explain(outcome, {
        baseline: columnOf(input.baseline.profile, feature),
        current: columnOf(input.current.profile, feature),
        drift: driftOf.get(feature),
      }),
      measured: outcome.measured,
      limit: outcome.limit,
      ...(outcome.baselineValue !== undefined && { baselineValue: outcome.baselineValue }),
      unit: outcome.unit,
      rules: outcome.rules,
      ...(since && { since }),
      ...(outcome.rows !== undefined && { rows: outcome.rows }),
      ...(condition && { query: queryOf(input, condition) }),
    };
  });
  const rank = (violation: Violation): number => (violation.rules.includes(input.rule) ? 0 : 1);
  return violations.sort((a, b) => rank(a) - rank(b) || excess(b) - excess(a) || (a.id < b.id ? -1 : 1));
}

/** How far the measure is beyond its limit, as a share of what is possible; columns first. */
function excess({ measured, limit, unit }: Violation): number {
  const distance = Math.abs(measured - limit);
  return unit === 'columns' ? 1 + distance : Math.min(1, distance);
}

function queryOf({ current, window }: ReportInput, condition: NonNullable<ViolatedOutcome['condition']>): RecordsQuery {
  return { source: current.source, ...(window && { window }), condition, sql: conditionSql(condition) };
}

function featuresOf(
  input: ReportInput,
  checked: CheckedConstraints,
  violations: readonly Violation[],
): FeatureReport[] {
  const names = [
    ...new Set([
      ...input.constraints.features.map(({ name }) => name),
      ...input.current.profile.columns.map(({ name }) => name),
    ]),
  ];
  const driftOf = new Map(checked.drift.map((drift) => [drift.feature, drift]));
  const partOf = new Map((input.mapping?.columns ?? []).map(({ name, part }) => [name, part]));
  const violated = [
    ...new Set(violations.filter(({ rules }) => rules.includes(input.rule)).map(({ feature }) => feature)),
  ];
  const features = names.map((name): FeatureReport => {
    const baseline = columnOf(input.baseline.profile, name);
    const current = columnOf(input.current.profile, name);
    const drift = driftOf.get(name);
    const compared = drift !== undefined && 'evidence' in drift ? drift : undefined;
    const part = partOf.get(name);
    const distribution = baseline && current && distributionOf(baseline, current);
    const series = compared && seriesOf(compared, input.current.hours);
    return {
      name,
      ...((part === 'input' || part === 'output') && { part }),
      status: violated.includes(name) ? 'violated' : compared === undefined ? 'not-compared' : 'ok',
      ...(compared === undefined && { reason: whyNotCompared(drift, baseline, current) }),
      ...(baseline && { baseline: summaryOf(baseline) }),
      ...(current && { current: summaryOf(current) }),
      ...(distribution && { distribution }),
      distances: compared === undefined ? [] : distancesOf(compared),
      ...(compared && { drift: compared.evidence }),
      ...(series && { series }),
    };
  });
  const order = { violated: 0, drifting: 1, ok: 2, 'not-compared': 3 };
  const rank = ({ status, drift }: FeatureReport): number =>
    order[status === 'ok' && drift !== undefined && drift.distance > drift.threshold ? 'drifting' : status];
  return features.sort((a, b) => rank(a) - rank(b) || violated.indexOf(a.name) - violated.indexOf(b.name));
}

function whyNotCompared(
  drift: CheckedConstraints['drift'][number] | undefined,
  baseline: ColumnProfile | undefined,
  current: ColumnProfile | undefined,
): string {
  if (drift !== undefined && 'reason' in drift) return drift.reason;
  if (current === undefined) return 'the column is missing now';
  return baseline === undefined
    ? 'the baseline does not have this column'
    : 'checks are disabled for it in constraints.json';
}

function distancesOf({ pair, judged }: FeatureDrift): Distance[] {
  return driftMetrics
    .filter(({ kinds }) => kinds.includes(pair.kind))
    .flatMap(({ name, title, definition, compute }) => {
      const result = compute(pair);
      if (result === undefined || !Number.isFinite(result.value)) return [];
      return [
        {
          name,
          title,
          value: result.value,
          ...(result.pValue !== undefined && { pValue: result.pValue }),
          // The service's ChiSquared is another test than this one: its limit does not stand beside this p-value.
          ...(judged.name === name && name !== 'chi_squared' && { threshold: judged.limit }),
          definition,
        },
      ];
    })
    .sort((a, b) => Number(b.name === judged.name) - Number(a.name === judged.name));
}

/** The plain distance of each hour from the baseline; noisier than the window's, and never judged. */
function seriesOf({ feature, pair }: FeatureDrift, hours: readonly HourProfile[]): FeatureReport['series'] {
  if (hours.length < 2 || hours.length > MAX_HOURS) return undefined;
  return hours.flatMap(({ hour, profile }) => {
    const column = columnOf(profile, feature);
    if (hour === undefined || column === undefined) return [];
    const distance = distanceOf(pair, column);
    return distance === undefined ? [] : [{ hour, rows: column.present, distance }];
  });
}

function distanceOf(pair: FeatureDrift['pair'], hour: ColumnProfile): number | undefined {
  if (pair.kind === 'numeric') {
    return hour.numeric && lInfinity(pair.sketches.baseline, hour.numeric.sketch.weightedOnce(), 'Simple')?.distance;
  }
  return hour.values && categoricalLInfinity(pair.baseline, hour.values, 'Simple')?.distance;
}

function hoursOf({ current, window }: ReportInput): Report['hours'] {
  const rows = new Map(
    current.hours.flatMap(({ hour, profile }) => (hour === undefined ? [] : [[hour, profile.rowCount]])),
  );
  const known = [...rows.keys()].sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const hourMs = 3_600_000;
  const start = window === undefined ? Date.parse(first) : Math.floor(Date.parse(window.start) / hourMs) * hourMs;
  const end = window === undefined ? Date.parse(last) + hourMs : Date.parse(window.end);
  if (!(end - start <= MAX_HOURS * hourMs)) return known.map((hour) => ({ hour, rows: rows.get(hour) ?? 0 }));
  const hours: { hour: string; rows: number }[] = [];
  for (let time = start; time < end; time += hourMs) {
    const hour = new Date(time).toISOString().replace('.000Z', 'Z');
    hours.push({ hour, rows: rows.get(hour) ?? 0 });
  }
  return hours;
}

function notesOf(input: ReportInput, outcomes: readonly CheckOutcome[]): string[] {
  const notes = [...(input.notes ?? [])];
  if (input.mapping?.warning !== undefined) notes.unshift(input.mapping.warning);
  if (input.baseline.profile === undefined) {
    notes.push('There are no statistics of the baseline: distributions were not compared.');
  }
  const lost = input.current.read.quarantined;
  if (lost > 0) {
    notes.push(
      `${plural(lost, 'line')} of the current data could not be read and ${lost === 1 ? 'is' : 'are'} left out: see the quarantine.`,
    );
  }
  const nonFinite = input.current.profile.columns.filter((column) => column.nonFinite > 0);
  if (nonFinite.length > 0) {
    const named = nonFinite.map(({ name, nonFinite: count }) => `${name} (${countText(count)})`).join(', ');
    notes.push(`NaN and infinities count as missing: ${named}.`);
  }
  const undecoded = input.current.profile.columns.filter(({ values }) =>
    [...(values?.keys() ?? [])].some((text) => text.includes('\uFFFD')),
  );
  if (undecoded.length > 0) {
    const named = undecoded.map(({ name }) => name).join(', ');
    notes.push(`Some texts are not UTF-8, and different ones may count as the same: ${named}.`);
  }
  const uncounted = outcomes.filter(
    (outcome) =>
      outcome.kind === 'notApplicable' &&
      outcome.check === 'categorical_values_check' &&
      outcome.reason.startsWith('too many'),
  );
  if (uncounted.length > 0) {
    notes.push(
      `Values outside the baseline's domain were not counted for: ${uncounted.map(({ feature }) => feature).join(', ')} (more than 1,024 different texts).`,
    );
  }
  return notes;
}

function columnOf(profile: Profile | undefined, name: string): ColumnProfile | undefined {
  return profile?.columns.find((column) => column.name === name);
}
