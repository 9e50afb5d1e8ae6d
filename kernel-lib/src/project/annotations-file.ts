import { joinUri, openStorage } from '../storage/open-storage.js';
import { ANNOTATIONS_FILE, type AnnotationsFile } from './annotations.js';
import { parseAnnotations } from './history-files.js';

/** `driftline-annotations.json` of a project; undefined where nobody noted anything. @throws MonitorError `FORMAT`. */
export async function readAnnotations(location: string): Promise<AnnotationsFile | undefined> {
  const file = joinUri(location, ANNOTATIONS_FILE);
  const storage = openStorage(file);
  if ((await storage.stat(file)) === undefined) return undefined;
  return parseAnnotations(new TextDecoder().decode(await storage.read(file)), file);
}
