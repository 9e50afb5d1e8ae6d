import type { ProjectConfig } from './project-config.js';

/** The monitors that run when all are asked for, and those that are paused; both in file order. */
export function activeMonitors({ monitors }: ProjectConfig): {
  readonly active: readonly string[];
  readonly paused: readonly string[];
} {
  const names = Object.keys(monitors);
  return {
    active: names.filter((name) => monitors[name]?.paused !== true),
    paused: names.filter((name) => monitors[name]?.paused === true),
  };
}
