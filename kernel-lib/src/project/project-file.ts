import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { MonitorError } from '../errors.js';
import { projectSchema } from './project.schema.js';
import type { ProjectConfig } from './project-config.js';

/**
 * Reads a project file. All problems come in one message, each with line and column.
 *
 * @param where - the file's path, for errors.
 * @throws MonitorError `CONFIGURATION`.
 */
export function parseProjectFile(text: string, where: string): ProjectConfig {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${line}:${col}`;
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map((error) => `${place(error.pos[0])} ${error.message.split('\n')[0]}`);
    throw invalid(problems, where);
  }

  const result = projectSchema.safeParse(document.toJS() ?? {});
  if (!result.success) {
    const problems = result.error.issues.map((issue) => {
      const path = issue.path.map(String);
      const at = issue.code === 'unrecognized_keys' ? [...path, ...issue.keys.slice(0, 1)] : path;
      const offset = issue.code === 'invalid_key' ? offsetOfKey(document, path) : offsetOf(document, at);
      return `${place(offset)} ${path.join('.') || 'file'}: ${reasonOf(issue)}`;
    });
    throw invalid(problems, where);
  }

  const problems = withoutEndpoint(result.data).map(
    ({ path, message }) => `${place(offsetOf(document, path))} ${path.join('.')}: ${message}`,
  );
  if (problems.length > 0) throw invalid(problems, where);
  return result.data;
}

/** Monitors of endpoints that are not there. */
function withoutEndpoint({ endpoints, monitors }: ProjectConfig): Problem[] {
  return Object.entries(monitors).flatMap(([name, { endpoint }]) =>
    Object.hasOwn(endpoints, endpoint)
      ? []
      : [
          {
            path: ['monitors', name, 'endpoint'],
            message: `no endpoint "${endpoint}"; the file has: ${Object.keys(endpoints).join(', ')}`,
          },
        ],
  );
}

interface Problem {
  readonly path: readonly string[];
  readonly message: string;
}

/**
 * Refuses monitors that can never run as they stand; the others of the file can, so that reading it does not refuse them.
 *
 * @param text - of a file that {@link parseProjectFile} takes.
 * @throws MonitorError `CONFIGURATION` with line and column.
 */
export function refuseUnworkable(text: string, where: string): void {
  const { endpoints, monitors } = parseProjectFile(text, where);
  const problems = Object.entries(monitors)
    .filter(([, { type, endpoint, config }]) => {
      return type === 'model-explainability' && endpoints[endpoint]?.model === undefined && config === undefined;
    })
    .map(([name, { endpoint }]) => {
      const path = ['monitors', name, 'type'];
      return `${placeOf(text, path)} ${path.join('.')}: there is nothing to explain: endpoint "${endpoint}" has no model; give it one (model: PATH or URL)`;
    });
  if (problems.length > 0) throw invalid(problems, where);
}

/** Where in a project file something is written, as `line:column`; of what is not there, the part that is. */
export function placeOf(text: string, path: readonly string[]): string {
  const lines = new LineCounter();
  const { line, col } = lines.linePos(offsetOf(parseDocument(text, { lineCounter: lines }), path));
  return `${line}:${col}`;
}

/** Of a name that may not be: why. */
function reasonOf(issue: z.core.$ZodIssue): string {
  return (issue.code === 'invalid_key' && issue.issues[0]?.message) || issue.message;
}

function invalid(problems: readonly string[], where: string): MonitorError {
  const what =
    problems.length === 1 ? 'The project file has a problem.' : `The project file has ${problems.length} problems.`;
  return new MonitorError('CONFIGURATION', [what, ...problems.map((problem) => `  ${problem}`)].join('\n'), {
    where,
    fix: 'correct the lines named (line:column)',
  });
}

/** Where the deepest part of `path` that exists begins. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly string[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** Where the key at the end of `path` begins. */
function offsetOfKey(document: ReturnType<typeof parseDocument>, path: readonly string[]): number {
  const parent: unknown = document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent)
    ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))
    : undefined;
  return (isNode(pair?.key) && pair.key.range?.[0]) || offsetOf(document, path);
}
