import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDemo } from '../../../../kernel-lib/src/demo/demo.js';
import { inspectSources } from '../../../../kernel-lib/src/project/setup/inspect-sources.js';
import type { SetupInspection } from '../../../../kernel-lib/src/project/setup/inspection.js';
import { temporaryFolder } from '../../../support/driftline.js';
import { writeCapture, writeCsv, writeGroundTruth } from '../../../support/setup-sources.js';

const folder = temporaryFolder();
const demo = path.join(folder, 'demo');
const census = {
  capture: path.join(demo, 'capture/census-income'),
  groundTruth: path.join(demo, 'ground-truth/census-income'),
  model: path.join(demo, 'model/census-model.json'),
};
const at = (name: string): string => path.join(folder, name);
const range = (count: number): number[] => [...Array(count).keys()];
const possible = ({ monitors }: SetupInspection): string[] =>
  monitors.filter((monitor) => monitor.possible).map(({ type }) => type);
const mapped = ({ capture }: SetupInspection, part: string): (string | undefined)[] =>
  capture.columns.filter((column) => column.part === part).map(({ column }) => column);
const all = ['data-quality', 'model-quality', 'model-bias', 'model-explainability'];

beforeAll(() => createDemo(demo));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('inspectSources() of the example project', () => {
  it('finds every column of scored validation data, and all four monitors', async () => {
    const found = await inspectSources({ ...census, dataset: path.join(demo, 'baseline/validation.csv') });
    expect([found.label?.value, found.prediction?.value, found.probability?.value]).toEqual([
      'income',
      'prediction',
      'probability',
    ]);
    expect([found.problemType?.value, found.positiveLabel?.value]).toEqual(['BinaryClassification', '1']);
    expect(found.facets.map(({ value }) => value)).toEqual(['race', 'sex']);
    expect(mapped(found, 'output')).toEqual(['probability']);
    expect(mapped(found, 'input')).toEqual(found.modelFeatures);
    expect(possible(found)).toEqual(all);
    expect([found.endpoint, found.dataset.rows, found.dataset.more]).toEqual(['census-income', 6513, false]);
    expect(found.groundTruth?.columns.map(({ examples }) => [...examples].sort())).toEqual([['0', '1']]);
  });

  it('shows values as they are written, and where it looked', async () => {
    const { dataset, capture, notes } = await inspectSources({
      ...census,
      dataset: path.join(demo, 'baseline/training.csv'),
    });
    expect([dataset.rows, dataset.more]).toEqual([10_000, true]);
    expect(dataset.columns.find(({ name }) => name === 'age')?.examples).toEqual(['50', '38', '53', '28', '49']);
    expect(capture.hour).toBe('2026-03-08T23:00:00Z');
    expect(notes[0]).toBe(
      `Read: the first 10,000 rows of the training file, and ${capture.records} records of the newest captured hour, 2026-03-08T23:00:00Z.`,
    );
  });

  it('says why a monitor is not possible', async () => {
    const found = await inspectSources({ dataset: path.join(demo, 'baseline/training.csv'), capture: census.capture });
    expect(possible(found)).toEqual(['data-quality']);
    expect(found.monitors.slice(1).map(({ reason }) => reason)).toEqual([
      'It needs the ground truth: give where labels arrive.',
      'It needs the ground truth: give where labels arrive.',
      'It needs the model: give its file or address.',
    ]);
    const labelled = await inspectSources({ ...found.sources, groundTruth: census.groundTruth });
    expect(labelled.monitors[1]?.reason).toContain('The training file has no label');
  });
});

