import type { MonitorConfig } from './project-config.js';

/** The folder of a monitor's baseline, as a location of the project file: the one it names, or where its own is made. */
export function baselineFolder(monitor: string, { baseline }: Pick<MonitorConfig, 'baseline'>): string {
  return typeof baseline === 'string' ? baseline : `baseline/${monitor}`;
}
