import { checkWindow } from '../../capture/window.js';
import { analysisText } from '../../constraints/analysis.js';
import { reportHtml } from '../../report/html.js';
import type { Report } from '../../report/report.js';
import { joinUri, openStorage } from '../../storage/open-storage.js';
import { packageVersion } from '../../version.js';
import { analysisViolationsFile } from '../../violations/violations-file.js';
import type { CheckedReport, CheckOptions } from '../check.js';
import { ruleOf } from '../rule.js';
import { withoutRecords } from '../without-records.js';
import { checkPlan } from './baseline-plan.js';
import { type BiasFindings, biasFindings, measureCurrent } from './bias-findings.js';
import { buildBiasReport } from './bias-report.js';
import { readCurrentBias } from './current-bias.js';
import { loadBiasBaseline } from './load-bias-baseline.js';
import { withFlips } from './run-flip-test.js';
import { checkSettings } from './settings.js';

/**
 * Measures the bias of predictions whose labels are known, and compares it with a baseline. Labels come from
 * `groundTruth`, from merged records, or from a column of a dataset. Memory: 8 bytes a cell of the input, and 40 bytes a
 * label.
 */
export async function checkModelBias(options: CheckOptions): Promise<CheckedReport> {
  checkWindow(options);
  const baseline = await loadBiasBaseline(options);
  const settings = await checkSettings(options, baseline);
  const current = await readCurrentBias(options, settings, baseline);
  const plan = checkPlan(baseline, current.sample, current.settings, options.current);
  const seed = options.seed ?? 0;
  const counted = measureCurrent(current, plan, options.current);
  const measured = await withFlips(current.sample, counted, current.settings, { ...options, seed });
  const findings = biasFindings(baseline, current, plan, measured, seed);
  const { rule, ruleSource } = ruleOf(options, baseline);
  const endpoint = options.endpoint ?? current.endpoint;
  const report = buildBiasReport({
    ...(options.monitor !== undefined && { monitor: options.monitor }),
    ...(endpoint !== undefined && { endpoint }),
    createdAt: (options.createdAt ?? new Date()).toISOString(),
    ...(current.window && { window: current.window }),
    rule,
    ruleSource,
    producedBy: { driftline: packageVersion(), engine: current.engine, seed },
    baseline,
    source: options.current,
    current,
    findings,
    ...(options.previous && { previous: options.previous }),
  });
  if (options.output !== undefined) await writeResults(options.output, report, findings);
  return withoutRecords(report);
}

/** As the service does it, the violations file is there only when there are violations. */
async function writeResults(folder: string, report: Report, findings: BiasFindings): Promise<void> {
  const storage = openStorage(folder);
  const file = (name: string): string => joinUri(folder, name);
  const decided = report.violations.filter(({ rules }) => rules.includes(report.rule));
  const label = report.modelBias!.label;
  const groups = findings.groups.map(({ group, metrics }) => ({
    facet: group.facet,
    value: group.value,
    numbers: Object.fromEntries(metrics.map(({ metric, current }) => [metric.name, current.service])),
  }));
  const violations = file('constraint_violations.json');
  await Promise.all([
    storage.write(
      file('analysis.json'),
      analysisText(
        { ...label, positive: findings.measured.positive || label.positive },
        groups,
        findings.metrics.map(({ name }) => name),
      ),
    ),
    decided.length > 0
      ? storage.write(violations, analysisViolationsFile(decided))
      : storage.stat(violations).then((found) => found && storage.remove(violations)),
    reportHtml(report).then((page) => storage.write(file('report.html'), page)),
  ]);
  await storage.write(file('report.json'), `${JSON.stringify(report)}\n`);
}
