import type { RunOptions } from '../../progress.js';
import { joinUri, openStorage } from '../../storage/open-storage.js';
import { PROJECT_FILE, projectRoot } from '../project.js';
import type { SetupChoices } from './choices.js';
import { draftProject, type ProjectDraft } from './draft-project.js';
import type { SetupInspection } from './inspection.js';

/** What was written, or would be. */
export interface CreatedProject extends ProjectDraft {
  /** The path or URI of `driftline.yaml`. */
  readonly file: string;
  /** Whether there was a file, to which lines were added. */
  readonly added: boolean;
}

/**
 * Writes the project file of an inspection and its choices: a new one, or an endpoint and its monitors into the one that
 * is there.
 *
 * @param project - the folder or S3 prefix of `driftline.yaml`.
 * @param options - `write: false` says what would be written, and writes nothing.
 * @throws MonitorError as `draftProject` does, and where the file cannot be written.
 */
export async function createProject(
  project: string,
  inspection: SetupInspection,
  choices: SetupChoices,
  options: RunOptions & { readonly write?: boolean | undefined } = {},
): Promise<CreatedProject> {
  const root = projectRoot(project);
  const file = joinUri(root, PROJECT_FILE);
  const storage = openStorage(file);
  const run = options.signal ? { signal: options.signal } : {};
  const there = (await storage.stat(file, run)) !== undefined;
  const existing = there ? new TextDecoder().decode(await storage.read(file, run)) : undefined;
  const draft = draftProject(inspection, choices, { project: root, existing });
  if (options.write !== false) await storage.write(file, draft.text, run);
  return { ...draft, file, added: there };
}
