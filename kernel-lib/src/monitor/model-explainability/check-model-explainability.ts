import { checkWindow } from '../../capture/window.js';
import { explanationsText } from '../../constraints/attribution-analysis.js';
import { globalAttributions } from '../../metrics/attribution/aggregate.js';
import { runOptions } from '../../progress.js';
import { reportHtml } from '../../report/html.js';
import type { Report, Rule } from '../../report/report.js';
import { joinUri, openStorage } from '../../storage/open-storage.js';
import { packageVersion } from '../../version.js';
import { analysisViolationsFile } from '../../violations/violations-file.js';
import type { CheckedReport, CheckOptions } from '../check.js';
import { ruleOf } from '../rule.js';
import { withoutRecords } from '../without-records.js';
import { type AttributionFindings, attributionFindings, halfWidthOf } from './attribution-findings.js';
import { type OpenedModel, openModelFor } from './explain-rows.js';
import { type ExplainedWindow, explainWindow, MOST_ROWS, WHOLE_ROWS } from './explain-window.js';
import { buildExplainabilityReport } from './explainability-report.js';
import { type ExplainabilityBaseline, loadExplainabilityBaseline } from './load-explainability-baseline.js';
import { openWindowRows } from './open-window-rows.js';
import type { RowReader } from './read-rows.js';
import { type ExplainabilitySettings, explainabilitySettings } from './settings.js';

/** Everything that a check has read. */
interface Checked {
  readonly rows: RowReader;
  /** Undefined where there was nothing to explain. */
  readonly model: OpenedModel | undefined;
  readonly window: ExplainedWindow | undefined;
  readonly findings: AttributionFindings;
}

/**
 * Explains the predictions of a window, and compares what the model rests on with a baseline. Windows of up to 10,000 rows
 * are explained whole, of larger ones as many rows as the interval of nDCG asks for (`precision`), at most 100,000. Memory:
 * the explained rows and their attributions.
 *
 * @throws MonitorError as {@link loadExplainabilityBaseline}, and what reading the data and opening the model throw.
 */
export async function checkModelExplainability(options: CheckOptions): Promise<CheckedReport> {
  checkWindow(options);
  const baseline = await loadExplainabilityBaseline(options);
  const settings = await explainabilitySettings(options, baseline);
  const seed = options.seed ?? 0;
  const { rule, ruleSource } = ruleOf(options, baseline);
  const checked = await checkRows(options, baseline, settings, { seed, rule });
  const { rows, model, window, findings } = checked;
  const endpoint = options.endpoint ?? rows.endpoint;
  const windowless = rows.hours().length === 0 && (options.start ?? options.end) !== undefined;
  const report = buildExplainabilityReport({
    ...(options.monitor !== undefined && { monitor: options.monitor }),
    ...(endpoint !== undefined && { endpoint }),
    createdAt: (options.createdAt ?? new Date()).toISOString(),
    ...{ rule, ruleSource, baseline, rows, settings, findings },
    producedBy: { driftline: packageVersion(), engine: rows.engine, seed },
    source: options.current,
    explainer: model?.explainer ?? baseline.own,
    seen: window?.seen ?? 0,
    explained: window?.sample.rows ?? 0,
    worstError: window?.worstError ?? 0,
    ...(options.previous && { previous: options.previous }),
    notes: [
      ...(windowless && rows.format !== 'capture' && rows.format !== 'merged'
        ? ['The current data have no times: the window was not applied, all rows were read.']
        : []),
      ...(model?.match.by === 'position'
        ? ["The model's features were found by position: one side has no names."]
        : []),
    ],
  });
  if (options.output !== undefined) await writeResults(options.output, report, settings, checked);
  return withoutRecords(report);
}

async function checkRows(
  options: CheckOptions,
  baseline: ExplainabilityBaseline,
  settings: ExplainabilitySettings,
  { seed, rule }: { readonly seed: number; readonly rule: Rule },
): Promise<Checked> {
  let rows = await openWindowRows(options, baseline, settings);
  const compare = (window: ExplainedWindow | undefined): AttributionFindings =>
    attributionFindings(baseline, window, { settings, seed, rule, window: rows.window() });
  // Nothing was captured: not even the columns are known.
  if (rows.names.length === 0) {
    await drain(rows);
    return { rows, model: undefined, window: undefined, findings: compare(undefined) };
  }
  const model = await openModelFor(rows, settings, options, options.current, baseline);
  try {
    const layout = baseline.own?.profile;
    const how = { seed, ...runOptions(options) };
    const explain = (limit: number): Promise<ExplainedWindow> =>
      explainWindow(rows, model, limit, layout, options.current, how);
    let window = await explain(WHOLE_ROWS);
    let findings = compare(window.seen === 0 ? undefined : window);
    const wider = halfWidthOf(findings) / settings.precision;
    if (window.seen > window.sample.rows && wider > 1) {
      // The error shrinks with the root of the rows; a fifth more, since it is itself an estimate.
      const limit = Math.min(MOST_ROWS, Math.ceil(WHOLE_ROWS * wider ** 2 * 1.2));
      await rows.close();
      rows = await openWindowRows(options, baseline, settings);
      window = await explain(limit);
      findings = compare(window);
    }
    return { rows, model, window: window.seen === 0 ? undefined : window, findings };
  } finally {
    await model.explainer.close();
    await rows.close();
  }
}

async function drain(rows: RowReader): Promise<void> {
  for await (const _ of rows.batches());
  await rows.close();
}

/** As the service does it, the violations file is there only when there are violations. */
async function writeResults(
  folder: string,
  report: Report,
  { aggregation }: ExplainabilitySettings,
  { model, window }: Checked,
): Promise<void> {
  const storage = openStorage(folder);
  const file = (name: string): string => joinUri(folder, name);
  const decided = report.violations.filter(({ rules }) => rules.includes(report.rule));
  const [analysis, violations] = [file('analysis.json'), file('constraint_violations.json')];
  const removed = async (name: string): Promise<void> => {
    if ((await storage.stat(name)) !== undefined) await storage.remove(name);
  };
  await Promise.all([
    model === undefined || window === undefined
      ? removed(analysis)
      : storage.write(analysis, explanationsText(globalAttributions(model.explainer, window.profile, aggregation))),
    decided.length > 0 ? storage.write(violations, analysisViolationsFile(decided)) : removed(violations),
    reportHtml(report).then((page) => storage.write(file('report.html'), page)),
  ]);
  await storage.write(file('report.json'), `${JSON.stringify(report)}\n`);
}
