import type { ExecutionRecord, Report } from 'driftline';
import { findIncident, type IncidentMember, incidentViolation, incidentViolations } from 'driftline/browser';
import { type ViolationSubject, violationSubjects } from '../violation-subject.js';
import type { FoundViolation } from './find-violation.js';

/** Windows of other monitors can be longer; those that begin with the violation's may end so much later. */
const LONGEST_WINDOW_MS = 32 * 24 * 3_600_000;

/** Reports of one monitor that are read, the latest first: hours of a month would be hundreds. */
const READ_REPORTS = 24;

/** What else was found in the same window by any monitor of the endpoint. */
export interface Surroundings {
  /** Of the same incident. */
  readonly incident: readonly IncidentMember[];
  /** What a member of the incident is about, as its report says. */
  readonly subject: (member: Pick<IncidentMember, 'monitor' | 'scheduledTime' | 'violation'>) => ViolationSubject;
  /** Of all monitors of the endpoint, in overlapping windows, that were read. */
  readonly reports: readonly Report[];
  /** Whether some reports were left out: there were too many. */
  readonly capped: boolean;
}

/** Reads the reports of all the endpoint's monitors whose windows overlap; those that cannot be read are left out. */
export async function loadSurroundings(found: FoundViolation): Promise<Surroundings> {
  const { store, monitor, config, execution, report, violation } = found;
  const asked = incidentViolation(report, monitor, execution.scheduledTime, violation);
  const from = new Date(execution.window.start);
  const to = new Date(Date.parse(execution.window.end) + LONGEST_WINDOW_MS);
  let capped = false;
  const read = await Promise.all(
    store.monitorsOf(config.endpoint).map(async ([name]) => {
      const executions = name === monitor ? [execution] : await store.executions(name, { from, to }).catch(() => []);
      const overlapping = executions.filter((other) => hasReport(other) && overlaps(other, execution));
      if (overlapping.length > READ_REPORTS) capped = true;
      return Promise.all(
        overlapping.slice(-READ_REPORTS).map(async (other) => {
          const answer = await store.report(name, other);
          return 'problem' in answer ? undefined : { name, other, report: answer.report };
        }),
      );
    }),
  );
  const reports = read.flat().filter((each) => each !== undefined);
  const others = reports.flatMap(({ name, other, report: own }) => incidentViolations(own, name, other.scheduledTime));
  const subjects = new Map(
    reports.map(({ name, other, report: own }) => [keyOf(name, other.scheduledTime), violationSubjects(own)]),
  );
  return {
    subject: ({ monitor: name, scheduledTime, violation: member }) =>
      (subjects.get(keyOf(name, scheduledTime)) ?? violationSubjects(report))(member),
    incident: asked === undefined ? [] : findIncident(asked, others),
    reports: reports.map(({ report: own }) => own),
    capped,
  };
}

function keyOf(monitor: string, scheduledTime: string): string {
  return `${monitor}\n${scheduledTime}`;
}

function hasReport({ outcome }: ExecutionRecord): boolean {
  return outcome === 'ok' || outcome === 'violations';
}

function overlaps({ window: a }: ExecutionRecord, { window: b }: ExecutionRecord): boolean {
  return Date.parse(a.start) < Date.parse(b.end) && Date.parse(b.start) < Date.parse(a.end);
}
