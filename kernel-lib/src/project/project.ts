import path from 'node:path';
import type { CaptureWindow } from '../capture/hour-path.js';
import { labelsVersion } from '../capture/labels-version.js';
import type { LabelCoverage } from '../capture/summary.js';
import { MonitorError } from '../errors.js';
import { withoutUndefined } from '../json/without-undefined.js';
import type { ProblemType } from '../metrics/model/problem-type.js';
import { hasBaseline, makeBaseline } from '../monitor/baseline.js';
import { type CheckedReport, type CheckOptions, check } from '../monitor/check.js';
import type { CompareWindowsOptions } from '../monitor/compare-windows.js';
import type { BiasFacet, BiasLimit, BiasOptions } from '../monitor/model-bias/bias-options.js';
import type { ExplainabilityOptions } from '../monitor/model-explainability/explainability-options.js';
import type { QualityAttributes } from '../monitor/model-quality/problem.js';
import type { FoundRecords, RecordsOf, ReportRecordsOptions } from '../monitor/report-records.js';
import type { RunOptions } from '../progress.js';
import type { MonitorType, Report, Rule } from '../report/report.js';
import { isoSeconds, parseSchedule, type Schedule } from '../schedule/cron.js';
import { joinUri, openStorage } from '../storage/open-storage.js';
import { baselineFolder } from './baseline-folder.js';
import { comparedWindow, type EndpointWindow } from './compared-window.js';
import { ExecutionLog } from './execution-log.js';
import type { ExecutionRecord } from './execution-record.js';
import {
  archiveExecution,
  type Execution,
  type FailedExecution,
  hourFolder,
  previousSince,
  readExecution,
  readHistory,
} from './executions.js';
import { type HistoryRange, listExecutions } from './history.js';
import type { HistoryOf } from './history-files.js';
import { resolveLocation } from './locations.js';
import { measureReport } from './measure-report.js';
import type { AttributesConfig, EndpointConfig, MonitorConfig, ProjectConfig } from './project-config.js';
import { parseProjectFile } from './project-file.js';
import { type ExecutionTimes, failureReason, recordFailure, recordReport } from './record-report.js';
import type { StatusFile } from './status.js';
import { readStatus } from './status-file.js';

/** The name of the project file, in its folder or under its S3 prefix. */
export const PROJECT_FILE = 'driftline.yaml';

/** How long labels are waited for: executions within it are run again when labels arrive. */
const LABEL_WAIT_MS = 8 * 24 * 3_600_000;

/** What one call may choose differently from the project file. */
export interface ProjectCheckOptions extends RunOptions {
  /** The window, half-open, ISO times. */
  readonly start: string;
  readonly end: string;
  readonly rule?: Rule;
}

/** Which executions to run: the latest scheduled one (`at`, default now), or all scheduled in [from, to]. */
export interface ProjectRunOptions extends RunOptions {
  readonly at?: Date;
  readonly from?: Date;
  readonly to?: Date;
  readonly rule?: Rule;
  /** Called after each execution. */
  readonly onExecution?: (execution: Execution) => void;
  /**
   * Called after each execution that failed, with what was thrown. Left out, the first failure is thrown in the end, when all
   * others have been run. The history keeps it either way.
   */
  readonly onFailure?: (execution: FailedExecution, error: unknown) => void;
}

/** Which windows of a project's endpoints to compare: the first is taken for normal. */
export interface ProjectCompareOptions extends RunOptions {
  readonly baseline: EndpointWindow;
  readonly current: EndpointWindow;
  /** Default: `significant`. */
  readonly rule?: Rule;
}

