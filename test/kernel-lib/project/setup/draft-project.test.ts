import { describe, expect, it } from 'vitest';
import { parseProjectFile } from '../../../../kernel-lib/src/project/project-file.js';
import { applyChoices } from '../../../../kernel-lib/src/project/setup/apply-choices.js';
import type { SetupChoices } from '../../../../kernel-lib/src/project/setup/choices.js';
import { draftProject } from '../../../../kernel-lib/src/project/setup/draft-project.js';
import type {
  CapturedColumn,
  InspectedColumn,
  SetupInspection,
} from '../../../../kernel-lib/src/project/setup/inspection.js';
import { possibleMonitors } from '../../../../kernel-lib/src/project/setup/possible-monitors.js';

const column = (
  name: string,
  examples: readonly string[],
  type: InspectedColumn['type'] = 'Integral',
): InspectedColumn => ({
  name,
  type,
  examples,
  distinct: examples.length,
  missing: 0,
});
const captured = (name: string, part: 'output' | 'input', position: number): CapturedColumn => ({
  ...column(name, ['1']),
  part,
  position,
  named: false,
  column: name,
  reason: 'By order.',
});
const found: Omit<SetupInspection, 'monitors'> = {
  sources: {
    dataset: '/data/p/train.csv',
    capture: '/data/capture/loans',
    groundTruth: 's3://bucket/labels',
    model: '/data/p/model.onnx',
  },
  endpoint: 'loans',
  dataset: {
    format: 'csv',
    rows: 10,
    more: false,
    columns: [
      column('id', ['1', '2', '3']),
      column('default', ['good', 'bad'], 'String'),
      column('score', ['0.1', '0.2'], 'Fractional'),
      column('guess', ['bad', 'good'], 'String'),
      column('sex', ['f', 'm'], 'String'),
      column('age', ['20', '30']),
    ],
  },
  capture: {
    records: 5,
    unreadable: 0,
    columns: [
      { ...captured('score', 'output', 0), role: 'probability' },
      captured('sex', 'input', 0),
      captured('age', 'input', 1),
    ],
  },
  groundTruth: { records: 3, columns: [] },
  label: { value: 'default', reason: 'Its name.' },
  prediction: { value: 'guess', reason: 'Its name.' },
  probability: { value: 'score', reason: 'Its name.' },
  problemType: { value: 'BinaryClassification', reason: 'Two values.' },
  positiveLabel: { value: 'bad', reason: 'The less frequent of the two.' },
  facets: [{ value: 'sex', reason: 'Its name.' }],
  notes: [],
};
const inspection: SetupInspection = { ...found, monitors: possibleMonitors(found) };
const draft = (choices: SetupChoices = {}, existing?: string) =>
  draftProject(inspection, choices, { project: '/data/p', existing });
const config = (text: string) => parseProjectFile(text, 'driftline.yaml');

