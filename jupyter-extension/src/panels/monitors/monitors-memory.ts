import type { IStateDB } from '@jupyterlab/statedb';
import type { ReadonlyPartialJSONValue } from '@lumino/coreutils';
import { isRecord } from '../../report/read-report.js';
import { monitorTypes } from '../monitor-types.js';
import type { ListSort, ListView } from './monitor-list.js';

const KEY = 'driftline-monitors:view';
const sorts: readonly ListSort[] = ['worst', 'name', 'last'];

export const defaultView: ListView = { search: '', kinds: [], sort: 'worst', toggled: [] };

/** What the panel knows again after a reload. */
export interface MonitorsMemory {
  readonly view: ListView;
  /** Projects that were found when none were set: they are there at once, while others are searched for. */
  readonly found: readonly string[];
}

/** What was remembered; the default where there is nothing, or nothing of this form. */
export async function loadMemory(database: IStateDB | null): Promise<MonitorsMemory> {
  const stored = await database?.fetch(KEY).catch(() => undefined);
  const { view, found } = (isRecord(stored) ? stored : {}) as { view?: unknown; found?: unknown };
  return { view: readView(view), found: texts(found) };
}

/** Remembers it with the workspace. */
export async function saveMemory(database: IStateDB | null, memory: MonitorsMemory): Promise<void> {
  await database?.save(KEY, memory as unknown as ReadonlyPartialJSONValue);
}

function readView(value: unknown): ListView {
  if (!isRecord(value)) return defaultView;
  const type = monitorTypes.find((each) => each === value['type']);
  return {
    search: typeof value['search'] === 'string' ? value['search'] : '',
    kinds: texts(value['kinds']) as ListView['kinds'],
    sort: sorts.find((each) => each === value['sort']) ?? 'worst',
    toggled: texts(value['toggled']),
    ...(type !== undefined && { type }),
  };
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
