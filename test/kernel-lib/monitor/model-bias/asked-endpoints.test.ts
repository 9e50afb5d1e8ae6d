import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { MonitorError } from '../../../../kernel-lib/src/errors.js';
import { type BaselineFile, makeBaseline } from '../../../../kernel-lib/src/monitor/baseline.js';
import { check } from '../../../../kernel-lib/src/monitor/check.js';
import { FEATURES, germanCredit, LABEL } from '../../../support/bias-forms.js';
import { analysisDifferences, biasGolden } from '../../../support/bias-golden.js';
import { temporaryFolder } from '../../../support/driftline.js';
import { type ModelServer, startModelServer } from '../../../support/model-server.js';

const folder = temporaryFolder();
const at = (...parts: string[]): string => path.join(folder, ...parts);
const german = germanCredit();
const names = german.names.slice(0, FEATURES);
const AMOUNT = names.indexOf('amount');
const golden = biasGolden.cases.find(({ dataset }) => dataset === 'german-rule')!;
/** The model of the golden case. */
const score = (amount: number): number => (amount <= 4000 ? 0.8 : 0.2);

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer();
});
afterEach(() => server.reset());
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function baselineOf(uri: string, predictor: object, csv: string = dataset()): Promise<BaselineFile> {
  const { predictor: _, ...config } = JSON.parse(golden.config) as { readonly predictor?: object };
  writeFileSync(at('data.csv'), csv);
  writeFileSync(at('analysis_config.json'), JSON.stringify({ ...config, predictor }));
  return makeBaseline('model-bias', {
    dataset: at('data.csv'),
    config: at('analysis_config.json'),
    model: uri,
    output: at('baseline'),
  });
}

function dataset(more: (row: number) => string = () => ''): string {
  const lines = german.rows.map((cells, row) => [...cells.slice(0, FEATURES), cells[LABEL]].join() + more(row));
  return `${[...names, 'credit_risk'].join()}${more(-1)}\n${lines.join('\n')}\n`;
}

const analysisIn = (name: string): object => JSON.parse(readFileSync(at(name, 'analysis.json'), 'utf8')) as object;

describe('a bias monitor whose model is an endpoint', () => {
  it('that is asked in CSV finds what smclarify finds', async () => {
    server.reply = ({ body }) => ({
      body: body
        .split('\n')
        .map((line) => score(Number(line.split(',')[AMOUNT])))
        .join('\n'),
    });
    await baselineOf(`${server.origin}/invocations`, {});
    expect(analysisDifferences(analysisIn('baseline') as never, golden.analysis)).toEqual([]);
    expect(server.requests.map(({ body }) => body.split('\n').length)).toEqual([500, 500]);
  });

  it('that is asked by templates finds the same, in a check too', async () => {
    server.reply = ({ body }) => {
      const { rows } = JSON.parse(body) as { readonly rows: { readonly amount: number }[] };
      return { body: JSON.stringify({ out: rows.map(({ amount }) => ({ label: 1, score: score(amount) })) }) };
    };
    const predictor = {
      content_type: 'application/json',
      content_template: '{"rows":$records}',
      record_template: '$features_kvp',
      probability: 'out[*].score',
    };
    await baselineOf(server.origin, predictor);
    expect(analysisDifferences(analysisIn('baseline') as never, golden.analysis)).toEqual([]);
    const report = await check('model-bias', {
      current: at('data.csv'),
      baseline: at('baseline'),
      config: at('analysis_config.json'),
      model: server.origin,
      output: at('report'),
      rule: 'threshold',
    });
    expect([report.status, report.violations]).toEqual(['ok', []]);
  });

  it('ends with where and why when it fails, and writes no credentials', async () => {
    const uri = server.origin.replace('//', '//ada:pa55word@');
    server.reply = () => ({ status: 400, body: 'column 3: pa55word' });
    const error = await baselineOf(`${uri}/x`, {}).then(
      () => expect.unreachable(),
      (failure: MonitorError) => failure,
    );
    expect(error.message).toBe(
      [
        'The endpoint answered 400: column 3: …. 0 of 1000 rows were answered.',
        `  at: ${server.origin}/x`,
        '  fix: check content_type, content_template and record_template of predictor in --config, and the columns',
      ].join('\n'),
    );
    server.reset();
    await baselineOf(`${uri}/x`, {});
    const written = readdirSync(at('baseline')).map((name) => readFileSync(at('baseline', name), 'utf8'));
    expect(written.join('')).not.toContain('pa55word');
  });

  it('is not asked without a column that is not kept', async () => {
    const ids = (row: number): string => (row < 0 ? ',id' : `,id-${row}`);
    const many = dataset(ids).trimEnd().split('\n');
    const copies = Array.from({ length: 11 }, (_, copy) => many.slice(1).map((line) => `${line}-${copy}`)).flat();
    const error = await baselineOf(server.origin, {}, `${[many[0], ...copies].join('\n')}\n`).then(
      () => expect.unreachable(),
      (failure: MonitorError) => failure,
    );
    expect([error.code, error.where]).toEqual(['MODEL', server.origin]);
    expect(error.what).toBe(
      'The model takes every column, and id cannot be handed to it: more than 10,000 different texts.',
    );
    expect(server.requests).toHaveLength(0);
  });
});
