import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driftline, type Ended, root, temporaryFolder } from '../support/driftline.js';

const folder = temporaryFolder();
const file = path.join(folder, 'driftline.yaml');
const validate = (...options: string[]): Promise<Ended> => driftline(['validate', '--project', folder, ...options]);
const text = `version: 1
endpoints:
  census:
    capture: not/captured/yet
    model: model/census.json
monitors:
  quality:
    type: data-quality
    endpoint: census
    baseline:
      dataset: training.csv
    schedule: cron(0 0 ? * * *)
    output: reports
    hooks:
      record: hooks/record.js
  labels:
    type: model-quality
    endpoint: census
    baseline: s3://bucket/baseline
    schedule: cron(0 0 ? * * *)
    output: reports
`;

beforeAll(() => writeFileSync(file, text));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('driftline validate', () => {
  it('warns of local files that are not there and of missing labels, with line and column, and ends with 0', async () => {
    const { code, out, error } = await validate();
    expect(code).toBe(0);
    expect(out).toBe('The project file is valid: 1 endpoint, 2 monitors, 4 warnings.\n');
    const warnings = error.trim().split('\n');
    expect(warnings.slice(1).map((line) => line.trim().split(': ')[0])).toEqual([
      '5:12 endpoints.census.model',
      '11:16 monitors.quality.baseline.dataset',
      '15:15 monitors.quality.hooks.record',
      '17:11 monitors.labels.type',
    ]);
    expect(warnings[2]).toContain(`there is no file or folder ${path.join(folder, 'training.csv')}`);
    expect(warnings[4]).toContain('ground-truth: URI');
  });

  it('prints the file alone with --json, and nothing with --quiet', async () => {
    expect(JSON.parse((await validate('--json', '--quiet')).out)).toMatchObject({ endpoints: { census: {} } });
    const quiet = await validate('--quiet');
    expect([quiet.code, quiet.out, quiet.error]).toEqual([0, '', '']);
  });

  it('needs no dataset where the baseline was made', async () => {
    mkdirSync(path.join(folder, 'baseline', 'quality'), { recursive: true });
    expect((await validate()).error).not.toContain('training.csv');
  });

  it('refuses explainability on an endpoint without a model, and ends with 2', async () => {
    const wrong = text.replace(/ {4}model: .*\n/, '').replace('type: data-quality', 'type: model-explainability');
    writeFileSync(file, wrong);
    const { code, error } = await validate();
    expect(code).toBe(2);
    expect(error).toContain('7:11 monitors.quality.type: there is nothing to explain: endpoint "census" has no model');
    writeFileSync(file, text);
  });

  it('prints the JSON Schema for editors, without a project', async () => {
    const { code, out } = await driftline(['validate', '--schema', '--project', path.join(folder, 'nowhere')]);
    expect(code).toBe(0);
    expect(out).toBe(readFileSync(path.join(root, 'kernel-lib', 'schema', 'driftline.schema.json'), 'utf8'));
  });
});
