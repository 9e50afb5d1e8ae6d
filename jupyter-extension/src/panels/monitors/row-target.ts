import type { MonitorTarget } from './monitor-actions.js';
import type { ListRow } from './monitor-list.js';

/** What a row stands for. */
export function targetOf(row: ListRow): MonitorTarget {
  if (row.kind === 'project') return { project: row.path };
  if (row.kind === 'endpoint') return { project: row.entry.project, endpoint: row.entry.name };
  const { project, endpoint, type, name } = row.entry;
  return { project, endpoint, type, ...(name !== undefined && { monitor: name }) };
}
