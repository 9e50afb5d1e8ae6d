import { type DriftRow, type DriftSlot, driftRows, driftSlots, ratioOf } from '../../charts/drift-grid.js';
import type { Dashboard } from './dashboard.js';
import type { MonitorHistory } from './monitor-history.js';

/** The map of drift of a history: its slots, and its features, the worst first. */
export interface DriftMap {
  readonly slots: readonly DriftSlot[];
  readonly rows: readonly DriftRow[];
}

const maps = new WeakMap<MonitorHistory, { readonly span: Dashboard['span']; readonly map: DriftMap }>();

/** Made once for a history. */
export function driftMap(history: MonitorHistory, span: Dashboard['span']): DriftMap {
  const known = maps.get(history);
  if (known?.span === span) return known.map;
  const slots = driftSlots(history.measures, span);
  const map = { slots, rows: driftRows(history.measures, slots) };
  maps.set(history, { span, map });
  return map;
}

/** The feature and the hour (or window) that are shown in full; undefined where nothing was compared. */
export interface ChosenCell {
  readonly row: DriftRow;
  readonly slot: DriftSlot;
}

/**
 * What the reader chose; else the worst feature of those that are violated in the execution that is shown, in its worst hour
 * there. An hour of another execution than the chosen one gives way.
 */
export function chosenCell(dashboard: Dashboard, history: MonitorHistory): ChosenCell | undefined {
  const { slots, rows } = driftMap(history, dashboard.span);
  const { feature } = dashboard;
  const execution = dashboard.executionOf(history)?.scheduledTime;
  const measured = history.measures.executions.find(({ scheduledTime }) => scheduledTime === execution);
  const row =
    rows.find(({ name }) => name === feature?.feature) ??
    rows.find(({ place }) => measured?.violated.includes(place)) ??
    rows[0];
  if (row === undefined) return undefined;
  const hour = feature?.hour === undefined ? undefined : Date.parse(feature.hour);
  const asked = slots.find(({ start }) => Date.parse(start) === hour);
  const free = !dashboard.hasChosenExecution(history.monitor);
  if (asked !== undefined && (free || asked.scheduledTime === execution)) return { row, slot: asked };
  const own = slots.filter(({ scheduledTime }) => scheduledTime === execution);
  const slot = worstSlot(own.length > 0 ? own : slots, row.place);
  return slot && { row, slot };
}

function worstSlot(slots: readonly DriftSlot[], place: number): DriftSlot | undefined {
  let worst = slots[0];
  for (const slot of slots) {
    if (worst !== undefined && (ratioOf(slot, place) ?? -1) > (ratioOf(worst, place) ?? -1)) worst = slot;
  }
  return worst;
}
