import type { RunOptions } from '../progress.js';
import { inspectSources } from '../project/setup/inspect-sources.js';
import type { SetupInspection, SetupSources } from '../project/setup/inspection.js';
import { Recent } from './recent.js';

const inspections = new Recent<SetupInspection>(4);

/** Looks at the sources anew, and keeps what was found for {@link inspectionOf}. */
export async function inspectAnew(sources: SetupSources, options: RunOptions): Promise<SetupInspection> {
  const inspection = await inspectSources(sources, options);
  inspections.set(keyOf(sources), inspection);
  return inspection;
}

/** What was found last at these sources; looked at now where that is forgotten. */
export async function inspectionOf(sources: SetupSources, options: RunOptions): Promise<SetupInspection> {
  return inspections.get(keyOf(sources), () => inspectSources(sources, options));
}

function keyOf({ dataset, capture, groundTruth, model }: SetupSources): string {
  return JSON.stringify([dataset, capture, groundTruth, model]);
}
