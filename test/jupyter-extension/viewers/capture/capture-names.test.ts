import { describe, expect, it } from 'vitest';
import { findCaptureNames } from '../../../../jupyter-extension/src/viewers/capture/capture-names.js';
import { captureLines, captureNames, captureProject } from '../../../support/capture-file.js';
import { MemoryFiles } from '../../support/memory-files.js';

const hour = 'AllTraffic/2026/03/05/06/00-00-120-x.jsonl';
const lines = captureLines(5);
const statistics = (...names: string[]): string =>
  JSON.stringify({ features: names.map((name) => ({ name, inferred_type: 'Fractional', numerical_statistics: {} })) });
const project = (endpoints: string, monitors: string = '{}'): string =>
  `version: 1\nendpoints:\n${endpoints}\nmonitors: ${monitors}\n`;
const monitor = (name: string, endpoint: string, baseline: string): string =>
  `{${name}: {type: data-quality, endpoint: ${endpoint}, baseline: ${baseline}, schedule: "cron(0 * ? * * *)", output: results}}`;

describe('findCaptureNames()', () => {
  it('takes the columns of the endpoint whose capture the file lies in', async () => {
    const files = new MemoryFiles({
      'a/driftline.yaml': captureProject,
      'driftline.yaml': project('  other: {capture: elsewhere}'),
    });
    expect(await findCaptureNames(`a/capture/census/${hour}`, lines, files)).toEqual({
      names: captureNames,
      from: { project: 'a/driftline.yaml', endpoint: 'census', source: 'columns' },
    });
  });

  it('goes on upwards where a project has no endpoint for the file', async () => {
    const files = new MemoryFiles({
      'a/b/driftline.yaml': project('  other: {capture: elsewhere}'),
      'a/driftline.yaml': project('  mine: {capture: b, columns: {output: [p], input: [x, y, z]}}'),
    });
    const { names, from } = await findCaptureNames(`a/b/${hour}`, lines, files);
    expect([names, from?.endpoint]).toEqual([{ output: ['p'], input: ['x', 'y', 'z'] }, 'mine']);
  });

  it('knows endpoints that share a destination by their own folders', async () => {
    const columns = (name: string): string => `{capture: data, columns: {output: [${name}], input: [x, y, z]}}`;
    const files = new MemoryFiles({ 'driftline.yaml': project(`  one: ${columns('p')}\n  two: ${columns('q')}`) });
    expect((await findCaptureNames(`data/two/${hour}`, lines, files)).names.output).toEqual(['q']);
    expect((await findCaptureNames(`data/one/${hour}`, lines, files)).names.output).toEqual(['p']);
  });

  it('else those of the baseline by position, as a check does, and of a monitor that wrote the file', async () => {
    const files = new MemoryFiles({
      'driftline.yaml': project('  census: {capture: capture}', monitor('dq', 'census', 'base')),
      'base/statistics.json': statistics('probability', 'age', 'workclass', 'hours'),
    });
    const expected = {
      names: { output: ['probability'], input: ['age', 'workclass', 'hours'] },
      from: { project: 'driftline.yaml', endpoint: 'census', source: 'baseline' },
    };
    expect(await findCaptureNames(`capture/${hour}`, lines, files)).toMatchObject(expected);
    expect(await findCaptureNames('results/merge/census/part-0.jsonl', lines, files)).toMatchObject(expected);
    const made = new MemoryFiles({
      'driftline.yaml': project('  census: {capture: capture}', monitor('dq', 'census', '{dataset: train.csv}')),
      'baseline/dq/statistics.json': statistics('probability', 'age', 'workclass', 'hours'),
    });
    expect(await findCaptureNames(`capture/${hour}`, lines, made)).toMatchObject(expected);
  });

  it('says where a baseline has another number of columns', async () => {
    const files = new MemoryFiles({
      'driftline.yaml': project('  census: {capture: capture}', monitor('dq', 'census', 'base')),
      'base/statistics.json': statistics('age', 'workclass'),
    });
    expect((await findCaptureNames(`capture/${hour}`, lines, files)).warning).toMatch(/4 columns without names/);
  });

  it('has no names without a project, and where its file is broken', async () => {
    expect(await findCaptureNames(`capture/${hour}`, lines, new MemoryFiles({ 'a.txt': '' }))).toEqual({ names: {} });
    const broken = new MemoryFiles({ 'driftline.yaml': 'version: [' });
    expect(await findCaptureNames(`capture/${hour}`, lines, broken)).toEqual({ names: {} });
    const elsewhere = new MemoryFiles({ 'driftline.yaml': project('  census: {capture: s3://bucket/capture}') });
    expect(await findCaptureNames(`capture/${hour}`, lines, elsewhere)).toEqual({ names: {} });
  });
});
