// The public API, in the order of the walk. Named exports only; this is the one file that re-exports.

export type { CaptureHour } from './capture/capture-hour.js';
export type { ColumnType } from './capture/cell-type.js';
export type { CellCondition } from './capture/condition.js';
export { type ReadLabels, readLabels } from './capture/ground-truth.js';
export type { CaptureWindow } from './capture/hour-path.js';
export { LabelTable } from './capture/label-table.js';
export { type CaptureFiles, locateCapture } from './capture/locate.js';
export { type MergeOptions, type MergeSummary, mergeCapture } from './capture/merge.js';
export type { ReadPlan, RecordPart } from './capture/read-plan.js';
export type { CapturePart } from './capture/record.js';
export { type CapturedRow, type ReadRecordsOptions, type RecordsSelection, readRecords } from './capture/records.js';
export type { ColumnMapping, LabelCoverage, QuarantinedLine, ReadSummary } from './capture/summary.js';
export {
  type Constraints,
  type DistributionConstraints,
  type EffectiveConfig,
  effectiveConfig,
  type FeatureConstraint,
  type MonitoringConfig,
  type Switch,
  stringifyConstraints,
  type ThresholdName,
} from './constraints/constraints.js';
export {
  clearFeatureThreshold,
  setCompleteness,
  setDomain,
  setFeatureComparison,
  setFeatureMonitoring,
  setFeatureThreshold,
  setGeneralThreshold,
  setNonNegative,
} from './constraints/edit-constraints.js';
export { parseConstraints } from './constraints/parse-constraints.js';
export { type SuggestedConstraints, suggestConstraints } from './constraints/suggest.js';
export { createDemo, type DemoOptions, type DemoSummary } from './demo/demo.js';
export { MonitorError, type MonitorErrorCode, type MonitorErrorOptions } from './errors.js';
export type { AttributionScale, ExplainerName, ExplainMethod } from './explain/explainer.js';
export type { CheckHook, CheckHookInput, ColumnView, CustomViolation, ProfileView } from './hooks/check-hook.js';
export type { HookPart, HookRecord, HookRow, RecordHook } from './hooks/record-hook.js';
export type { BiasStage } from './metrics/bias/metric.js';
export type { DistanceName } from './metrics/metric.js';
export type { ProblemType } from './metrics/model/problem-type.js';
export { type BaselineFile, type BaselineOptions, makeBaseline } from './monitor/baseline.js';
export {
  type CheckedModelQuality,
  type CheckedReport,
  type CheckedSegment,
  type CheckedViolation,
  type CheckOptions,
  check,
  type DatasetFormatName,
} from './monitor/check.js';
export { type ComparedWindow, type CompareWindowsOptions, compareWindows } from './monitor/compare-windows.js';
export type { BiasFacet, BiasLimit, BiasOptions } from './monitor/model-bias/bias-options.js';
export type {
  DeepDiveOptions,
  ExplainedModelOptions,
  ExplainedOutput,
} from './monitor/model-explainability/deep-dive.js';
export {
  type DependenceOptions,
  dependence,
  type FeatureDependence,
} from './monitor/model-explainability/deep-dive-dependence.js';
export {
  type CapturedRecordsOptions,
  type ExplainedRecord,
  explainRecords,
  type GivenRecordsOptions,
} from './monitor/model-explainability/deep-dive-records.js';
export type { GivenRow } from './monitor/model-explainability/deep-dive-rows.js';
export {
  type ExplainSegmentOptions,
  explainSegment,
  type SegmentComparison,
  type SegmentExplanation,
  type SegmentFeatureComparison,
} from './monitor/model-explainability/deep-dive-segment.js';
export {
  type ExplainOptions,
  type Explanation,
  explain,
  type FeatureAttribution,
} from './monitor/model-explainability/explain-dataset.js';
export type { ExplainabilityOptions } from './monitor/model-explainability/explainability-options.js';
export type { QualityAttributes } from './monitor/model-quality/problem.js';
export { type LocationProfile, type ProfileLocationOptions, profileLocation } from './monitor/profile-location.js';
export type { FoundRecords, RecordColumn, RecordsOf, ReportRecordsOptions } from './monitor/report-records.js';
export type { HourProfile } from './profile/capture-profile.js';
export { type ColumnProfile, type InferredType, type Profile, type TypeCounts, VALUE_CAP } from './profile/profile.js';
export {
  type CommonStatistics,
  type FeatureStatistics,
  type KllDistribution,
  type NumericalStatistics,
  parseStatistics,
  type ServiceNumber,
  type Statistics,
  type StringStatistics,
} from './profile/statistics.js';
export { statisticsFromProfile } from './profile/statistics-from-profile.js';
export type { Progress, RunOptions } from './progress.js';
export type { EndpointWindow } from './project/compared-window.js';
export type {
  ExecutionOutcome,
  ExecutionRecord,
  ExecutionStatus,
  ViolationRecord,
} from './project/execution-record.js';
export type { Execution, ExecutionHead, FailedExecution } from './project/executions.js';
export type { HistoryRange } from './project/history.js';
export {
  openProject,
  type Project,
  type ProjectCheckOptions,
  type ProjectCompareOptions,
  type ProjectRunOptions,
} from './project/project.js';
export type {
  AttributesConfig,
  BaselineDatasetConfig,
  EndpointConfig,
  FacetMonitorConfig,
  LimitConfig,
  MonitorConfig,
  ProjectConfig,
} from './project/project-config.js';
export type { SetupChoices } from './project/setup/choices.js';
export { type CreatedProject, createProject } from './project/setup/create-project.js';
export { type DraftOptions, draftProject, type ProjectDraft } from './project/setup/draft-project.js';
export { inspectSources } from './project/setup/inspect-sources.js';
export type {
  CapturedColumn,
  Guess,
  InspectedColumn,
  MonitorChoice,
  SetupInspection,
  SetupSources,
} from './project/setup/inspection.js';
export type { MonitorStatus, MonitorTrend, StatusFile } from './project/status.js';
export type { DecidedViolation } from './project/violation-state.js';
export { type ReportBundle, reportBundle } from './report/bundle.js';
export { reportHtml } from './report/html.js';
export type {
  BiasCause,
  BiasChange,
  BiasMetricReport,
  BiasRange,
  BiasSegment,
  BiasSide,
  BiasValue,
  FacetBiasReport,
  FairnessMetricReport,
  Intersection,
  IntersectionCell,
  ModelBiasReport,
} from './report/model-bias-report.js';
export type {
  AttributionAggregation,
  AttributionChange,
  AttributionDistribution,
  AttributionPoint,
  AttributionSegment,
  DependenceBin,
  ExplainedRow,
  FeatureAttributionReport,
  ModelExplainabilityReport,
  OutputAttributionReport,
  RankingDrift,
} from './report/model-explainability-report.js';
export type {
  CalibrationBin,
  ConfusionMatrix,
  CurvePoints,
  Estimated,
  EstimatedMetric,
  LiftBin,
  MetricPoint,
  MetricReport,
  MetricValue,
  ModelQualityReport,
  Pair,
  QualityEstimate,
  SegmentCondition,
  SegmentReport,
} from './report/model-quality-report.js';
export {
  type CategoricalDistribution,
  type CheckType,
  type Distance,
  type DriftEvidence,
  type FeatureReport,
  type FeatureSummary,
  type Impact,
  type ImpactSource,
  type MonitorType,
  type NumericDistribution,
  REPORT_MIME_TYPE,
  type RecordsQuery,
  type Report,
  type Rule,
  type SampleSummary,
  type Since,
  type Violation,
} from './report/report.js';
export { type ShowOptions, show } from './report/show.js';
export { type ReportTextOptions, reportText } from './report/terminal.js';
export { waterfallText } from './report/waterfall-text.js';
export type {
  AboutResult,
  CheckParams,
  ComparedSide,
  CompareParams,
  CreateParams,
  ReadParams,
  ReadResult,
  RecordsColumn,
  RecordsParams,
  RecordsResult,
  RecordsSort,
  RunExecution,
  RunParams,
  RunResult,
  ServeMethods,
} from './serve/contract.js';
export {
  REPLY_MIME_TYPE,
  type ServeError,
  type ServeProgress,
  type ServeReply,
  type ServeRequest,
} from './serve/protocol.js';
export type { FilterOperator, RowFilter } from './serve/row-filter.js';
export { serve } from './serve/serve.js';
export type { DistinctCounter } from './stats/distinct.js';
export type { KllSketch } from './stats/kll.js';
export type { Moments } from './stats/moments.js';
export type { StoredObject } from './storage/storage.js';
export type { PreviousSince } from './violations/since.js';
