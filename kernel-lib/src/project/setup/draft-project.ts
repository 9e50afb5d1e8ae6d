import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { MonitorError } from '../../errors.js';
import { withoutUndefined } from '../../json/without-undefined.js';
import type { MonitorType } from '../../report/report.js';
import { relativeUri } from '../../storage/open-storage.js';
import { addEndpoint, addMonitor, setEndpointKey } from '../edit-project-file.js';
import type { BaselineDatasetConfig, EndpointConfig, MonitorConfig } from '../project-config.js';
import { parseProjectFile } from '../project-file.js';
import { applyChoices } from './apply-choices.js';
import type { SetupChoices } from './choices.js';
import type { SetupInspection } from './inspection.js';
import { meansYes } from './problem-type.js';

/** A project file that is not written yet. */
export interface ProjectDraft {
  /** The text of `driftline.yaml`. */
  readonly text: string;
  readonly endpoint: string;
  /** The names of the new monitors. */
  readonly monitors: readonly string[];
}

/** Every midnight, UTC; the window is the day before. */
const DAILY = 'cron(0 0 ? * * *)';

/** Where a draft goes, and what is there. */
export interface DraftOptions {
  /** The folder or S3 prefix of `driftline.yaml`: local paths are written relative to it. */
  readonly project: string;
  /** The text of the project's file, where there is one. */
  readonly existing?: string | undefined;
}

/**
 * The text of a project file with an endpoint and its monitors, as inspected and chosen: a new one, or an existing one
 * with lines added. It is read again before it is returned, so that it is valid. Pure.
 *
 * @throws MonitorError `USAGE` for a monitor that cannot be set up or a column that is not there; `CONFIGURATION` where the
 * endpoint is there already, or a schedule or name is not as it should be.
 */
export function draftProject(
  inspection: SetupInspection,
  choices: SetupChoices,
  { project, existing }: DraftOptions,
): ProjectDraft {
  const applied = applyChoices(inspection, choices);
  const { endpoint } = applied;
  const place = (uri: string): string => locationIn(project, uri);
  const config = endpointConfig(applied, place);
  const monitors = typesOf(applied, choices.monitors).map(
    (type) => [`${endpoint.slice(0, 40)}-${type}`, monitorConfig(type, applied, choices, place)] as const,
  );
  const names = monitors.map(([name]) => name);
  if (existing !== undefined) {
    const known = choices.extend ? parseProjectFile(existing, 'driftline.yaml').endpoints[endpoint] : undefined;
    const start = known ? completeEndpoint(existing, endpoint, known, config) : addEndpoint(existing, endpoint, config);
    const text = monitors.reduce((so, [name, monitor]) => addMonitor(so, name, monitor), start);
    return { text, endpoint, monitors: names };
  }
  const file = { version: 1, endpoints: { [endpoint]: config }, monitors: Object.fromEntries(monitors) };
  const yaml = stringify(JSON.parse(JSON.stringify(file)), { lineWidth: 0, flowCollectionPadding: false });
  const text = `# What is watched, against what, and when. Paths are relative to this file.\n${yaml}`;
  parseProjectFile(text, 'driftline.yaml');
  return { text, endpoint, monitors: names };
}

/** An endpoint that is there keeps what it says, and gets what it lacks. */
function completeEndpoint(text: string, name: string, known: EndpointConfig, found: EndpointConfig): string {
  return Object.entries(found)
    .filter(([key]) => known[key as keyof EndpointConfig] === undefined)
    .reduce((so, [key, value]) => setEndpointKey(so, name, key as keyof EndpointConfig, value), text);
}

function typesOf({ monitors }: SetupInspection, wanted: readonly MonitorType[] | undefined): readonly MonitorType[] {
  if (wanted === undefined) return monitors.filter(({ possible }) => possible).map(({ type }) => type);
  const impossible = monitors.find(({ type, possible }) => wanted.includes(type) && !possible);
  if (impossible === undefined) return wanted;
  throw new MonitorError('USAGE', `A ${impossible.type} monitor cannot be set up. ${impossible.reason}`, {
    fix: 'give what is missing, or leave the monitor out',
  });
}

function endpointConfig(applied: SetupInspection, place: (uri: string) => string): EndpointConfig {
  const { sources } = applied;
  const output = namesOf(applied, 'output');
  const input = namesOf(applied, 'input');
  return withoutUndefined<EndpointConfig>({
    capture: place(sources.capture),
    'ground-truth': sources.groundTruth && place(sources.groundTruth),
    model: sources.model && place(sources.model),
    ...((output ?? input) && { columns: withoutUndefined({ output, input }) }),
  });
}

