import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseManifest } from '../../../kernel-lib/src/capture/batch.js';
import { readLines } from '../../../kernel-lib/src/capture/lines.js';
import { locateCapture } from '../../../kernel-lib/src/capture/locate.js';
import type { ReadPlan } from '../../../kernel-lib/src/capture/read-plan.js';
import { createLineReader } from '../../../kernel-lib/src/capture/record-rows.js';

const samples = new URL('../../conformance/data/capture-samples/', import.meta.url);
const day = { start: '2026-03-05T00:00:00Z', end: '2026-03-06T00:00:00Z' };
const both: ReadPlan = { parts: ['output', 'input'], names: {} };
let root: string;

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'driftline-batch-'));
  vi.stubEnv('DRIFTLINE_CACHE', path.join(root, 'cache'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

async function put(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(path.join(root, file)), { recursive: true });
  await writeFile(path.join(root, file), content);
}

async function manifest(side: 'input' | 'output', entries: unknown[], hour = '07'): Promise<void> {
  await put(`capture/${side}/2026/03/05/${hour}/0f1e.json`, JSON.stringify(entries));
}

/** What the lines of all located files come to. */
async function results(plan: ReadPlan = both) {
  const { hours } = await locateCapture(path.join(root, 'capture'), day);
  const read = createLineReader(plan);
  const found: unknown[] = [];
  for (const object of hours.flatMap(({ objects }) => objects)) {
    for await (const { text } of readLines(object.uri)) {
      const result = read(text);
      if (result.kind === 'rows') found.push(...result.rows.rows);
      else if (result.kind === 'quarantined') found.push(result.reason);
    }
  }
  return found;
}

const id = '1f1d57b1-2e6f-4b9c-8d6c-0a6b3a3c7a11';
const time = '2026-03-05T07:49:15Z';

describe('parseManifest()', () => {
  test('reads the manifests that the service wrote', async () => {
    const read = async (name: string) => parseManifest(await readFile(new URL(name, samples), 'utf8'), name);
    expect(await read('batch-manifest.input.json')).toEqual([
      {
        prefix:
          's3://sagemaker-us-west-2-000000000000/sagemaker/DEMO-ClarifyModelMonitor-1674109279-6b1c/test-dataset.jsonl',
        name: '',
      },
    ]);
    expect(await read('batch-manifest.output.json')).toMatchObject([{ name: 'test-dataset.jsonl.out' }]);
  });

  test.each(['{', '{}', '["name"]', '[{"prefix":1}]', '[{"prefix":"s3://b/"},7]'])('refuses %s', (text) => {
    expect(() => parseManifest(text, 'm.json')).toThrow('This is not a batch capture manifest.');
  });
});

describe('locateCapture() on batch-transform capture', () => {
  test('gives the joined transform output as it is, from the destination and from its folders', async () => {
    const output = path.join(root, 'transform/test-dataset.jsonl.out');
    await put('transform/test-dataset.jsonl', 'not looked at');
    await copyFile(new URL('transform-output-with-inference-id.jsonl', samples), output);
    await manifest('input', [{ prefix: `${root}/transform/test-dataset.jsonl` }, '']);
    await manifest('output', [{ prefix: `${root}/transform/` }, 'test-dataset.jsonl.out']);
    for (const at of ['capture', 'capture/output', 'capture/output/2026/03/05']) {
      const { hours, layout, newestHour } = await locateCapture(path.join(root, at), day);
      expect(layout).toBe('batch');
      expect(newestHour).toBe('2026-03-05T07:00:00Z');
      expect(hours.map(({ hour, objects }) => [hour, objects.map(({ uri }) => uri)])).toEqual([
        ['2026-03-05T07:00:00Z', [output]],
      ]);
    }
    expect(await results()).toHaveLength(5);
    const { hours } = await locateCapture(path.join(root, 'capture'), { start: '2026-03-05T08:00:00Z', end: day.end });
    expect(hours).toEqual([]);
  });

  test('joins CSV input and output line by line, without the inference id and time', async () => {
    await put('capture/data/in.csv', '1,a\n2,"b,c"\n');
    await put('capture/data/in.csv.out', `0.1,${id},${time}\n0.2,${id},${time}\n`);
    await manifest('input', [{ prefix: 'data/in.csv' }, '']);
    await manifest('output', [{ prefix: 'data/' }, 'in.csv.out']);
    expect(await results()).toEqual([
      ['0.1', '1', 'a'],
      ['0.2', '2', 'b,c'],
    ]);
    const { hours } = await locateCapture(path.join(root, 'capture'));
    const line = JSON.parse((await readFile(hours[0]!.objects[0]!.uri, 'utf8')).split('\n')[0]!);
    expect(line.eventMetadata).toEqual({ inferenceId: id, inferenceTime: time });
  });

  test('takes the input off a CSV line that the job joined it to', async () => {
    await put('capture/data/in.csv', '1,a\n');
    await put('capture/data/in.csv.out', `1,a,0.1,${id},${time}\n`);
    await manifest('input', [{ prefix: 'data' }, 'in.csv']);
    await manifest('output', [{ prefix: 'data' }, 'in.csv.out']);
    expect(await results()).toEqual([['0.1', '1', 'a']]);
  });

  test('joins JSON Lines, with and without inference ids', async () => {
    await put('capture/data/in.jsonl', '{"x":1.0}\n{"x":2}\n');
    await put(
      'capture/data/in.jsonl.out',
      `{"y":0.1,"SageMakerInferenceId":"${id}","SageMakerInferenceTime":"${time}"}\n{"y":0.2}\n`,
    );
    await manifest('input', [{ prefix: 'data/' }, 'in.jsonl']);
    await manifest('output', [{ prefix: 'data/' }, 'in.jsonl.out']);
    expect(await results()).toEqual([
      ['0.1', '1.0'],
      ['0.2', '2'],
    ]);
  });

  test('reads one JSON document over many lines as one record of many rows', async () => {
    const document = {
      SageMakerInferenceId: id,
      SageMakerOutput: { predictions: [{ y: 1 }, { y: 2 }] },
      instances: [{ x: 3 }, { x: 4 }],
    };
    await put('capture/data/in.json.out', JSON.stringify(document, null, 2));
    await manifest('output', [{ prefix: 'data/' }, 'in.json.out']);
    expect(await results()).toEqual([
      ['1', '3'],
      ['2', '4'],
    ]);
  });

  test('quarantines the surplus lines where input and output differ in length', async () => {
    await put('capture/data/in.csv', '1\n2\n');
    await put('capture/data/in.csv.out', '0.1\n');
    await manifest('input', [{ prefix: 'data/' }, 'in.csv']);
    await manifest('output', [{ prefix: 'data/' }, 'in.csv.out']);
    expect(await results()).toEqual([['0.1', '1'], 'no output in the record']);
  });

  test('reads output alone and input alone, and all files under a prefix', async () => {
    await put('capture/many/a.jsonl.out', '{"y":1}\n');
    await put('capture/many/b.jsonl.out', '{"y":2}\n');
    await manifest('output', [{ prefix: 'many/' }, '']);
    expect(await results({ parts: ['output'], names: {} })).toEqual([['1'], ['2']]);
    await rm(path.join(root, 'capture/output/2026/03/05/07/0f1e.json'));
    await put('capture/in.csv', '5,6\n');
    await manifest('input', [{ prefix: 'in.csv' }, ''], '09');
    expect(await results({ parts: ['input'], names: {} })).toEqual([['5', '6']]);
  });

  test('writes nothing again when the files have not changed', async () => {
    await put('capture/data/in.csv.out', '0.1\n');
    await manifest('output', [{ prefix: 'data/' }, 'in.csv.out']);
    const once = await locateCapture(path.join(root, 'capture'));
    expect(await locateCapture(path.join(root, 'capture'))).toEqual(once);
    await put('capture/data/in.csv.out', '0.1\n0.2\n');
    expect((await locateCapture(path.join(root, 'capture'))).hours[0]!.objects[0]!.uri).not.toBe(
      once.hours[0]!.objects[0]!.uri,
    );
  });

  test('says which manifest names a file that is not there', async () => {
    await manifest('output', [{ prefix: 'data/' }, 'gone.out']);
    await expect(locateCapture(path.join(root, 'capture'))).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      where: path.join(root, 'capture/output/2026/03/05/07/0f1e.json'),
    });
  });
});
