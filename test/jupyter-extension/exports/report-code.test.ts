import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { analysisCode, reportCode } from '../../../jupyter-extension/src/exports/report-code.js';
import { sampleReport } from '../../support/sample-report.js';

const report = sampleReport();
const { monitor: _, ...alone } = report;

/** The code, which TypeScript must be able to read. */
function code(text: string): string {
  const { diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
  return text;
}

describe('reportCode()', () => {
  it('checks the window again where the project is known', () => {
    expect(code(reportCode(report, { project: { path: 'models/census', root: '/srv/work' } }))).toBe(
      `import { openProject, show } from "driftline";

const project = await openProject("/srv/work/models/census");
const report = await project.check("census-data-quality", {
  start: "2026-03-05T00:00:00Z",
  end: "2026-03-06T00:00:00Z",
});
show(report);
`,
    );
  });

  it('reads the file else, wherever the server was started', () => {
    const file = (root: string): string => code(reportCode(report, { file: { path: 'a/report.json', root } }));
    expect(file('/srv/work/')).toContain('JSON.parse(readFileSync("/srv/work/a/report.json", "utf8"))');
    expect(file('~/work')).toContain('JSON.parse(readFileSync(join(homedir(), "work/a/report.json"), "utf8"))');
    expect(file('~')).toContain('join(homedir(), "a/report.json")');
    expect(file('')).toContain(
      '// From the folder in which the server was started:\nconst report = JSON.parse(readFileSync("a/report.json"',
    );
  });

  it('asks for the folder of the project in the output of a cell, or checks the locations', () => {
    expect(code(reportCode(report, {}))).toContain(
      '// The folder of driftline.yaml:\nconst project = await openProject(".");',
    );
    expect(code(reportCode(alone, {}))).toBe(
      `import { check, show } from "driftline";

const report = await check("data-quality", {
  baseline: ${JSON.stringify(report.baseline.source)},
  current: ${JSON.stringify(report.current.source)},
  start: "2026-03-05T00:00:00Z",
  end: "2026-03-06T00:00:00Z",
  rule: "significant",
});
show(report);
`,
    );
    expect(code(reportCode({ ...alone, monitorType: 'model-bias' }, {}))).toContain('// Give the attributes');
  });

  it('keeps what comes from data within its string', () => {
    const hostile = '"); process.exit(); ("`$\n\u2028</script>';
    const text = code(reportCode({ ...alone, baseline: { ...report.baseline, source: hostile } }, {}));
    const literal = /baseline: (".*"),/.exec(text)?.[1];
    expect(JSON.parse(literal!)).toBe(hostile);
    const path = code(reportCode(report, { file: { path: hostile, root: '/x' } }));
    expect(path.match(/process\.exit/g)).toHaveLength(1);
    expect(path).toContain(JSON.stringify(`/x/${hostile}`).replace('\u2028', '\\u2028'));
  });
});

describe('analysisCode()', () => {
  it('lists the metrics and attributions of the file', () => {
    const text = code(analysisCode({ path: 'a/analysis.json', root: '/x' }));
    expect(text).toContain('readFileSync("/x/a/analysis.json", "utf8")');
    const tables: unknown[] = [];
    const analysis = {
      post_training_bias_metrics: {
        facets: { sex: [{ value_or_threshold: 'F', metrics: [{ name: 'DI', value: 0.8 }] }] },
      },
      explanations: { kernel_shap: { label0: { global_shap_values: { age: 0.4 }, expected_value: 0.2 } } },
    };
    const script = ts.transpileModule(text.replace(/^import .*$/gm, ''), { compilerOptions: {} }).outputText;
    new Function('readFileSync', 'console', script)(() => JSON.stringify(analysis), {
      table: (rows: unknown) => tables.push(rows),
      log: (...words: unknown[]) => tables.push(words),
    });
    expect(tables).toEqual([
      [{ facet: 'sex', group: 'F', metric: 'DI', value: 0.8 }],
      [],
      ['label0', 'expected value', 0.2],
      { age: 0.4 },
    ]);
  });
});
