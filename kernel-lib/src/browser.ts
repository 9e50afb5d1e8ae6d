// What the JupyterLab extension runs of the library: pure code that needs neither Node nor an engine. The extension imports
// it as `driftline/browser` (its own build resolves that; it is no export of the package), and late, as a chunk.

export {
  type Constraints,
  type EffectiveConfig,
  effectiveConfig,
  type FeatureConstraint,
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
export { parseQualityConstraints, stringifyQualityConstraints } from './constraints/quality-constraints.js';
export type { MetricConstraint, QualityConstraints } from './constraints/quality-constraints.schema.js';
export { activeMonitors } from './project/active-monitors.js';
export {
  ANNOTATIONS_FILE,
  type AnnotationsFile,
  type ProjectEvent,
  type ViolationDecision,
} from './project/annotations.js';
export type { BackTestAlert } from './project/back-test/alert.js';
export { type BackTestedExecution, backTest, type OtherLimits } from './project/back-test/back-test.js';
export { baselineFolder } from './project/baseline-folder.js';
export { addDecision, withdrawDecision } from './project/decide.js';
export { addEndpoint, addMonitor, setMonitorKey, setPaused } from './project/edit-project-file.js';
export type { ExecutionsFile } from './project/execution-record.js';
export { parseAnnotations, parseExecutions, parseHours, parseMeasures, parseStatus } from './project/history-files.js';
export {
  findIncident,
  type IncidentMember,
  type IncidentReason,
  type IncidentViolation,
  incidentViolation,
  incidentViolations,
} from './project/incident.js';
export { joinMeasures, type MeasuredSeries } from './project/join-measures.js';
export { measureKey } from './project/measure-key.js';
export { type Measure, measureReport } from './project/measure-report.js';
export type { MeasuredExecution, MeasureSubject, MeasuresFile } from './project/measures.js';
export {
  type MonitorState,
  type MonitorStateKind,
  monitorState,
  stateKinds,
  stateRank,
  stateWords,
} from './project/monitor-state.js';
export { outcomeWords } from './project/outcome-words.js';
export { parseProjectFile } from './project/project-file.js';
export { applyChoices } from './project/setup/apply-choices.js';
export { STATUS_FILE } from './project/status.js';
export { type ViolationCourse, violationCourse } from './project/violation-course.js';
export {
  type Notebook,
  type ViolationNotebookOptions,
  violationNotebook,
  violationNotebookName,
} from './project/violation-notebook.js';
export {
  type DecidedViolation,
  type ViolationState,
  violationState,
} from './project/violation-state.js';
export {
  categoriesOfHour,
  distributionOfHour,
  type HourlyFeature,
  type HoursFile,
} from './report/hours.js';
export { parseSchedule, type Schedule } from './schedule/cron.js';
export { KERNEL_NAME, REPLY_MIME_TYPE } from './serve/protocol.js';
export { type FilterOperator, filterRows, type RowFilter, toNumber } from './serve/row-filter.js';