describe('draftProject()', () => {
  it('writes endpoint and all monitors that are possible, paths relative to the project', () => {
    const { text, endpoint, monitors } = draft();
    expect([endpoint, monitors]).toEqual([
      'loans',
      ['loans-data-quality', 'loans-model-quality', 'loans-model-bias', 'loans-model-explainability'],
    ]);
    const shared = { endpoint: 'loans', schedule: 'cron(0 0 ? * * *)', output: 'reports' };
    expect(config(text)).toEqual({
      version: 1,
      endpoints: {
        loans: {
          capture: '../capture/loans',
          'ground-truth': 's3://bucket/labels',
          model: 'model.onnx',
          columns: { output: ['score'], input: ['sex', 'age'] },
        },
      },
      monitors: {
        'loans-data-quality': { type: 'data-quality', baseline: { dataset: 'train.csv' }, ...shared },
        'loans-model-quality': {
          type: 'model-quality',
          'problem-type': 'BinaryClassification',
          'probability-attribute': 'probability',
          'positive-label': 'bad',
          baseline: {
            dataset: 'train.csv',
            'ground-truth-attribute': 'default',
            'inference-attribute': 'guess',
            'probability-attribute': 'score',
          },
          ...shared,
        },
        'loans-model-bias': {
          type: 'model-bias',
          'probability-attribute': 'probability',
          'label-values': ['bad'],
          facets: [{ name: 'sex' }],
          baseline: {
            dataset: 'train.csv',
            'ground-truth-attribute': 'default',
            'probability-attribute': 'score',
            excluded: ['id', 'guess'],
          },
          ...shared,
        },
        'loans-model-explainability': {
          type: 'model-explainability',
          baseline: { dataset: 'train.csv', excluded: ['id', 'default', 'score', 'guess'] },
          ...shared,
        },
      },
    });
  });

  it('writes what was chosen', () => {
    const { text, monitors } = draft({
      endpoint: 'loans-eu',
      monitors: ['data-quality'],
      schedule: 'cron(0 * ? * * *)',
      rule: 'threshold',
      input: ['sex', 'years'],
    });
    expect(monitors).toEqual(['loans-eu-data-quality']);
    const { endpoints, monitors: written } = config(text);
    // The training file has no "years": a baseline of named columns could not be made.
    expect(endpoints['loans-eu']?.columns).toEqual({ output: ['score'] });
    expect(written['loans-eu-data-quality']).toMatchObject({ schedule: 'cron(0 * ? * * *)', rule: 'threshold' });
  });

  it('adds to a file that is there, whose other lines stay', () => {
    const first = draft({ monitors: ['data-quality'] }).text.replace('version: 1', 'version: 1 # ours');
    const { text } = draft({ endpoint: 'second', monitors: ['data-quality'] }, first);
    expect(text).toContain('version: 1 # ours');
    expect(Object.keys(config(text).endpoints)).toEqual(['loans', 'second']);
    expect(Object.keys(config(text).monitors)).toEqual(['loans-data-quality', 'second-data-quality']);
    expect(() => draft({}, first)).toThrow('There is an endpoint "loans" already');
  });

  it('adds monitors to an endpoint that is there, which keeps what it says and gets what it lacks', () => {
    const file = 'version: 1\nendpoints:\n  loans:\n    capture: elsewhere # moved\nmonitors: {}\n';
    const { text, monitors } = draft({ extend: true, monitors: ['model-quality'] }, file);
    expect(monitors).toEqual(['loans-model-quality']);
    expect(text).toContain('capture: elsewhere # moved');
    expect(config(text).endpoints['loans']).toEqual({
      capture: 'elsewhere',
      'ground-truth': 's3://bucket/labels',
      model: 'model.onnx',
      columns: { output: ['score'], input: ['sex', 'age'] },
    });
    expect(() => draft({ extend: true, monitors: ['model-quality'] }, text)).toThrow(
      'There is a monitor "loans-model-quality"',
    );
  });

  it('refuses a monitor that is not possible, an unknown column, and a wrong schedule or name', () => {
    expect(() => draft({ label: null, monitors: ['model-quality'] })).toThrow(
      'A model-quality monitor cannot be set up. The training file has no label',
    );
    expect(() => draft({ label: 'salary' })).toThrow('There is no column "salary" for the label.');
    expect(() => draft({ schedule: 'daily' })).toThrow('is not a cron expression');
    expect(() => draft({ endpoint: 'a b' })).toThrow('a name is up to 63 letters');
    expect(() => draft({ input: ['sex'] })).toThrow('The capture has 2 input columns, 1 are named.');
  });
});

describe('applyChoices()', () => {
  it('changes nothing where nothing is chosen', () => {
    expect(applyChoices(inspection, {})).toEqual(inspection);
  });

  it('tells problem type and positive label again from another label', () => {
    const { label, problemType, positiveLabel, monitors } = applyChoices(inspection, { label: 'id' });
    expect([label?.value, problemType?.value, positiveLabel]).toEqual(['id', 'MulticlassClassification', undefined]);
    expect(monitors.every(({ possible }) => possible)).toBe(true);
    expect(applyChoices(inspection, { label: 'sex' }).positiveLabel?.value).toBe('m');
  });

  it('makes bias possible by a facet, and impossible without', () => {
    expect(applyChoices(inspection, { facets: [] }).monitors[2]).toMatchObject({ possible: false });
    expect(applyChoices(inspection, { facets: ['age'] }).monitors[2]).toMatchObject({
      possible: true,
      reason: 'Groups of age.',
    });
  });
});
