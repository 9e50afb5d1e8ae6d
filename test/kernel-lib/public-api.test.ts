import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, temporaryFolder } from '../support/driftline.js';

const require = createRequire(path.join(root, 'package.json'));
const tslabTypeScript = require.resolve('@tslab/typescript-for-tslab/lib/tsc.js');

describe('the public API', () => {
  it('exports these names', async () => {
    const library = (await import(path.join(root, 'kernel-lib', 'dist', 'index.js'))) as object;
    expect(Object.keys(library).sort()).toMatchInlineSnapshot(`
      [
        "LabelTable",
        "MonitorError",
        "REPLY_MIME_TYPE",
        "REPORT_MIME_TYPE",
        "VALUE_CAP",
        "check",
        "clearFeatureThreshold",
        "compareWindows",
        "createDemo",
        "createProject",
        "dependence",
        "draftProject",
        "effectiveConfig",
        "explain",
        "explainRecords",
        "explainSegment",
        "inspectSources",
        "locateCapture",
        "makeBaseline",
        "mergeCapture",
        "openProject",
        "parseConstraints",
        "parseStatistics",
        "profileLocation",
        "readLabels",
        "readRecords",
        "reportBundle",
        "reportHtml",
        "reportText",
        "serve",
        "setCompleteness",
        "setDomain",
        "setFeatureComparison",
        "setFeatureMonitoring",
        "setFeatureThreshold",
        "setGeneralThreshold",
        "setNonNegative",
        "show",
        "statisticsFromProfile",
        "stringifyConstraints",
        "suggestConstraints",
        "waterfallText",
      ]
    `);
  });

  it('compiles in a consumer under the TypeScript of the notebook kernel, 5.0 with node10 resolution', () => {
    const folder = temporaryFolder();
    mkdirSync(path.join(folder, 'node_modules', '@types'), { recursive: true });
    symlinkSync(path.join(root, 'kernel-lib'), path.join(folder, 'node_modules', 'driftline'));
    symlinkSync(path.join(root, 'node_modules', '@types', 'node'), path.join(folder, 'node_modules', '@types', 'node'));
    writeFileSync(
      path.join(folder, 'consumer.ts'),
      `import { openProject, check, makeBaseline, show, type Report, type RecordHook, type CheckHook } from "driftline";
       export async function main(): Promise<Report> {
         const project = await openProject("census");
         const report = await project.check("m", { start: "2026-03-05T00:00:00Z", end: "2026-03-06T00:00:00Z" });
         const rows = await report.violations[0]?.records({ limit: 5 });
         rows?.map((row) => row.values["age"]);
         await makeBaseline("data-quality", { dataset: "training.csv", output: "baseline" });
         await check("data-quality", { current: "capture", baseline: "baseline" });
         show(report);
         return report;
       }
       export const hook: RecordHook = (record) => record.input?.rows ?? null;
       export const rule: CheckHook = ({ current }) =>
         current.rows < 10 ? [{ feature: "rows", description: "few rows", measured: current.rows, limit: 10 }] : [];
      `,
    );
    const args = ['--strict', '--noEmit', '--moduleResolution', 'node10', '--module', 'commonjs', '--target', 'es2021'];
    const compile = (): Buffer =>
      execFileSync(process.execPath, [tslabTypeScript, ...args, 'consumer.ts'], { cwd: folder, stdio: 'pipe' });
    try {
      compile();
    } catch (error) {
      expect.fail((error as { stdout: Buffer }).stdout.toString());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
