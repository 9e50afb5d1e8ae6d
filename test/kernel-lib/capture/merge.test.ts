import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readLines } from '../../../kernel-lib/src/capture/lines.js';
import { locateCapture } from '../../../kernel-lib/src/capture/locate.js';
import { type MergeOptions, type MergeSummary, mergeCapture } from '../../../kernel-lib/src/capture/merge.js';
import type { ReadPlan } from '../../../kernel-lib/src/capture/read-plan.js';
import { createLineReader } from '../../../kernel-lib/src/capture/record-rows.js';
import { guessFormat } from '../../../kernel-lib/src/monitor/dataset-format.js';
import { temporaryFolder } from '../../support/driftline.js';
import { captureLine } from './capture-line.js';
import { labelLine, writeLines } from './label-files.js';

const folder = temporaryFolder();
let root: string;
let count = 0;
vi.stubEnv('DRIFTLINE_CACHE', path.join(folder, 'cache'));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  root = path.join(folder, String(count++));
});

const at = (...names: readonly string[]): string => path.join(root, ...names);

const call = (id: string, time = '10:00:00', data = '0.5'): string =>
  captureLine({
    output: { observedContentType: 'text/csv; charset=utf-8', mode: 'OUTPUT', data, encoding: 'CSV' },
    input: { observedContentType: 'text/csv', mode: 'INPUT', data: '41,clerk', encoding: 'CSV' },
    metadata: { eventId: `event-${id}`, inferenceId: id, inferenceTime: `2026-03-05T${time}Z` },
  });
const capture = (file: string, ...lines: readonly string[]): string => writeLines(at('capture'), file, lines);
const truth = (file: string, ...lines: readonly string[]): string => writeLines(at('truth'), file, lines);
const merge = (options: Partial<MergeOptions> = {}): Promise<MergeSummary> =>
  mergeCapture({ capture: at('capture'), groundTruth: at('truth'), output: at('out'), ...options });

