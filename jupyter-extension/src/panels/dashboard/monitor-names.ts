import type { MonitorConfig, MonitorType } from 'driftline';
import { type MonitorState, monitorState } from 'driftline/browser';
import { monitorTypes } from '../monitor-types.js';
import type { Dashboard } from './dashboard.js';
import { tabOfType, tabTitle } from './dashboard-args.js';

/** A monitor of the endpoint, or the place of one that it does not have. */
export interface MonitorPlace {
  readonly type: MonitorType;
  readonly name?: string;
  readonly config?: MonitorConfig;
  readonly state: MonitorState;
}

/** The endpoint's monitors in the order of the tabs; a type without one has a place of its own. */
export function monitorPlaces(dashboard: Dashboard, now: Date): MonitorPlace[] {
  const { store } = dashboard;
  const { decisions } = store.annotations;
  return monitorTypes.flatMap((type): MonitorPlace[] => {
    const own = dashboard.monitorsOf(type);
    if (own.length === 0) return [{ type, state: monitorState({ decisions, now }) }];
    return own.map(([name, config]) => {
      const status = store.status?.monitors[name];
      return { type, name, config, state: monitorState({ monitor: { name, config }, status, decisions, now }) };
    });
  });
}

/** "Data quality", with the monitor's name where the endpoint has several of one type. */
export function placeTitle({ type, name }: MonitorPlace, dashboard: Dashboard): string {
  const title = tabTitle(tabOfType[type], dashboard.context.trans);
  return name !== undefined && dashboard.monitorsOf(type).length > 1 ? `${title}: ${name}` : title;
}
