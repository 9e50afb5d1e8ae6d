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

  const endpoints = Object.keys(result.data.endpoints);
  const known = new Set(endpoints);
  const unknown = Object.entries(result.data.monitors).flatMap(([monitor, { endpoint }]) =>
    known.has(endpoint)
      ? []
      : [
          `${place(offsetOf(document, ['monitors', monitor, 'endpoint']))} monitors.${monitor}.endpoint: ` +
            `no endpoint "${endpoint}"; the file has: ${endpoints.join(', ')}`,
        ],
  );
  if (unknown.length > 0) throw invalid(unknown, where);
  return result.data;
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
