import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { MergeSummary } from '../../kernel-lib/src/capture/merge.js';
import type { Report } from '../../kernel-lib/src/report/report.js';
import { fileStorage } from '../../kernel-lib/src/storage/file.js';
import { joinUri, openStorage, relativeUri } from '../../kernel-lib/src/storage/open-storage.js';
import { collect } from '../support/collect.js';
import { driftline, type Ended, temporaryFolder } from '../support/driftline.js';
import { type S3Server, startS3Server } from '../support/s3-server.js';

const folder = temporaryFolder();
const at = (...names: readonly string[]): string => path.join(folder, ...names);
const env = { DRIFTLINE_CACHE: at('cache') };
const run = (...args: readonly string[]): Promise<Ended> => driftline(args, { cwd: folder, env });
const day = ['--start', '2026-03-05T00:00:00Z', '--end', '2026-03-06T00:00:00Z'];

beforeAll(async () => {
  expect((await run('demo', 'census', '--quiet')).code).toBe(0);
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const merge = (output: string, ...more: readonly string[]): Promise<Ended> =>
  run('merge', '--capture', 'census/capture', '--ground-truth', 'census/ground-truth', '--output', output, ...more);

function put(file: string, ...lines: readonly string[]): void {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), lines.map((line) => `${line}\n`).join(''));
}

describe('driftline merge', () => {
  it('says in a few lines what became of predictions and labels, and ends with 0', async () => {
    const { code, out, error } = await merge('told', ...day);
    expect([code, error]).toEqual([0, '']);
    const count = '([\\d,]+)';
    const text = [
      `${count} of \\1 predictions have their label \\(100 %\\); labels come 24 hours late \\(median; 95 % within 24\\)\\.`,
      '24 captured hours, 2026-03-05T00:00:00Z to 2026-03-05T23:00:00Z\\.',
      `${count} labels without a prediction in the window\\.`,
      '24 files in told',
    ];
    expect(out).toMatch(new RegExp(`^${text.join('\n')}\n$`));
  });

  it('prints the summary with --json, and nothing with --quiet', async () => {
    const json = await merge('as-json', '--json');
    const summary = JSON.parse(json.out) as MergeSummary;
    expect(summary).toMatchObject({ predictions: 17441, labelled: 17441, unmatchedLabels: 0, repeatedLabels: 0 });
    expect([json.code, summary.hours.length, summary.files.length]).toEqual([0, 168, 168]);
    expect(await merge('as-json', '--quiet')).toEqual({ code: 0, out: '', error: '' });
    const files = readdirSync(at('as-json'), { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => name.endsWith('.jsonl'))).toHaveLength(168);
  });

  it('writes records that a check of model quality takes like captured ones with ground truth', async () => {
    await merge('for-check', ...day);
    const attributes = ['--probability-attribute', 'probability'];
    const columns = ['--ground-truth-attribute', 'income', '--inference-attribute', 'prediction', ...attributes];
    const made = await run(
      ...['baseline', 'model-quality', '--dataset', 'census/baseline/validation.csv', '--output', 'baseline'],
      ...['--problem-type', 'BinaryClassification', ...columns, '--quiet'],
    );
    expect(made).toEqual({ code: 0, out: '', error: '' });
    const check = async (output: string, ...current: readonly string[]): Promise<Report> => {
      const places = ['--baseline', 'baseline', '--output', output, '--quiet'];
      const { error } = await run('check', 'model-quality', '--current', ...current, ...places, ...day);
      expect(error).toBe('');
      return JSON.parse(readFileSync(at(output, 'report.json'), 'utf8')) as Report;
    };
    const joined = await check('one', 'census/capture', '--ground-truth', 'census/ground-truth');
    const merged = await check('two', 'for-check');
    expect(merged.modelQuality!.metrics.length).toBeGreaterThan(20);
    expect(merged.modelQuality!.metrics).toEqual(joined.modelQuality!.metrics);
    expect(merged.violations).toEqual(joined.violations);
  });

  it.each([[[]], [['--quiet']], [['--json']]])(
    'ends with 3 and why on standard error when nothing matches, with %j',
    async (more) => {
      put(
        'wrong/2026/03/06/00/labels.jsonl',
        '{"groundTruthData":{"data":"0","encoding":"CSV"},"eventMetadata":{"eventId":"CENSUS-002640"},"eventVersion":"0"}',
        '{"half',
      );
      const places = ['--capture', 'census/capture', '--ground-truth', 'wrong', '--output', 'nothing'];
      const { code, out, error } = await run('merge', ...places, ...more);
      expect(code).toBe(3);
      expect(error).toContain('differ only in case or in spaces around them: "census-002640" and "CENSUS-002640"');
      if (more.length === 0) {
        expect(out).toContain('0 of 17,441 predictions have their label (0 %)');
        expect(out).toContain('168 of them without a label');
        expect(out).toContain(`1 line of ground truth could not be read; the first: ${at('wrong')}`);
        expect(out).toContain('labels.jsonl:2 not JSON.');
      } else if (more.includes('--json')) {
        expect((JSON.parse(out) as MergeSummary).labelled).toBe(0);
      } else {
        expect(out).toBe('');
      }
    },
  );

  it('ends with 2 for wrong usage, and with 3 where there is no ground truth', async () => {
    expect((await run('merge', '--capture', 'census/capture')).code).toBe(2);
    const same = await merge('census/capture');
    expect([same.code, same.error]).toEqual([2, expect.stringContaining('among the captured records')]);
    const places = ['--capture', 'census/capture', '--ground-truth', 'nowhere', '--output', 'out'];
    const none = await run('merge', ...places);
    expect([none.code, none.error]).toEqual([3, expect.stringContaining('There is no ground truth here.')]);
  });
});

