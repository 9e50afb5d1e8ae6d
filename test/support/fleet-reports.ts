import type { HistoryOf } from '../../kernel-lib/src/project/history-files.js';
import type { FeatureReport, MonitorType, Report, Violation } from '../../kernel-lib/src/report/report.js';
import { attributionReport } from './attribution-rows.js';
import { sampleBiasReport } from './model-bias-report.js';
import { binaryQualityReport } from './model-quality-report.js';
import { emptyWindowReport, sampleReport } from './sample-report.js';

/** What a report of the fleet looks like. */
export interface FleetReportOptions {
  /** Features of a data-quality report. */
  readonly features: number;
  /** Nothing was captured. */
  readonly empty: boolean;
}

interface Window {
  readonly start: string;
  readonly end: string;
}

const templates = {
  'data-quality': once(sampleReport),
  'model-quality': once(binaryQualityReport),
  'model-bias': once(sampleBiasReport),
  'model-explainability': once(() => attributionReport()),
};
const emptyTemplate = once(emptyWindowReport);
const columns = ['age', 'income', 'tenure', 'balance', 'region', 'device', 'visits', 'basket', 'channel', 'score'];

/** How many violations a report of this type can have. */
export function mostViolations(type: MonitorType): number {
  const { violations, rule } = templates[type]();
  return type === 'data-quality' ? 6 : violations.filter(({ rules }) => rules.includes(rule)).length;
}

/** A report of a monitor over a window with so many violations, as far as its template has them. */
export function fleetReport(
  { monitor, endpoint, monitorType }: HistoryOf,
  window: Window,
  violations: number,
  { features, empty }: FleetReportOptions,
): Report {
  const template = empty ? emptyTemplate() : templates[monitorType]();
  const report: Report = {
    ...template,
    monitorType,
    monitor,
    endpoint,
    title: `${monitor}, ${window.start.slice(0, 10)}`,
    createdAt: window.end,
    window,
    hours: hoursIn(window, template.hours),
  };
  if (empty) {
    return {
      ...report,
      headline: `No data between ${window.start} and ${window.end}; nothing was ever captured.`,
    };
  }
  const told =
    monitorType === 'data-quality' ? withFeatures(report, features, violations) : withFirst(report, violations);
  const names = told.violations.map(({ feature }) => feature);
  const rows = `${told.current.rows.toLocaleString('en-US')} rows`;
  return {
    ...told,
    status: names.length === 0 ? 'ok' : 'violations',
    headline:
      names.length === 0
        ? `No violations in ${rows}.`
        : `${names.length} violation${names.length === 1 ? '' : 's'} in ${rows}: ${names.slice(0, 5).join(', ')}.`,
  };
}

/** So many features; the first ones have drifted. */
function withFeatures(report: Report, count: number, violated: number): Report {
  const drifted = report.features.find(({ name }) => name === 'hours-per-week')!;
  const quiet = report.features.filter(
    ({ status, drift }) => status === 'ok' && drift !== undefined && drift.distance < 0.1,
  );
  const pattern = report.violations.find(({ id }) => id === 'hours-per-week/baseline_drift_check')!;
  const features = Array.from({ length: count }, (_, index): FeatureReport => {
    const { series, ...template } = index < violated ? drifted : quiet[index % quiet.length]!;
    const name = `${columns[index % columns.length]}${index < columns.length ? '' : `-${Math.floor(index / columns.length) + 1}`}`;
    const hourly = series?.map((point, hour) => ({ ...point, hour: report.hours[hour % report.hours.length]!.hour }));
    return { ...template, name, part: 'input', ...(hourly && { series: hourly }) };
  });
  const violations = features.slice(0, violated).map(({ name }): Violation => {
    const { query: _, ...rest } = pattern;
    const id = `${name}/baseline_drift_check`;
    return {
      ...rest,
      id,
      feature: name,
      since: { ...rest.since!, hour: report.window!.start },
      rules: ['significant', 'threshold'],
    };
  });
  const { mapping: _, ...others } = report;
  return { ...others, features, violations };
}

/** The template's first violations; what is not among them is well. */
function withFirst(report: Report, violated: number): Report {
  const violations = report.violations
    .filter(({ rules }) => rules.includes(report.rule))
    .slice(0, violated)
    .map(
      ({ since, ...rest }): Violation => ({
        ...rest,
        ...(since && { since: { ...since, hour: report.window!.start } }),
      }),
    );
  const { modelQuality, modelBias, modelExplainability } = report;
  const names = new Set(violations.map(({ feature, facet }) => `${facet?.name ?? ''}/${feature}`));
  const calmed = <Judged extends { readonly status: string }>(judged: Judged, name: string): Judged =>
    judged.status === 'violated' && !names.has(name) ? { ...judged, status: 'ok' } : judged;
  return {
    ...report,
    violations,
    ...(modelQuality && {
      modelQuality: {
        ...modelQuality,
        metrics: modelQuality.metrics.map((metric) => calmed(metric, `/${metric.name}`)),
      },
    }),
    ...(modelBias && {
      modelBias: {
        ...modelBias,
        facets: modelBias.facets.map(({ metrics, ...facet }) => ({
          ...facet,
          metrics: metrics.map((metric) => calmed(metric, `${facet.facet}/${metric.name}`)),
        })),
      },
    }),
    ...(modelExplainability && {
      modelExplainability: {
        ...modelExplainability,
        outputs: modelExplainability.outputs.map(({ ranking, ...output }) => ({
          ...output,
          ranking: violated > 0 ? ranking : { ...ranking, status: 'ok' as const },
        })),
      },
    }),
  };
}

function hoursIn({ start }: Window, hours: Report['hours']): Report['hours'] {
  const from = Date.parse(start);
  return hours.map(({ rows }, index) => {
    return { hour: new Date(from + index * 3_600_000).toISOString().replace('.000Z', 'Z'), rows };
  });
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