/** A project file and what can be done with it. Made by {@link openProject}. */
export interface Project {
  /** The folder or S3 prefix that holds `driftline.yaml`. */
  readonly location: string;
  readonly config: ProjectConfig;
  /** The names of the monitors, in file order. */
  readonly monitors: readonly string[];
  /** Checks any window with a monitor's configuration; nothing is written but its baseline and hourly profiles. */
  check(monitor: string, options: ProjectCheckOptions): Promise<CheckedReport>;
  /** Compares two windows of capture, variants or endpoints directly, without a baseline; see `compareWindows`. */
  compare(options: ProjectCompareOptions): Promise<CheckedReport>;
  /**
   * Runs scheduled executions, oldest first, and writes each one's files into
   * `{output}/{endpoint}/{monitor}/yyyy/mm/dd/hh/`, the hour being that of the window's end. Of a model-quality monitor
   * the executions of the eight days before are run again first, where labels have arrived since; the report that was
   * there is kept (`history`).
   */
  run(monitors: readonly string[], options?: ProjectRunOptions): Promise<Execution[]>;
  /** A monitor's executions, the latest first: from its history, without opening reports. */
  executions(monitor: string, range?: HistoryRange): Promise<ExecutionRecord[]>;
  /** The latest state of every monitor that ever ran; undefined where none did. Reads one file. */
  status(): Promise<StatusFile | undefined>;
  /** The report of a finished execution; undefined when it was not run. */
  report(monitor: string, scheduledTime: Date): Promise<Report | undefined>;
  /**
   * The records behind a violation of a report of this project, or in a group of rows that it names, read again out of the
   * capture: `(await project.records(report, report.violations[0].id)).rows`.
   *
   * @throws MonitorError `USAGE` where the report has no such violation or segment.
   */
  records(report: Report, of: RecordsOf, options?: ReportRecordsOptions): Promise<FoundRecords>;
  /**
   * Every report that an execution has had, the earliest first: a model-quality execution is run again when labels have
   * arrived for it.
   */
  history(monitor: string, scheduledTime: Date): Promise<Report[]>;
}

/**
 * Opens a folder or S3 prefix that holds `driftline.yaml` (or the file itself).
 *
 * @throws MonitorError `FILE_NOT_FOUND`, or `CONFIGURATION` with every problem's line and column.
 */
export async function openProject(location: string): Promise<Project> {
  const root = projectRoot(location);
  const file = joinUri(root, PROJECT_FILE);
  return new OpenedProject(root, parseProjectFile(await readProjectText(root), file), file);
}

/**
 * The text of the project file in a folder or S3 prefix.
 *
 * @throws MonitorError `FILE_NOT_FOUND`.
 */
export async function readProjectText(root: string): Promise<string> {
  const file = joinUri(root, PROJECT_FILE);
  const storage = openStorage(file);
  if ((await storage.stat(file)) === undefined) {
    throw new MonitorError('FILE_NOT_FOUND', `There is no ${PROJECT_FILE} here.`, {
      where: root,
      fix: 'name the folder that holds it, make one with "driftline init", or an example with "driftline demo DIR"',
    });
  }
  return new TextDecoder().decode(await storage.read(file));
}

/** Where a project lies: the folder, absolute, or the S3 prefix of the place that was named, which may be the file itself. */
export function projectRoot(location: string): string {
  const base = location.replace(/\/?driftline\.yaml$/, '') || '.';
  return base.includes('://') ? base : path.resolve(base);
}

class OpenedProject implements Project {
  readonly location: string;
  readonly config: ProjectConfig;
  readonly monitors: readonly string[];
  readonly #schedules: ReadonlyMap<string, Schedule>;