describe('driftline merge on S3', () => {
  const bucket = 's3://merging/census';
  let server: S3Server;

  beforeAll(async () => {
    server = await startS3Server();
    await server.createBucket('merging');
    for (const [name, value] of Object.entries(server.env)) vi.stubEnv(name, value);
    vi.stubEnv('DRIFTLINE_CACHE', at('cache'));
    const files = [
      ...(await collect(fileStorage.list(at('census', 'capture')))).filter(({ uri }) => uri.includes('/2026/03/05/')),
      ...(await collect(fileStorage.list(at('census', 'ground-truth')))),
    ];
    const upload = async (uri: string): Promise<void> =>
      openStorage(bucket).write(joinUri(bucket, relativeUri(at('census'), uri)), await fileStorage.read(uri));
    await Promise.all(files.map(({ uri }) => upload(uri)));
  }, 120_000);

  afterAll(async () => {
    vi.unstubAllEnvs();
    await server?.stop();
  });

  it('writes what it writes on disk, and again the same files', async () => {
    const places = ['--capture', `${bucket}/capture`, '--ground-truth', `${bucket}/ground-truth`];
    const first = await driftline(['merge', ...places, '--output', `${bucket}/merged/`, ...day]);
    expect([first.code, first.error]).toEqual([0, '']);
    await driftline(['merge', ...places, '--output', `${bucket}/merged`, ...day]);
    await merge('on-disk', ...day);
    const read = async (root: string): Promise<readonly string[]> =>
      Promise.all(
        (await collect(openStorage(root).list(root))).map(async ({ uri }) => {
          const text = new TextDecoder().decode(await openStorage(uri).read(uri));
          // The name is made from the place of the capture.
          return `${relativeUri(root, path.posix.dirname(uri).replace(/^s3:\/(?!\/)/, 's3://'))}\n${text}`;
        }),
      );
    const [remote, local] = [await read(`${bucket}/merged`), await read(at('on-disk'))];
    expect(remote).toHaveLength(24);
    expect(remote).toEqual(local);
  });
});