/**
 * The names of captured columns, where the training file has all of them: the baseline is made of the columns that are
 * named in the project file.
 */
function namesOf({ capture }: SetupInspection, part: 'output' | 'input'): readonly string[] | undefined {
  const columns = capture.columns.filter((column) => column.part === part);
  return columns.length > 0 && columns.every(({ column }) => column !== undefined)
    ? columns.map(({ name }) => name)
    : undefined;
}

function monitorConfig(
  type: MonitorType,
  applied: SetupInspection,
  { schedule = DAILY, rule }: SetupChoices,
  place: (uri: string) => string,
): MonitorConfig {
  const labelled = type === 'model-quality' || type === 'model-bias';
  return withoutUndefined<MonitorConfig>({
    type,
    endpoint: applied.endpoint,
    ...(type === 'model-quality' && { 'problem-type': applied.problemType?.value }),
    ...(labelled && answersOf(applied)),
    ...(type === 'model-bias' && biasOf(applied)),
    baseline: baselineOf(type, applied, place),
    schedule,
    rule,
    output: 'reports',
  });
}

/** The baseline's dataset, and its columns of label and answer where a monitor needs them. */
function baselineOf(
  type: MonitorType,
  applied: SetupInspection,
  place: (uri: string) => string,
): BaselineDatasetConfig {
  const dataset = place(applied.sources.dataset);
  const inputs = applied.capture.columns.flatMap(({ part, name }) => (part === 'input' ? [name] : []));
  const excluded = (...used: readonly (string | undefined)[]): { excluded?: readonly string[] } => {
    const kept = new Set([...inputs, ...used]);
    const others = applied.dataset.columns.map(({ name }) => name).filter((name) => !kept.has(name));
    return others.length > 0 ? { excluded: others } : {};
  };
  const label = applied.label?.value;
  const prediction = applied.prediction?.value;
  const probability = isBinary(applied) ? applied.probability?.value : undefined;
  const attributes = (predicted: string | undefined): BaselineDatasetConfig =>
    withoutUndefined<BaselineDatasetConfig>({
      dataset,
      'ground-truth-attribute': label,
      'inference-attribute': predicted,
      'probability-attribute': probability,
    });
  if (type === 'model-quality') return attributes(prediction);
  if (type === 'model-bias') {
    const answer = probability ?? prediction;
    return { ...attributes(probability === undefined ? prediction : undefined), ...excluded(label, answer) };
  }
  // A model that names its inputs picks them itself.
  if (type === 'model-explainability' && applied.modelFeatures === undefined) return { dataset, ...excluded() };
  return { dataset };
}

/** Where answer and label stand in capture and ground truth. */
function answersOf(applied: SetupInspection): Partial<MonitorConfig> {
  const outputs = applied.capture.columns.filter(({ part }) => part === 'output');
  const place = (role: 'prediction' | 'probability'): string | undefined => {
    const column = outputs.find((output) => output.role === role);
    if (column === undefined) return undefined;
    if (column.named) return column.name;
    return role === 'probability' && outputs.length === 1 ? 'probability' : String(column.position);
  };
  const truths = (applied.groundTruth ?? applied.capture).columns.filter(({ part }) => part === 'ground-truth');
  const truth = truths.length > 1 ? (truths.find(({ name }) => name === applied.label?.value) ?? truths[0]) : undefined;
  const positive = applied.positiveLabel?.value;
  return {
    'inference-attribute': place('prediction'),
    'probability-attribute': isBinary(applied) ? place('probability') : undefined,
    'ground-truth-attribute': truth && (truth.named ? truth.name : String(truth.position)),
    ...(positive !== undefined && !meansYes(positive) && { 'positive-label': positive }),
  };
}

function biasOf({ facets, positiveLabel }: SetupInspection): Partial<MonitorConfig> {
  const positive = positiveLabel?.value;
  return {
    'positive-label': undefined,
    ...(positive !== undefined && { 'label-values': [positive === '1' ? 1 : positive] }),
    facets: facets.map(({ value }) => ({ name: value })),
  };
}

function isBinary({ problemType }: SetupInspection): boolean {
  return problemType?.value === 'BinaryClassification';
}

/** A location as the project file names it: relative to it where both are local. */
function locationIn(project: string, uri: string): string {
  if (uri.startsWith('file://')) return locationIn(project, fileURLToPath(uri));
  if (uri.includes('://')) return project.includes('://') ? relativeUri(project, uri) : uri;
  if (project.includes('://')) return path.resolve(uri);
  return path.relative(project, uri).split(path.sep).join('/') || '.';
}
