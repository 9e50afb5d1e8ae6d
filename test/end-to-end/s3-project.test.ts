import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Execution } from '../../kernel-lib/src/project/executions.js';
import type { Report } from '../../kernel-lib/src/report/report.js';
import { fileStorage } from '../../kernel-lib/src/storage/file.js';
import { joinUri, openStorage, relativeUri } from '../../kernel-lib/src/storage/open-storage.js';
import { collect } from '../support/collect.js';
import { driftline, temporaryFolder } from '../support/driftline.js';
import { FakeNotebook } from '../support/fake-notebook.js';
import { type S3Server, startS3Server } from '../support/s3-server.js';

const folder = temporaryFolder();
const project = path.join(folder, 'census');
const prefix = 's3://readable/projects/census';
let server: S3Server;

beforeAll(async () => {
  server = await startS3Server();
  for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
  vi.stubEnv('DRIFTLINE_CACHE', path.join(folder, 'cache'));
  expect((await driftline(['demo', project, '--quiet'])).code).toBe(0);
  const files = await collect(fileStorage.list(project));
  const wanted = files.filter(({ uri }) => !uri.includes('/capture/') || uri.includes('/2026/03/04/'));
  const storage = openStorage(prefix);
  await Promise.all(
    wanted.map(async ({ uri }) =>
      storage.write(joinUri(prefix, relativeUri(project, uri)), await fileStorage.read(uri)),
    ),
  );
}, 120_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('a project under an S3 prefix is valid and runs, and its results lie below it as on disk', async () => {
  const valid = await driftline(['validate', '--project', prefix]);
  expect([valid.code, valid.error]).toEqual([0, '']);

  const at = ['--at', '2026-03-05T00:00:00Z', '--json'];
  const remote = await driftline(['run', '--all', '--project', prefix, ...at]);
  const local = await driftline(['run', '--all', '--project', project, ...at]);
  expect([remote.code, remote.error]).toEqual([1, '']);
  const [execution] = JSON.parse(remote.out) as Execution[];
  expect(execution?.folder).toBe(`${prefix}/reports/census-income/census-data-quality/2026/03/05/00`);
  const found = (text: string): unknown =>
    (JSON.parse(text) as Execution[])[0]!.report.violations.map(({ id, measured }) => ({ id, measured }));
  expect(found(remote.out)).toEqual(found(local.out));

  const written = await collect(openStorage(prefix).list(execution!.folder));
  expect(written.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)).sort()).toEqual([
    'constraint_violations.json',
    'hours.json',
    'profile.json',
    'report.html',
    'report.json',
    'statistics.json',
  ]);
  const listed = await driftline(['executions', '--project', prefix, '--limit', '1', '--json']);
  expect(JSON.parse(listed.out)).toMatchObject([
    { scheduledTime: '2026-03-05T00:00:00Z', status: 'CompletedWithViolations' },
  ]);
  const page = path.join(folder, 'page.html');
  expect((await driftline(['report', execution!.folder, '--output', page, '--quiet'])).code).toBe(0);
  expect(readFileSync(page, 'utf8')).toContain('hours-per-week');
});

it('a kernel reads its results and the records behind them, and nothing else of the bucket', async () => {
  const notebook = new FakeNotebook();
  const monitor = 'census-data-quality';
  const report = `reports/census-income/${monitor}/2026/03/05/00/report.json`;
  const { text } = await notebook.result('read', { project: prefix, uri: report });
  const [violation] = (JSON.parse(text) as Report).violations;
  const asked = { project: prefix, monitor, scheduledTime: '2026-03-05T00:00:00Z', violation: violation!.id };
  const { total, columns, rows } = await notebook.result('records', { ...asked, limit: 1 });
  expect(total).toBe(violation!.rows);
  const file = columns.findIndex(({ name }) => name === 'file');
  expect(rows[0]![file]).toMatch(new RegExp(`^${prefix}/capture/census-income/AllTraffic/2026/03/04/`));
  for (const uri of ['s3://readable/projects/census-other/report.json', '../other/driftline.yaml']) {
    expect(await notebook.refusal('read', { project: prefix, uri })).toMatchObject({ code: 'USAGE' });
  }
});

it('a project file that does not fit names its place in the bucket', async () => {
  const file = path.join(folder, 'driftline.yaml');
  writeFileSync(file, 'version: 2\nendpoints: {}\nmonitors: {}\n');
  await openStorage(prefix).write('s3://readable/wrong/driftline.yaml', readFileSync(file));
  const { code, error } = await driftline(['validate', '--project', 's3://readable/wrong']);
  expect(code).toBe(2);
  expect(error).toContain('1:10 version');
  expect(error).toContain('at: s3://readable/wrong/driftline.yaml');
});