/** The files below the output, by path. */
function files(): string[] {
  return readdirSync(at('out'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
}

function lines(): string[] {
  return files().flatMap((name) => readFileSync(at('out', name), 'utf8').split('\n').slice(0, -1));
}

/** The rows of all merged records, as the other commands read them. */
async function rows(parts: ReadPlan['parts'] = ['output', 'input', 'ground-truth']): Promise<unknown[]> {
  const { hours, layout } = await locateCapture(at('out'));
  expect([layout, await guessFormat(at('out'))]).toEqual(['merged', 'merged']);
  const read = createLineReader({ parts, names: {} });
  const found: unknown[] = [];
  for (const object of hours.flatMap(({ objects }) => objects)) {
    for await (const { text } of readLines(object.uri)) {
      const result = read(text);
      found.push(...(result.kind === 'rows' ? result.rows.rows : [result]));
    }
  }
  return found;
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}';

describe('mergeCapture()', () => {
  test("writes labelled records in the service's layout, a file an hour, and counts the others", async () => {
    capture('census/AllTraffic/2026/03/05/10/a.jsonl', call('a'), call('b'));
    capture('census/AllTraffic/2026/03/05/10/b.jsonl', call('c', '10:30:00'));
    capture('census/AllTraffic/2026/03/05/11/a.jsonl', call('d', '11:00:00'), call('e', '11:01:00'));
    truth('2026/03/05/12/a.jsonl', labelLine('a', '0'), labelLine('c', '1'), labelLine('x', '1'));
    truth('2026/03/07/11/a.jsonl', labelLine('a', '1'), labelLine('d', '0'));
    const summary = await merge();
    const hour = (name: string): unknown =>
      expect.stringMatching(
        new RegExp(`^merge/census/AllTraffic/2026/03/05/${name}/part-00000-${uuid}\\.c000\\.jsonl$`),
      );
    expect(files()).toEqual([hour('10'), hour('11')]);
    expect(summary.files).toEqual(files().map((name) => at('out', name)));
    expect(summary).toMatchObject({
      predictions: 5,
      labelled: 3,
      unmatchedLabels: 1,
      repeatedLabels: 1,
      hours: [
        { hour: '2026-03-05T10:00:00Z', predictions: 3, labelled: 2 },
        { hour: '2026-03-05T11:00:00Z', predictions: 2, labelled: 1 },
      ],
      delayHours: { median: 48, p95: 49, max: 49 },
      capture: { records: 5, quarantined: 0 },
      groundTruth: { records: 5, quarantined: 0 },
    });
    expect(summary.hint).toBeUndefined();
    expect(await rows()).toEqual([
      ['0.5', '41', 'clerk', '1'],
      ['0.5', '41', 'clerk', '1'],
      ['0.5', '41', 'clerk', '0'],
    ]);
  });

  test("writes the service's keys in its order, and everything else as it was captured", async () => {
    const own = call('a').replace('"eventMetadata":{', '"eventMetadata":{"customAttributes":["k=1.0"],"weight":1.0,');
    const foreign =
      '{"eventVersion":"0", "captureData":{"endpointOutput":{"data":"0.1","encoding":"CSV"}}, "more":[1], "eventMetadata":{"eventId":"b"}}';
    capture('c/v/2026/03/05/10/a.jsonl', own, foreign);
    truth('2026/03/05/10/a.jsonl', labelLine('a', '"q", 1'), labelLine('b', '{"y":1.0}', 'JSON'));
    await merge();
    const label = '{"data":"\\"q\\", 1","encoding":"CSV"}';
    expect(lines()).toEqual([
      `{"eventVersion":"0","groundTruthData":${label},${own.slice(1, own.indexOf(',"eventVersion"'))}}`,
      '{"eventVersion":"0","groundTruthData":{"data":"{\\"y\\":1.0}","encoding":"JSON"},"captureData":{"endpointOutput":{"data":"0.1","encoding":"CSV"}},"eventMetadata":{"eventId":"b"},"more":[1]}',
    ]);
  });

  test('keeps records and labels of several rows together, in CSV and in JSON', async () => {
    const several = captureLine({
      output: { data: '{"predictions": [{"score": 0.9}, {"score": 0.1}]}', encoding: 'JSON' },
      input: { data: '{"instances": [{"age": 41}, {"age": 42}]}', encoding: 'JSON' },
      metadata: { eventId: 'json' },
    });
    capture('c/v/2026/03/05/10/a.jsonl', several, call('csv', '10:00:01', '0.1\n0.2').replace('41,clerk', '1,a\\n2,b'));
    truth(
      '2026/03/05/10/a.jsonl',
      labelLine('json', '{"instances": [{"label": 1}, {"label": 0}]}', 'JSON'),
      labelLine('csv', '1\n0\n'),
    );
    await merge();
    expect(await rows()).toEqual([
      ['0.9', '41', '1'],
      ['0.1', '42', '0'],
      ['0.1', '1', 'a', '1'],
      ['0.2', '2', 'b', '0'],
    ]);
  });

  test('replaces the label of records that are merged already', async () => {
    capture(
      'merge/c/v/2026/03/05/10/a.jsonl',
      `{"groundTruthData":{"data":"0","encoding":"CSV"},${call('a').slice(1)}`,
    );
    truth('2026/03/05/11/a.jsonl', labelLine('a', '1'));
    await merge({ capture: at('capture/merge') });
    expect(await rows(['output', 'ground-truth'])).toEqual([['0.5', '1']]);
    expect(lines()[0]!.match(/groundTruthData/g)).toHaveLength(1);
  });

  test('replaces a label wherever it stands in the record', async () => {
    const labelled = call('a').replace(
      ',"eventMetadata"',
      ',"groundTruthData":{"data":"0","encoding":"CSV"},"eventMetadata"',
    );
    capture('c/v/2026/03/05/10/a.jsonl', labelled);
    truth('2026/03/05/11/a.jsonl', labelLine('a', '1'));
    await merge();
    expect(await rows(['output', 'ground-truth'])).toEqual([['0.5', '1']]);
    expect(lines()[0]!.match(/groundTruthData/g)).toHaveLength(1);
  });

  test('counts records for the hour folder that they lie in, whatever their own time', async () => {
    capture('c/v/2026/03/05/10/a.jsonl', call('a', '09:59:59'), call('b', '11:00:00'));
    truth('2026/03/05/12/a.jsonl', labelLine('a', '1'));
    const { hours, delayHours } = await merge();
    expect(hours).toEqual([{ hour: '2026-03-05T10:00:00Z', predictions: 2, labelled: 1 }]);
    expect(delayHours).toEqual({ median: 2, p95: 2, max: 2 });
  });

  test('gives each variant its folder', async () => {
    for (const variant of ['A', 'B']) {
      for (const hour of ['10', '11']) {
        capture(`c/${variant}/2026/03/05/${hour}/a.jsonl`, call(`${variant}${hour}`, `${hour}:00:00`));
        truth(`2026/03/05/12/${variant}${hour}.jsonl`, labelLine(`${variant}${hour}`, '1'));
      }
    }
    await merge();
    expect(files().map((name) => path.dirname(name))).toEqual(
      ['A/2026/03/05/10', 'A/2026/03/05/11', 'B/2026/03/05/10', 'B/2026/03/05/11'].map((each) => `merge/c/${each}`),
    );
    expect(lines()).toHaveLength(4);
  });

  test('writes files outside hour folders by the hours of their records, each one once', async () => {
    const mixed = Array.from({ length: 50 }, (_, i) => call(`${i}`, i % 2 === 0 ? '10:00:00' : '11:00:00'));
    capture('a.jsonl', ...mixed, call('never').replace(/"inferenceTime":"[^"]*"/, '"inferenceTime":null'));
    truth('a.jsonl', ...mixed.map((_, i) => labelLine(`${i}`, '1')), labelLine('never', '1'));
    await merge();
    expect(files().map((name) => path.dirname(name))).toEqual([
      'merge/endpoint/AllTraffic/2026/03/05/10',
      'merge/endpoint/AllTraffic/2026/03/05/11',
      'merge/endpoint/AllTraffic/undated',
    ]);
    expect(lines()).toHaveLength(51);
  });

  test('replaces its files when it is repeated, however the capture is named, and leaves other hours', async () => {
    capture('c/v/2026/03/05/10/a.jsonl', call('b'));
    capture('c/v/2026/03/05/10/b.jsonl', call('a'));
    capture('c/v/2026/03/05/11/a.jsonl', call('c', '11:00:00'));
    // The first file of the hour has its label later than the second.
    truth('2026/03/05/12/a.jsonl', labelLine('a', '0'), labelLine('c', '0'));
    await merge();
    const before = files();
    truth('2026/03/05/13/a.jsonl', labelLine('a', '1'), labelLine('b', '1'), labelLine('c', '1'));
    const hour = { start: '2026-03-05T10:00:00Z', end: '2026-03-05T11:00:00Z' };
    await merge({ ...hour, capture: path.relative('', at('capture/c/')), output: `${at('out/merge')}/` });
    await merge({ ...hour, capture: at('capture/c/v/2026/03/05'), groundTruth: path.relative('', at('truth')) });
    await merge({ ...hour, capture: `file://${at('capture/c/v')}`, output: `file://${at('out')}` });
    expect(files()).toEqual(before);
    expect((await rows(['ground-truth'])).flat()).toEqual(['1', '1', '0']);
  });

  test('takes away what a larger merge before left beyond its last part', async () => {
    capture('c/v/2026/03/05/10/a.jsonl', call('a'));
    truth('2026/03/05/12/a.jsonl', labelLine('a', '0'));
    const [first] = (await merge()).files;
    const others = ['00001', '00002'].map((part) => first!.replace('part-00000', `part-${part}`));
    const foreign = path.join(path.dirname(first!), 'part-00001-0b7bfd33-0000-4000-8000-000000000000.c000.jsonl');
    for (const file of [...others, foreign]) writeFileSync(file, `${call('a')}\n`);
    await merge();
    expect(files().map((name) => at('out', name))).toEqual([first, foreign].sort());
  });

  test('gives an hour of more than 64 MB several files, in the order of its records', async () => {
    const wide = '1234567,'.repeat(12_000);
    const many = Array.from({ length: 800 }, (_, i) => call(`${i}`, '10:00:00', `${wide}${i}`));
    capture('c/v/2026/03/05/10/a.jsonl', ...many);
    truth('2026/03/05/12/a.jsonl', ...many.map((_, i) => labelLine(`${i}`, `label ${i}`)));
    const summary = await merge();
    expect(summary.files.map((file) => /part-\d+/.exec(file)![0])).toEqual(['part-00000', 'part-00001']);
    const order = lines().map((line) => Number(/label (\d+)/.exec(line)![1]));
    expect(order).toEqual(many.map((_, i) => i));
  });

  test('takes the predictions of a window, and labels from its beginning on', async () => {
    for (const hour of ['09', '10', '11']) capture(`c/v/2026/03/05/${hour}/a.jsonl`, call(hour, `${hour}:40:00`));
    capture('c/v/2026/03/05/10/b.jsonl', call('early', '10:10:00'));
    truth('2026/03/04/00/a.jsonl', labelLine('10', 'too early'));
    truth('2026/03/09/00/a.jsonl', labelLine('09', '1'), labelLine('10', '1'), labelLine('early', '1'));
    const half = await merge({ start: '2026-03-05T10:30:00Z', end: '2026-03-05T11:00:00Z' });
    expect([half.predictions, half.labelled, half.unmatchedLabels, half.repeatedLabels]).toEqual([1, 1, 2, 0]);
    const open = await merge({ start: '2026-03-05T10:00:00Z' });
    expect([open.predictions, open.labelled]).toEqual([3, 2]);
    expect(lines()).toHaveLength(2);
    const until = await merge({ end: '2026-03-05T10:00:00Z' });
    expect([until.predictions, until.labelled, until.repeatedLabels]).toEqual([1, 1, 1]);
  });

  test('counts lines that cannot be read, on both sides', async () => {
    writeLines(at('capture'), 'c/v/2026/03/05/10/a.jsonl', [call('a'), call('b').slice(0, 70)], '');
    writeLines(at('truth'), '2026/03/05/10/a.jsonl', ['?', labelLine('a', '1'), labelLine('b', '1').slice(0, 30)], '');
    const { capture: captured, groundTruth, labelled } = await merge();
    expect(labelled).toBe(1);
    expect(captured).toMatchObject({ quarantined: 1, reasons: [{ reason: 'half-written last line', count: 1 }] });
    expect(groundTruth).toMatchObject({ quarantined: 2 });
    expect(groundTruth.examples.map(({ reason }) => reason)).toEqual(['not JSON', 'half-written last line']);
  });

  test('refuses a window without hours, and an output that is the place of its input', async () => {
    capture('c/v/2026/03/05/10/a.jsonl', call('a'));
    truth('2026/03/05/12/a.jsonl', labelLine('a', '0'));
    const code = 'USAGE';
    const turned = { start: '2026-03-05T10:00:00Z', end: '2026-03-05T10:00:00Z' };
    await expect(merge(turned)).rejects.toMatchObject({ code });
    await expect(merge({ output: `${at('capture')}/` })).rejects.toMatchObject({ code });
    await expect(merge({ output: at('truth') })).rejects.toMatchObject({ code });
    await expect(merge({ groundTruth: at('nowhere') })).rejects.toMatchObject({ code: 'NO_DATA' });
    await expect(merge({ capture: at('nowhere') })).rejects.toMatchObject({ code: 'NO_DATA' });
  });

  test('leaves whole files or none when it is aborted', async () => {
    const hours = ['10', '11', '12'];
    for (const hour of hours) capture(`c/v/2026/03/05/${hour}/a.jsonl`, call(hour, `${hour}:00:00`));
    truth('2026/03/06/00/a.jsonl', ...hours.map((hour) => labelLine(hour, '1')));
    const controller = new AbortController();
    const aborted = merge({
      signal: controller.signal,
      onProgress: ({ stage, done, total }) => {
        if (stage === 'joining labels' && done < total! && done > total! / 2) controller.abort();
      },
    });
    await expect(aborted).rejects.toMatchObject({ code: 'ABORTED' });
    expect(files()).toHaveLength(1);
    expect(lines()).toHaveLength(1);
    expect(readdirSync(at('out'), { recursive: true }).filter((name) => /partial|tmp/.test(String(name)))).toEqual([]);
  });
});

describe('mergeCapture() of batch transform', () => {
  const id = (last: number): string => `1f1d57b1-2e6f-4b9c-8d6c-0a6b3a3c7a${last}`;

  function job(output: readonly string[], input?: readonly string[]): void {
    writeLines(at('capture'), 'output/2026/03/05/07/m.json', ['[{"prefix":"files/out/"},"data.csv.out"]']);
    writeLines(at('capture'), 'files/out/data.csv.out', output);
    if (input === undefined) return;
    writeLines(at('capture'), 'input/2026/03/05/07/m.json', ['[{"prefix":"files/in/data.csv"},""]']);
    writeLines(at('capture'), 'files/in/data.csv', input);
  }

  test('moves id and time out of the row, whose numbers keep their form', async () => {
    const row = (i: number, rest: string): string =>
      `{"SageMakerInferenceId":"${id(i)}","SageMakerInferenceTime":"2026-03-05T07:49:15Z",${rest}}`;
    const first = '"SageMakerOutput":{"score":3.0},"features":[29,2.50,NaN]';
    const last = `{"SageMakerOutput":{"score":0.1},"features":[30,1.0,2],"SageMakerInferenceId":"${id(12)}", "SageMakerInferenceTime":"2026-03-05T07:49:15Z"}`;
    job([row(11, first), last]);
    truth('2026/03/06/00/a.jsonl', labelLine(id(11), '1'), labelLine(id(12), '0'));
    const { labelled, predictions } = await merge();
    expect([labelled, predictions]).toEqual([2, 2]);
    expect(files()).toEqual([expect.stringMatching(/^merge\/batch\/2026\/03\/05\/07\/part-00000-/)]);
    expect(lines().map((line) => JSON.parse(line))).toEqual([
      {
        eventMetadata: { eventId: id(11), inferenceTime: '2026-03-05T07:49:15Z' },
        eventVersion: '0',
        groundTruthData: { data: '1', encoding: 'CSV' },
        captureData: { batchTransformOutput: { data: `{${first}}`, encoding: 'JSON' } },
      },
      expect.objectContaining({
        captureData: {
          batchTransformOutput: { data: '{"SageMakerOutput":{"score":0.1},"features":[30,1.0,2]}', encoding: 'JSON' },
        },
      }),
    ]);
    expect(await rows()).toEqual([
      ['3.0', '29', '2.50', 'NaN', '1'],
      ['0.1', '30', '1.0', '2', '0'],
    ]);
  });

  test('keeps the input that CSV lines were paired with', async () => {
    const line = (i: number): string => `0.${i},${id(i)},2026-03-05T07:49:15Z`;
    job([line(11), line(12)], ['41,clerk', '42.0,nurse']);
    truth('2026/03/06/00/a.jsonl', labelLine(id(11), '1'), labelLine(id(12), '0'));
    await merge();
    expect(await rows()).toEqual([
      ['0.11', '41', 'clerk', '1'],
      ['0.12', '42.0', 'nurse', '0'],
    ]);
    expect(lines().join()).not.toContain(`0.11,${id(11)}`);
    const before = files();
    await merge({ capture: at('capture/output/2026/03/05') });
    expect(files()).toEqual(before);
  });
});

describe('the hint of a merge that matches nothing', () => {
  async function hint(captured: readonly string[], labels: readonly string[], options: Partial<MergeOptions> = {}) {
    capture('c/v/2026/03/05/10/a.jsonl', ...captured);
    truth('2026/03/05/12/a.jsonl', ...labels);
    const summary = await merge(options);
    expect([summary.labelled, summary.files]).toEqual([0, []]);
    return summary.hint;
  }

  test('shows an id of either side', async () => {
    expect(await hint([call('inf-001')], [labelLine('2026/A', '1')])).toBe(
      'None of 1 labels belongs to one of 1 predictions. Predictions have ids such as "inf-001", labels such as "2026/A". They look different: a label carries the inferenceId of its prediction, where the prediction has one, else its eventId.',
    );
  });

  test('says that ids alike may be of another endpoint', async () => {
    expect(await hint([call('inf-001')], [labelLine('inf-777', '1')])).toMatch(/The labels may be of another endpoint/);
  });

  test('tells labels that carry the eventId where predictions have an inferenceId', async () => {
    const said = await hint([call('a'), call('b')], [labelLine('event-b', '1')]);
    expect(said).toContain('1 of the 2 predictions have a label under their eventId, but join by their inferenceId');
  });

  test.each([
    ['inf-00a', 'INF-00A'],
    ['inf-00A', 'inf-00a'],
    ['Inf-00a', 'INF-00a'],
    ['inf-00a', ' inf-00a\r'],
    ['inf-00a ', 'inf-00a'],
  ])('tells ids that differ only in case or spaces: %j and %j', async (prediction, label) => {
    expect(await hint([call(prediction)], [labelLine(label, '1')])).toContain(
      `Ids differ only in case or in spaces around them: ${JSON.stringify(prediction)} and ${JSON.stringify(label)}.`,
    );
  });

  test('tells hours that do not meet', async () => {
    truth('2026/03/04/12/a.jsonl', labelLine('inf-002', '1'));
    capture('c/v/2026/03/05/10/a.jsonl', call('inf-001'));
    expect((await merge()).hint).toContain(
      'The labels lie in hours up to 2026-03-04T12:00:00Z, the predictions in 2026-03-05T10:00:00Z to 2026-03-05T10:00:00Z',
    );
    expect((await merge({ start: '2026-03-05T00:00:00Z' })).hint).toBe(
      'There are no labels for this time: they may not have come yet. The newest ground truth lies in hour 2026-03-04T12:00:00Z.',
    );
  });

  test('tells a window without predictions, and predictions without ids', async () => {
    const later = { start: '2026-03-05T11:00:00Z' };
    expect(await hint([call('a')], [labelLine('a', '1')], later)).toBe(
      'There are no predictions in the window; there is capture up to 2026-03-05T10:00:00Z.',
    );
    const nameless = captureLine({ output: { data: '1', encoding: 'CSV' }, metadata: { eventId: null } });
    expect(await hint([nameless], [labelLine('a', '1')])).toContain('neither inferenceId nor eventId');
  });
});
