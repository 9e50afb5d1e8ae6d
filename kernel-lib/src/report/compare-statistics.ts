import type { ReadSummary } from '../capture/summary.js';
import type { Constraints } from '../constraints/constraints.js';
import { parseConstraints } from '../constraints/parse-constraints.js';
import { suggestConstraints } from '../constraints/suggest.js';
import type { Profile } from '../profile/profile.js';
import { profileFromStatistics } from '../profile/profile-from-statistics.js';
import { parseStatistics } from '../profile/statistics.js';
import { buildReport } from './build-report.js';
import type { Report, Rule } from './report.js';

/** A file's text and where it lies. */
export interface NamedText {
  readonly text: string;
  readonly where: string;
}

/** Files of data quality to compare; a baseline needs statistics, constraints or both. */
export interface StatisticsToCompare {
  /** A `statistics.json`. */
  readonly current: NamedText;
  /** A `statistics.json`; without it distributions are not compared. */
  readonly baseline?: NamedText;
  /** A `constraints.json`; without it they are suggested from the baseline, with the service's default thresholds. */
  readonly constraints?: NamedText;
  readonly rule: Rule;
  /** Why this rule decides. */
  readonly ruleSource: string;
  /** ISO. */
  readonly createdAt: string;
  /** Version of the library. */
  readonly driftline: string;
  /** What computes: "browser". */
  readonly engine: string;
}

const nothingRead: ReadSummary = {
  files: 0,
  bytes: 0,
  records: 0,
  rows: 0,
  dropped: 0,
  quarantined: 0,
  reasons: [],
  examples: [],
};

/**
 * The report that a check would make, from the files of data quality alone, whoever wrote them. How cells were written is not
 * in them, so types are compared as a whole: a feature whose type changed is named in the notes. Records, hours and since
 * when are not known.
 *
 * @throws MonitorError `FORMAT`, with all problems of a file in one message.
 */
export function compareStatistics(files: StatisticsToCompare): Report {
  const { current, baseline, constraints: limits, rule, ruleSource, createdAt, driftline, engine } = files;
  const now = profileFromStatistics(parseStatistics(current.text, current.where));
  const before = baseline && profileFromStatistics(parseStatistics(baseline.text, baseline.where));
  const constraints = limits
    ? parseConstraints(limits.text, limits.where)
    : suggestConstraints(before ?? { rowCount: 0, columns: [] }).constraints;
  const { current: sample, ...report } = buildReport({
    monitorType: 'data-quality',
    createdAt,
    rule,
    ruleSource,
    producedBy: { driftline, engine, seed: 0 },
    constraints,
    baseline: { source: (baseline ?? limits)?.where ?? '', profile: before },
    current: { source: current.where, profile: now, read: nothingRead, hours: [] },
    notes: notesOf(constraints, now, limits),
  });
  const { read: _, ...known } = sample;
  return { ...report, current: known };
}

function notesOf(constraints: Constraints, now: Profile, limits: NamedText | undefined): string[] {
  const types = new Map(constraints.features.map((feature) => [feature.name, feature.inferred_type]));
  const changed = now.columns.flatMap(({ name, inferredType }) => {
    const expected = types.get(name);
    const known = expected !== undefined && expected !== 'Unknown' && inferredType !== 'Unknown';
    return known && expected !== inferredType ? [`${name} (${expected}, now ${inferredType})`] : [];
  });
  return [
    limits === undefined
      ? "The limits are the service's defaults and what the baseline suggests: there is no constraints file."
      : `The limits are those of ${limits.where}.`,
    'Statistics do not tell how single values were written: types are compared as a whole.',
    ...(changed.length > 0 ? [`Of another type now: ${changed.join(', ')}.`] : []),
  ];
}
