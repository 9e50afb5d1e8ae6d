import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/driftline.js';
import { FakeNotebook } from '../../support/fake-notebook.js';

const folder = temporaryFolder();
const project = path.join(folder, 'project');
const results = path.join(folder, 'results');

const file = `version: 1
endpoints:
  census:
    capture: capture
monitors:
  quality:
    type: data-quality
    endpoint: census
    baseline: baseline
    schedule: cron(0 0 ? * * *)
    output: ${results}
`;

beforeAll(() => {
  for (const place of [project, path.join(results, 'census')]) mkdirSync(place, { recursive: true });
  writeFileSync(path.join(project, 'driftline.yaml'), file);
  writeFileSync(path.join(results, 'census', 'report.json'), '{"größe": 1}');
  writeFileSync(path.join(results, 'census', 'model.bin'), Uint8Array.of(0xff, 0xfe, 0x00));
  writeFileSync(path.join(folder, 'secret.txt'), 'of somebody else');
  mkdirSync(path.join(folder, 'results-of-others'));
  writeFileSync(path.join(folder, 'results-of-others', 'report.json'), '{}');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("gives the text of a file of the project, and of its results outside the project's folder", async () => {
  const notebook = new FakeNotebook();
  expect(await notebook.result('read', { project, uri: 'driftline.yaml' })).toEqual({
    text: file,
    sizeBytes: file.length,
  });
  const report = path.join(results, 'census', 'report.json');
  for (const uri of [report, pathToFileURL(report).href]) {
    expect(await notebook.result('read', { project, uri })).toEqual({ text: '{"größe": 1}', sizeBytes: 14 });
  }
});

it.each([
  path.join(folder, 'secret.txt'),
  '../secret.txt',
  path.join(folder, 'results-of-others', 'report.json'),
  `${results}/../secret.txt`,
  pathToFileURL(path.join(folder, 'secret.txt')).href,
  `file://${results}/%2e%2e/secret.txt`,
  's3://bucket/report.json',
])('refuses %s, which is not of the project', async (uri) => {
  const error = await new FakeNotebook().refusal('read', { project, uri });
  expect(error).toMatchObject({ code: 'USAGE', what: 'This file is not of the project.' });
  expect(error.fix).toContain(results);
});

it('refuses a key of S3 that climbs out of the results', async () => {
  const place = path.join(folder, 's3');
  mkdirSync(place);
  writeFileSync(path.join(place, 'driftline.yaml'), file.replace(results, 's3://bucket/results'));
  const error = await new FakeNotebook().refusal('read', {
    project: place,
    uri: 's3://bucket/results/../others/report.json',
  });
  expect(error.code).toBe('USAGE');
});

it('refuses a file that is too large, says how large it is, and does not read it', async () => {
  const uri = path.join(results, 'census', 'report.json');
  expect(await new FakeNotebook().refusal('read', { project, uri, maxBytes: 13 })).toMatchObject({
    code: 'LIMIT',
    what: 'The file is too large to show: 14 bytes, the limit is 13.',
    where: uri,
  });
});

it('refuses what is no text, and what is not there', async () => {
  const notebook = new FakeNotebook();
  const uri = path.join(results, 'census', 'model.bin');
  expect(await notebook.refusal('read', { project, uri })).toMatchObject({ code: 'FORMAT', where: uri });
  expect(await notebook.refusal('read', { project, uri: 'gone.json' })).toMatchObject({ code: 'FILE_NOT_FOUND' });
});
