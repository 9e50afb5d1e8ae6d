import { joinUri, openStorage } from '../storage/open-storage.js';
import type { ExecutionRecord } from './execution-record.js';
import { listExecutions } from './history.js';
import { parseStatus } from './history-files.js';
import { type MonitorStatus, STATUS_FILE, type StatusFile, TREND_LENGTH } from './status.js';

/** Violations of an execution that its status names. */
const NAMED_VIOLATIONS = 3;

/** What a monitor's history says of it at a glance; undefined where it has none. */
export async function monitorStatus(monitorFolder: string, endpoint: string): Promise<MonitorStatus | undefined> {
  const latest = await listExecutions(monitorFolder, { limit: TREND_LENGTH });
  const [last] = latest;
  if (last === undefined) return undefined;
  const trend = latest.reverse();
  const violations = decided(last);
  const others = violations.slice(NAMED_VIOLATIONS).map(({ id, measured, limit }) => ({ id, measured, limit }));
  return {
    endpoint,
    last: { ...last, violations: violations.slice(0, NAMED_VIOLATIONS) },
    ...(others.length > 0 && { others }),
    violations: violations.length,
    trend: {
      scheduledTimes: trend.map(({ scheduledTime }) => scheduledTime),
      outcomes: trend.map(({ outcome }) => outcome),
      violations: trend.map((record) => decided(record).length),
    },
  };
}

/** `driftline-status.json` of a project; undefined where no monitor ever ran. @throws MonitorError `FORMAT`. */
export async function readStatus(location: string): Promise<StatusFile | undefined> {
  const file = joinUri(location, STATUS_FILE);
  const storage = openStorage(file);
  if ((await storage.stat(file)) === undefined) return undefined;
  return parseStatus(new TextDecoder().decode(await storage.read(file)), file);
}

/** Writes the state of some monitors into `driftline-status.json`; that of others stays. */
export async function updateStatus(
  location: string,
  monitors: ReadonlyMap<string, MonitorStatus>,
  now: Date,
): Promise<void> {
  const file = joinUri(location, STATUS_FILE);
  await openStorage(file).update(file, (text) => {
    const before = text === undefined ? {} : parseStatus(text, file).monitors;
    const content: StatusFile = {
      schema: 'driftline.status',
      version: 1,
      updatedAt: now.toISOString(),
      monitors: { ...before, ...Object.fromEntries(monitors) },
    };
    return `${JSON.stringify(content)}\n`;
  });
}

/** Violations under the rule that decided. */
function decided({ violations, rule }: ExecutionRecord): ExecutionRecord['violations'] {
  return violations.filter(({ rules }) => rule === undefined || rules.includes(rule));
}
