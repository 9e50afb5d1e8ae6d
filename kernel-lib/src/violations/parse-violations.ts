import { parseWith } from '../json/parse-with.js';
import { parseForeignJson } from '../json/read-json.js';
import { violationsSchema } from './violations.schema.js';
import type { ViolationsFile } from './violations-file.js';

/**
 * Reads a `constraint_violations.json` written by anyone. The value is the file's: key order and unknown keys are kept.
 *
 * @param where - the file's place, for errors.
 * @throws MonitorError `FORMAT`, with all problems in one message.
 */
export function parseViolations(text: string, where: string): ViolationsFile {
  return parseWith(violationsSchema, parseForeignJson(text, where), 'violations file', where);
}
