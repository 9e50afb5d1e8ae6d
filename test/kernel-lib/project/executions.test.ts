import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hourFolder, previousSince, readExecution } from '../../../kernel-lib/src/project/executions.js';
import { temporaryFolder } from '../../support/driftline.js';
import { sampleReport } from '../../support/sample-report.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, text: string): string {
  mkdirSync(path.join(folder, name));
  writeFileSync(path.join(folder, name, 'report.json'), text);
  return path.join(folder, name);
}

describe('readExecution()', () => {
  it('reads a report, and nothing where there is none', async () => {
    const report = sampleReport();
    expect(await readExecution(written('good', JSON.stringify(report)))).toEqual(report);
    expect(await readExecution(path.join(folder, 'none'))).toBeUndefined();
  });

  it.each([
    ['an object that is no report', '{}'],
    ['a report of another version', '{"schema":"driftline.report","version":2}'],
    ['a broken file', '{"schema":'],
    ['null', 'null'],
  ])('refuses %s and names the file', async (name, text) => {
    await expect(readExecution(written(name, text))).rejects.toMatchObject({
      code: 'FORMAT',
      where: path.join(folder, name, 'report.json'),
    });
  });
});

it('hourFolder() is the hour of the window end in the layout of the service', () => {
  expect(hourFolder(new Date('2026-03-05T06:00:00Z'))).toBe('2026/03/05/06');
});

it('previousSince() takes only the execution that ended where this window begins', () => {
  const report = sampleReport();
  expect(previousSince(report, '2026-03-06T00:00:00Z')).toBeDefined();
  expect(previousSince(report, '2026-03-07T00:00:00Z')).toBeUndefined();
});