  constructor(location: string, config: ProjectConfig, file: string) {
    this.location = location;
    this.config = config;
    this.monitors = Object.keys(config.monitors);
    this.#schedules = new Map(
      Object.entries(config.monitors).map(([name, { schedule }]) => [
        name,
        parseSchedule(schedule, `${file}, monitor ${name}`),
      ]),
    );
  }

  async check(monitor: string, options: ProjectCheckOptions): Promise<CheckedReport> {
    const checkOptions = await this.#checkOptions(monitor, options);
    return check(this.#type(monitor), { ...checkOptions, ...(await this.#previous(monitor, options.start)) });
  }

  async compare({ baseline, current, ...options }: ProjectCompareOptions): Promise<CheckedReport> {
    const { compareWindows } = await import('../monitor/compare-windows.js');
    const sides: Pick<CompareWindowsOptions, 'baseline' | 'current'> = {
      baseline: await comparedWindow(this.location, this.config, baseline),
      current: await comparedWindow(this.location, this.config, current),
    };
    return compareWindows({ ...sides, ...options });
  }

  async run(monitors: readonly string[], options: ProjectRunOptions = {}): Promise<Execution[]> {
    const schedules = monitors.map((monitor) => [monitor, this.#scheduledTimes(monitor, options)] as const);
    const log = new ExecutionLog(this.location);
    const executions: Execution[] = [];
    const failed: unknown[] = [];
    try {
      for (const [monitor, scheduled] of schedules) {
        const of = this.#historyOf(monitor);
        try {
          const late = await this.#withNewLabels(monitor, scheduled, options);
          for (const scheduledTime of [...late, ...scheduled]) {
            const execution = await this.#execute(monitor, scheduledTime, log, options, (error) => failed.push(error));
            if (execution === undefined) continue;
            executions.push(execution);
            options.onExecution?.(execution);
          }
        } finally {
          await log.finish(this.#monitorFolder(monitor), of);
        }
      }
    } finally {
      await log.flush();
    }
    if (failed.length > 0 && options.onFailure === undefined) throw failed[0];
    return executions;
  }

  async executions(monitor: string, range: HistoryRange = {}): Promise<ExecutionRecord[]> {
    return listExecutions(this.#monitorFolder(monitor), range);
  }

  async status(): Promise<StatusFile | undefined> {
    return readStatus(this.location);
  }

  async history(monitor: string, scheduledTime: Date): Promise<Report[]> {
    return readHistory(this.#executionFolder(monitor, scheduledTime));
  }

  async report(monitor: string, scheduledTime: Date): Promise<Report | undefined> {
    return readExecution(this.#executionFolder(monitor, scheduledTime));
  }

  async records(report: Report, of: RecordsOf, options: ReportRecordsOptions = {}): Promise<FoundRecords> {
    const { start = '', end = '' } = report.window ?? {};
    const { limit, ...run } = options;
    const checkOptions = await this.#checkOptions(report.monitor ?? '', { ...run, start, end });
    const { reportRecords } = await import('../monitor/report-records.js');
    return reportRecords(report, of, checkOptions, limit);
  }

  #scheduledTimes(monitor: string, { at, from, to }: ProjectRunOptions): Date[] {
    this.#monitor(monitor);
    const schedule = this.#schedules.get(monitor)!;
    if (from !== undefined || to !== undefined) {
      if (from === undefined || to === undefined || from > to) {
        throw new MonitorError('USAGE', 'A back-fill needs both ends, the earlier one first.', {
          fix: 'give --from and --to as ISO times',
        });
      }
      return schedule.times(from, to);
    }
    const latest = schedule.latest(at ?? new Date());
    return latest === undefined ? [] : [latest];
  }

  /** Runs one execution and keeps it in the history; undefined where it failed. */
  async #execute(
    monitor: string,
    scheduledTime: Date,
    log: ExecutionLog,
    options: ProjectRunOptions,
    onError: (error: unknown) => void,
  ): Promise<Execution | undefined> {
    const window = this.#schedules.get(monitor)!.window(scheduledTime);
    const startedAt = new Date();
    const times = (): ExecutionTimes => ({ scheduledTime, window, startedAt, endedAt: new Date() });
    const of = this.#historyOf(monitor);
    const head = {
      monitor,
      endpoint: of.endpoint,
      scheduledTime: isoSeconds(scheduledTime),
      folder: this.#executionFolder(monitor, scheduledTime),
    };
    try {
      const { report, replaces, reports } = await this.#check(monitor, head.folder, window, options);
      const record = recordReport(report, times(), reports);
      const measured = { measures: measureReport(report), hours: report.hours };
      await log.record(this.#monitorFolder(monitor), of, record, measured);
      return { ...head, status: record.status, ...(replaces !== undefined && { replaces }), report };
    } catch (error) {
      const record = recordFailure(error, times());
      await log.record(this.#monitorFolder(monitor), of, record);
      if (record.outcome === 'stopped') throw error;
      onError(error);
      options.onFailure?.({ ...head, status: 'Failed', failureReason: failureReason(error) }, error);
      return undefined;
    }
  }

  /** Checks a window into its folder. A report that was there is kept beside the new one, where that rests on other labels. */
  async #check(
    monitor: string,
    folder: string,
    { start, end }: CaptureWindow,
    options: ProjectRunOptions,
  ): Promise<{ readonly report: Report; readonly replaces?: string; readonly reports: number }> {
    const type = this.#type(monitor);
    const checkOptions = await this.#checkOptions(monitor, { ...options, start, end });
    const before = isLabelled({ type }) ? await readExecution(folder).catch(() => undefined) : undefined;
    const archived = before && (await archiveExecution(folder, before));
    const report = await check(type, {
      ...checkOptions,
      ...(await this.#previous(monitor, start)),
      output: folder,
    });
    // Run again on the same labels, it says the same.
    const labelled = (of: Report | undefined): number | undefined => of && coverageOf(of)?.labelled;
    const same = labelled(before) === labelled(report);
    if (archived !== undefined && same) await openStorage(archived).remove(archived);
    const reports = isLabelled({ type }) ? (await readHistory(folder)).length : 1;
    return { report, ...(before !== undefined && !same && { replaces: before.createdAt }), reports };
  }

  /** Executions before the first of these that lacked labels, and for which others have arrived since. */
  async #withNewLabels(monitor: string, scheduled: readonly Date[], { signal }: RunOptions): Promise<Date[]> {
    const [first] = scheduled;
    const { endpoint } = this.#monitor(monitor);
    const groundTruth = this.config.endpoints[endpoint]?.['ground-truth'];
    if (!isLabelled(this.#monitor(monitor)) || first === undefined || groundTruth === undefined) return [];
    const from = new Date(first.getTime() - LABEL_WAIT_MS);
    const earlier = this.#schedules.get(monitor)!.times(from, new Date(first.getTime() - 1000));
    const found: Date[] = [];
    for (const time of earlier) {
      const report = await readExecution(this.#executionFolder(monitor, time)).catch(() => undefined);
      const coverage = report && coverageOf(report);
      if (coverage === undefined || report?.window === undefined || coverage.labelled === coverage.predictions)
        continue;
      const version = await labelsVersion(this.#resolve(groundTruth), report.window.start, signal ? { signal } : {});
      if (version !== coverage.labelsVersion) found.push(time);
    }
    return found;
  }

  #type(monitor: string): MonitorType {
    return this.#monitor(monitor).type;
  }

  async #checkOptions(name: string, options: ProjectCheckOptions): Promise<CheckOptions> {
    const monitor = this.#monitor(name);
    const endpoint = this.config.endpoints[monitor.endpoint]!;
    const rule = options.rule ?? monitor.rule;
    const { signal, onProgress } = options;
    const { record, check: checkHook } = monitor.hooks ?? {};
    const run = { ...(signal && { signal }), ...(onProgress && { onProgress }) };
    return {
      current: this.#resolve(endpoint.capture),
      baseline: await this.#baseline(name, monitor, endpoint, run),
      start: options.start,
      end: options.end,
      monitor: name,
      endpoint: monitor.endpoint,
      profileCache: this.#resolve(`.driftline/profiles/${monitor.endpoint}`),
      ...(endpoint.columns && { columns: columnNames(endpoint.columns) }),
      ...(monitor.type !== 'data-quality' && qualityOptions(monitor)),
      ...(monitor.type === 'model-bias' && this.#biasOptions(monitor)),
      ...(monitor.type === 'model-explainability' && this.#explainabilityOptions(monitor, endpoint)),
      ...(monitor.type === 'data-quality' && (await this.#impactOptions(monitor, endpoint, run))),
      ...(isLabelled(monitor) &&
        endpoint['ground-truth'] !== undefined && { groundTruth: this.#resolve(endpoint['ground-truth']) }),
      ...(rule && { rule }),
      ...(record && { recordHook: this.#resolve(record) }),
      ...(checkHook && { checkHook: this.#resolve(checkHook) }),
      ...run,
    };
  }

  /** With an explainability monitor on the same endpoint, drift is ranked by what it does to predictions. */
  async #impactOptions(
    { endpoint: endpointName }: MonitorConfig,
    endpoint: EndpointConfig,
    run: RunOptions,
  ): Promise<Pick<CheckOptions, 'attributions' | 'model' | 'config'>> {
    const sibling = Object.entries(this.config.monitors).find(
      ([, other]) => other.type === 'model-explainability' && other.endpoint === endpointName,
    );
    if (sibling === undefined) return {};
    const [name, monitor] = sibling;
    const attributions = await this.#baseline(name, monitor, endpoint, run);
    return { attributions, ...this.#explainabilityOptions(monitor, endpoint) };
  }

  /** The monitor's baseline folder; made now when the file names a dataset and there is none yet. */
  async #baseline(
    name: string,
    monitor: MonitorConfig,
    endpoint: EndpointConfig,
    options: RunOptions,
  ): Promise<string> {
    const folder = this.#resolve(baselineFolder(name, monitor));
    if (typeof monitor.baseline === 'string') return folder;
    if (!(await hasBaseline(folder))) {
      const names = endpoint.columns ? columnNames(endpoint.columns) : {};
      const captured = [...(names.output ?? []), ...(names.input ?? [])];
      const type = this.#type(name);
      await makeBaseline(type, {
        dataset: this.#resolve(monitor.baseline.dataset),
        output: folder,
        ...(type === 'data-quality' && captured.length > 0 && { columns: captured }),
        ...(type !== 'data-quality' && { ...qualityOptions(monitor), ...attributesOf(monitor.baseline) }),
        ...(type === 'model-bias' && { ...this.#biasOptions(monitor), excluded: monitor.baseline.excluded ?? [] }),
        ...(type === 'model-explainability' && {
          ...this.#explainabilityOptions(monitor, endpoint),
          excluded: monitor.baseline.excluded ?? [],
        }),
        ...(monitor.rule && { rule: monitor.rule }),
        ...options,
      });
    }
    return folder;
  }

  /** What the execution whose window ended at this time said, if it was run. */
  async #previous(monitor: string, start: string): Promise<Pick<CheckOptions, 'previous'>> {
    // A broken report of an earlier execution is no reason not to run this one.
    const report = await readExecution(this.#executionFolder(monitor, new Date(start))).catch(() => undefined);
    const previous = previousSince(report, start);
    return previous === undefined ? {} : { previous };
  }

  #executionFolder(monitor: string, scheduledTime: Date): string {
    return joinUri(this.#monitorFolder(monitor), hourFolder(scheduledTime));
  }

  #monitorFolder(monitor: string): string {
    const { output, endpoint } = this.#monitor(monitor);
    return joinUri(this.#resolve(output), endpoint, monitor);
  }

  #historyOf(monitor: string): HistoryOf {
    const { endpoint, type } = this.#monitor(monitor);
    return { monitor, endpoint, monitorType: type };
  }

  #monitor(name: string): MonitorConfig {
    const monitor = this.config.monitors[name];
    if (monitor === undefined) {
      throw new MonitorError('CONFIGURATION', `There is no monitor "${name}".`, {
        where: joinUri(this.location, PROJECT_FILE),
        fix: `use one of: ${this.monitors.join(', ')}`,
      });
    }
    return monitor;
  }

  #biasOptions(monitor: MonitorConfig): BiasOptions {
    const { config, facets, limits } = monitor;
    const groupVariable = monitor['group-variable'];
    const labelValues = monitor['label-values'];
    return {
      ...(config !== undefined && { config: this.#resolve(config) }),
      ...(facets && {
        facets: facets.map(({ 'up-to': upTo, ...facet }) => withoutUndefined<BiasFacet>({ ...facet, upTo })),
      }),
      ...(groupVariable !== undefined && { groupVariable }),
      ...(labelValues && { labelValues }),
      ...(limits && { limits: limits.map((limit) => withoutUndefined<BiasLimit>(limit)) }),
    };
  }

  #explainabilityOptions(
    monitor: MonitorConfig,
    { model }: EndpointConfig,
  ): ExplainabilityOptions & Pick<CheckOptions, 'model' | 'config'> {
    const { config, explainer, background, precision } = monitor;
    return withoutUndefined<ExplainabilityOptions & Pick<CheckOptions, 'model' | 'config'>>({
      config: config && this.#resolve(config),
      model: model && this.#resolve(model),
      background: background && this.#resolve(background),
      explainer,
      precision,
      aggregation: monitor['agg-method'],
      numSamples: monitor['num-samples'],
      attributionThreshold: monitor['attribution-threshold'],
    });
  }

  #resolve(location: string): string {
    return resolveLocation(this.location, location);
  }
}

/** Whether a monitor measures against labels, which may come late. */
function isLabelled({ type }: Pick<MonitorConfig, 'type'>): boolean {
  return type === 'model-quality' || type === 'model-bias';
}

/** What a monitor says of label and prediction, as a check takes it. */
function qualityOptions(monitor: MonitorConfig): QualityAttributes & { readonly problemType?: ProblemType } {
  const problemType = monitor['problem-type'];
  const threshold = monitor['probability-threshold'];
  const positiveLabel = monitor['positive-label'];
  return {
    ...attributesOf(monitor),
    ...(problemType !== undefined && { problemType }),
    ...(threshold !== undefined && { probabilityThreshold: threshold }),
    ...(positiveLabel !== undefined && { positiveLabel }),
  };
}

/** How far labels have come, of a report that measures against labels. */
function coverageOf({ modelQuality, modelBias }: Report): LabelCoverage | undefined {
  return (modelQuality ?? modelBias)?.coverage;
}

function attributesOf(config: AttributesConfig): QualityAttributes {
  const prediction = config['inference-attribute'];
  const probability = config['probability-attribute'];
  const label = config['ground-truth-attribute'];
  return {
    ...(prediction !== undefined && { inferenceAttribute: prediction }),
    ...(probability !== undefined && { probabilityAttribute: probability }),
    ...(label !== undefined && { groundTruthAttribute: label }),
  };
}

function columnNames(columns: NonNullable<EndpointConfig['columns']>): NonNullable<CheckOptions['columns']> {
  return { ...(columns.output && { output: columns.output }), ...(columns.input && { input: columns.input }) };
}
