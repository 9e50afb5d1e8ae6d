import { setPaused } from 'driftline/browser';
import type { ProjectRegistry } from '../../project/project-registry.js';

/** Pauses a monitor, or resumes it, in its project file; all else in the file stays as it is. */
export async function togglePause(projects: ProjectRegistry, project: string, monitor: string): Promise<void> {
  const store = await projects.open(project);
  const paused = store.config?.monitors[monitor]?.paused === true;
  await store.changeConfig((text) => setPaused(text, monitor, !paused));
}
