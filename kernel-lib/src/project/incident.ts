import type { Report, Violation } from '../report/report.js';
import { cellGroup, type RowGroup, rowGroup } from './row-group.js';

/** Violations that began no further apart may have one cause. */
const TOGETHER_MS = 2 * 3_600_000;

/** A violation of an execution, with what it can share with others. */
export interface IncidentViolation {
  readonly monitor: string;
  /** ISO; names the execution. */
  readonly scheduledTime: string;
  /** Half-open, ISO. */
  readonly window: { readonly start: string; readonly end: string };
  readonly violation: Violation;
  /** The columns that it is about. */
  readonly features: readonly string[];
  /** The groups of rows that carry it. */
  readonly rows: readonly RowGroup[];
}

/** Why two violations belong together. */
export type IncidentReason =
  | { readonly kind: 'feature'; readonly feature: string }
  | { readonly kind: 'rows'; readonly title: string }
  /** Hours from one beginning to the other; 0: they began in the same hour. */
  | { readonly kind: 'beginning'; readonly hours: number };

/** A violation of the same incident. */
export interface IncidentMember extends IncidentViolation {
  /** At least one. */
  readonly reasons: readonly IncidentReason[];
  /** The member that it belongs to by these reasons; absent where that is the violation that was asked about. */
  readonly through?: IncidentViolation;
}

/**
 * The violations of a report under its deciding rule, as {@link findIncident} takes them. Their columns are the feature
 * (data quality), the facet (bias), and the features whose share of attribution rose or fell (attribution). Their rows are
 * those of the violation's condition, of the segments in which quality fell, of the facet's group and of the groups that
 * carry its change.
 */
export function incidentViolations(report: Report, monitor: string, scheduledTime: string): IncidentViolation[] {
  const { window, violations, rule } = report;
  if (window === undefined) return [];
  return violations
    .filter(({ rules }) => rules.includes(rule))
    .map((violation) => incidentViolation(report, monitor, scheduledTime, violation))
    .filter((known) => known !== undefined);
}

/** One violation of a report, whichever rule found it; undefined for a report without a window. */
export function incidentViolation(
  report: Report,
  monitor: string,
  scheduledTime: string,
  violation: Violation,
): IncidentViolation | undefined {
  const { window } = report;
  if (window === undefined) return undefined;
  return {
    monitor,
    scheduledTime,
    window,
    violation,
    features: featuresOf(report, violation),
    rows: rowsOf(report, violation),
  };
}

/**
 * The other violations of the incident that a violation is part of: all that are connected to it. Two violations are
 * connected when their windows overlap and they share a column, rows, or their beginning (since when they hold, no more
 * than two hours apart; beginnings that may lie further back are not compared). Those that share most with it come first,
 * then those connected through others; within these in the order given.
 */
export function findIncident(of: IncidentViolation, others: readonly IncidentViolation[]): IncidentMember[] {
  const left = new Set(others.filter((other) => !isSame(other, of)));
  const found: IncidentMember[] = [];
  let from: readonly IncidentViolation[] = [of];
  while (from.length > 0) {
    const next: IncidentMember[] = [];
    for (const known of from) {
      for (const other of left) {
        const reasons = sharedBy(known, other);
        if (reasons.length === 0) continue;
        left.delete(other);
        next.push({ ...other, reasons, ...(known !== of && { through: known }) });
      }
    }
    found.push(...next.sort((a, b) => b.reasons.length - a.reasons.length));
    from = next;
  }
  return found;
}

function isSame(a: IncidentViolation, b: IncidentViolation): boolean {
  return a.monitor === b.monitor && a.scheduledTime === b.scheduledTime && a.violation.id === b.violation.id;
}

/** What two violations share; nothing where their windows do not overlap. */
function sharedBy(a: IncidentViolation, b: IncidentViolation): IncidentReason[] {
  if (Date.parse(a.window.start) >= Date.parse(b.window.end)) return [];
  if (Date.parse(b.window.start) >= Date.parse(a.window.end)) return [];
  const features = a.features.filter((feature) => b.features.includes(feature));
  const keys = new Set(b.rows.map(({ key }) => key));
  const hours = hoursBetween(a.violation, b.violation);
  return [
    ...features.map((feature): IncidentReason => ({ kind: 'feature', feature })),
    ...a.rows.filter(({ key }) => keys.has(key)).map(({ title }): IncidentReason => ({ kind: 'rows', title })),
    ...(hours === undefined ? [] : [{ kind: 'beginning', hours } as const]),
  ];
}

function hoursBetween({ since: a }: Violation, { since: b }: Violation): number | undefined {
  if (a === undefined || b === undefined || a.orEarlier || b.orEarlier) return undefined;
  const apart = Math.abs(Date.parse(a.hour) - Date.parse(b.hour));
  return apart <= TOGETHER_MS ? apart / 3_600_000 : undefined;
}

function featuresOf({ modelQuality, modelBias, modelExplainability }: Report, violation: Violation): string[] {
  const { facet, label, check, feature } = violation;
  if (modelBias !== undefined) return facet === undefined ? [] : [facet.name];
  if (modelExplainability !== undefined) {
    const output = modelExplainability.outputs.find((known) => known.label === label);
    return (output?.features ?? [])
      .filter(({ direction }) => direction === 'rose' || direction === 'fell')
      .map((changed) => changed.feature);
  }
  // The column checks name no feature: "Missing columns".
  if (modelQuality !== undefined || check === 'missing_column_check' || check === 'extra_column_check') return [];
  return [feature];
}

function rowsOf({ modelQuality, modelBias }: Report, { query, facet, feature }: Violation): RowGroup[] {
  if (modelQuality !== undefined)
    return modelQuality.segments.map(({ conditions, title }) => rowGroup(conditions, title));
  if (modelBias !== undefined && facet !== undefined) {
    const { name, value, title } = facet;
    const metric = modelBias.facets
      .find((known) => known.facet === name && known.value === value)
      ?.metrics.find((known) => known.name === feature);
    const carrying = metric?.cause?.segments ?? [];
    return [
      rowGroup([{ feature: name, kind: 'equals', value }], title),
      ...carrying.map((segment) => rowGroup(segment.conditions, segment.title)),
    ];
  }
  return query === undefined ? [] : [cellGroup(query.condition)];
}
