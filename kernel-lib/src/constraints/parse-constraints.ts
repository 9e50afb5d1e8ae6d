import { parseWith } from '../json/parse-with.js';
import { parseForeignJson } from '../json/read-json.js';
import type { Constraints } from './constraints.js';
import { constraintsSchema } from './constraints.schema.js';

/**
 * Reads a `constraints.json` written by anyone. The value is the file's: key order, both spellings of the overrides and
 * keys that are not known yet are kept, and `stringifyConstraints` writes them back.
 *
 * @param where - the file's place, for errors.
 * @throws MonitorError `FORMAT`, with all problems in one message.
 */
export function parseConstraints(text: string, where: string): Constraints {
  return parseWith(constraintsSchema, parseForeignJson(text, where), 'constraints file', where);
}
