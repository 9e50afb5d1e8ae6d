import { z } from 'zod';
import { projectSchema } from './project.schema.js';

/**
 * The JSON Schema (draft 7, which editors understand) of `driftline.yaml`. What depends on more than one place, such as a
 * monitor's endpoint being there, is told by `driftline validate` alone.
 */
export function projectJsonSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(projectSchema, { target: 'draft-7', io: 'input' });
  return {
    $schema,
    title: 'driftline.yaml',
    description:
      'Endpoints of machine-learning models, and the monitors that watch them. Paths are relative to the file.',
    ...schema,
  };
}

/** The text of `schema/driftline.schema.json`. */
export function projectJsonSchemaText(): string {
  return `${JSON.stringify(projectJsonSchema(), null, 2)}\n`;
}
