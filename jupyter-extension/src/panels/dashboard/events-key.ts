import type { Dashboard } from './dashboard.js';

/** Another text where other events lie in the range. */
export function eventsKey(dashboard: Pick<Dashboard, 'events'>): string {
  return JSON.stringify(dashboard.events());
}
