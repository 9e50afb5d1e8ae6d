import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { projectJsonSchema, projectJsonSchemaText } from '../../kernel-lib/src/project/project-json-schema.js';

interface Generator {
  projectReference(schema: object): string;
  withReference(document: string, reference: string): string;
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema & { readonly description?: string }>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
}

const path = '../../scripts/generate-project-reference.mjs';
const { projectReference, withReference } = (await import(path)) as Generator;
const document = readFileSync('docs/project.md', 'utf8');

/** The keys without a description, with their places. */
function undescribed(schema: Schema, place = ''): string[] {
  const { properties = {}, items, anyOf = [], additionalProperties } = schema;
  const deeper = [items, ...anyOf, additionalProperties].filter((part) => typeof part === 'object');
  return [
    ...Object.entries(properties).flatMap(([key, property]) => [
      ...(property.description ? [] : [`${place}.${key}`]),
      ...undescribed(property, `${place}.${key}`),
    ]),
    ...deeper.flatMap((part) => undescribed(part, place)),
  ];
}

test('kernel-lib/schema/driftline.schema.json is what the schema says (else run scripts/generate-project-reference.mjs)', () => {
  expect(readFileSync('kernel-lib/schema/driftline.schema.json', 'utf8')).toBe(projectJsonSchemaText());
});

test('docs/project.md lists the keys of the schema (else run scripts/generate-project-reference.mjs)', () => {
  expect(document).toBe(withReference(document, projectReference(projectJsonSchema())));
});

test('the JSON Schema describes every key and allows no other', () => {
  expect(undescribed(projectJsonSchema() as Schema)).toEqual([]);
  expect(projectJsonSchema()).toMatchObject({
    $schema: 'http://json-schema.org/draft-07/schema#',
    required: ['version', 'endpoints', 'monitors'],
    additionalProperties: false,
  });
});