describe('inspectSources()', () => {
  it('takes JSON keys as names, whatever the order, and says which the training file lacks', async () => {
    const dataset = writeCsv(
      at('json/train.csv'),
      'price,rooms,city',
      range(200).map((index) => `${100 + index * 1.5},${index % 7},${['Oslo', 'Rome'][index % 2]}`),
    );
    const capture = writeCapture(
      at('json/capture'),
      'houses v2',
      range(50).map((index) => ({
        input: { city: 'Rome', rooms: index % 7, garden: 'yes' },
        output: { price: 120.25 + index },
      })),
    );
    const found = await inspectSources({ dataset, capture });
    expect(found.endpoint).toBe('houses-v2');
    expect(found.capture.columns.map(({ name, column, named }) => [name, column, named])).toEqual([
      ['price', 'price', true],
      ['city', 'city', true],
      ['rooms', 'rooms', true],
      ['garden', undefined, true],
    ]);
    expect(found.notes.join(' ')).toContain('The training file lacks what is captured as garden');
  });

  it.each([
    ['first', (target: string, rest: string) => `${target},${rest}`],
    ['last', (target: string, rest: string) => `${rest},${target}`],
  ])('finds a target that stands %s, which nothing names', async (place, join) => {
    const dataset = writeCsv(
      at(`${place}/train.csv`),
      join('churned', 'id,age,plan'),
      range(300).map((index) =>
        join(String(index % 2), `c${index},${20 + (index % 50)},${['a', 'b', 'c'][index % 3]}`),
      ),
    );
    const capture = writeCapture(
      at(`${place}/capture`),
      'churn',
      range(40).map((index) => ({ input: `${20 + index},${['a', 'b', 'c'][index % 3]}`, output: String(index / 100) })),
    );
    const found = await inspectSources({ dataset, capture });
    expect(mapped(found, 'input')).toEqual(['age', 'plan']);
    expect(found.label).toEqual({ value: 'churned', reason: 'Two values, and it is not captured.' });
    const [output] = found.capture.columns;
    expect([output?.name, output?.column, output?.role]).toEqual(['probability', undefined, 'probability']);
    expect(output?.reason).toBe('Numbers from 0 to 1; the training file has no probability.');
  });

  it('tells regression and classes from the labels', async () => {
    const capture = writeCapture(at('kinds/capture'), 'kinds', [{ input: '1,2', output: '7.5' }]);
    const of = async (name: string, value: (index: number) => string): Promise<SetupInspection> =>
      inspectSources({
        capture,
        groundTruth: writeGroundTruth(at('kinds/labels'), ['1']),
        dataset: writeCsv(
          at(`kinds/${name}.csv`),
          'target,a,b,predicted_target',
          range(100).map((index) => `${value(index)},${index % 9},${index % 5},${value(index)}`),
        ),
      });
    const regression = await of('regression', (index) => String(index * 1.25));
    expect([regression.label?.value, regression.prediction?.value]).toEqual(['target', 'predicted_target']);
    expect(regression.problemType).toEqual({ value: 'Regression', reason: 'target has 100 different numbers.' });
    expect(regression.monitors[2]).toMatchObject({
      possible: false,
      reason: expect.stringContaining('answers numbers'),
    });
    const classes = await of('classes', (index) => ['red', 'green', 'blue'][index % 3]!);
    expect(classes.problemType?.value).toBe('MulticlassClassification');
    const unnamed = await of('unnamed', (index) => (index % 10 === 0 ? 'bad' : 'good'));
    expect(unnamed.positiveLabel).toEqual({ value: 'bad', reason: 'The less frequent of the two.' });
  });

  it('points to values that do not fit', async () => {
    const dataset = writeCsv(
      at('misfit/train.csv'),
      'age,city',
      range(60).map((index) => `${index},Oslo`),
    );
    const capture = writeCapture(at('misfit/capture'), 'm', [{ input: 'Bergen,Rome', output: '0.5' }]);
    const { capture: found, notes } = await inspectSources({ dataset, capture });
    expect(found.columns[1]?.reason).toBe('By order, but only 0 % of the values fit: look at the examples.');
    expect(notes.join(' ')).toContain('Values do not fit in age, city');
  });

  it('counts lines that cannot be read', async () => {
    const dataset = writeCsv(at('half/train.csv'), 'age', ['1', '2']);
    const capture = writeCapture(at('half/capture'), 'h', [{ input: '1', output: '0.5' }]);
    appendFileSync(path.join(capture, 'AllTraffic/2026/03/05/06/calls.jsonl'), '{"captureData": {\n');
    const found = await inspectSources({ dataset, capture });
    expect([found.capture.records, found.capture.unreadable]).toEqual([1, 1]);
    expect(found.notes.join(' ')).toContain('1 captured line could not be read');
  });

  it('says what is wrong with a source', async () => {
    const dataset = writeCsv(at('wrong/train.csv'), 'age', ['1']);
    const capture = writeCapture(at('wrong/capture'), 'w', [{ input: '1', output: '0.5' }]);
    const code = (sources: Parameters<typeof inspectSources>[0]): Promise<string> =>
      inspectSources(sources).then(
        () => 'none',
        (error: { code: string }) => error.code,
      );
    mkdirSync(at('wrong/empty'));
    expect(await code({ dataset: at('wrong/none.csv'), capture })).toBe('FILE_NOT_FOUND');
    expect(await code({ dataset: capture, capture })).toBe('USAGE');
    expect(await code({ dataset, capture: at('wrong/empty') })).toBe('NO_DATA');
    expect(await code({ dataset, capture, groundTruth: at('wrong/empty') })).toBe('NO_DATA');
    expect(await code({ dataset, capture, model: at('wrong/none.json') })).toBe('FILE_NOT_FOUND');
  });
});
