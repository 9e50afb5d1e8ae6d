import type { MonitorType, Rule, SetupChoices, SetupInspection } from 'driftline';
import type { SetupArgs } from './setup-args.js';
import type { ScheduleChoice } from './setup-schedule.js';
import { cronOf } from './setup-schedule.js';

/** The sources as they are typed; empty where there is none. */
export interface TypedSources {
  dataset: string;
  capture: string;
  groundTruth: string;
  model: string;
}

/** What is known and chosen so far; the steps change it, so that going back keeps what was typed. */
export interface SetupState {
  /** The folder of `driftline.yaml` below the server's root; '' for the root itself. */
  project: string;
  sources: TypedSources;
  inspection: SetupInspection | undefined;
  /** Which sources the inspection is of. */
  inspected: string;
  choices: { -readonly [Key in keyof SetupChoices]: SetupChoices[Key] };
  /** What watches the endpoint already, where monitors are added to it. */
  existing: readonly MonitorType[];
  /** Undefined: all that are possible. */
  monitors: readonly MonitorType[] | undefined;
  schedule: ScheduleChoice;
  rule: Rule;
}

export function initialState({ project = '', endpoint }: SetupArgs): SetupState {
  return {
    project,
    sources: { dataset: '', capture: '', groundTruth: '', model: '' },
    inspection: undefined,
    inspected: '',
    choices: endpoint === undefined ? {} : { endpoint, extend: true },
    existing: [],
    monitors: undefined,
    schedule: { kind: 'daily', hour: 0, every: 6 },
    rule: 'significant',
  };
}

/** The sources for the library: without spaces around them, and without those that are empty. */
export function sourcesOf({ sources }: Pick<SetupState, 'sources'>): SetupInspection['sources'] {
  const { dataset, capture, groundTruth, model } = trimmed(sources);
  return { dataset, capture, ...(groundTruth && { groundTruth }), ...(model && { model }) };
}

function trimmed(sources: TypedSources): TypedSources {
  const { dataset, capture, groundTruth, model } = sources;
  return { dataset: dataset.trim(), capture: capture.trim(), groundTruth: groundTruth.trim(), model: model.trim() };
}

/** Takes over an inspection; choices about other sources do not hold any more. */
export function takeInspection(state: SetupState, inspection: SetupInspection): void {
  const key = JSON.stringify(sourcesOf(state));
  const { endpoint, extend } = state.choices;
  if (state.inspected !== key) {
    state.choices = { ...(endpoint !== undefined && { endpoint }), ...(extend !== undefined && { extend }) };
    state.monitors = undefined;
  }
  state.inspection = inspection;
  state.inspected = key;
}

/** The monitors that will be set up: those wanted, of those that are possible and not there yet. */
export function wantedMonitors({ existing, monitors }: SetupState, applied: SetupInspection): readonly MonitorType[] {
  return applied.monitors
    .filter(({ type, possible }) => possible && !existing.includes(type) && (monitors?.includes(type) ?? true))
    .map(({ type }) => type);
}

/** All choices, for the library. */
export function choicesOf(state: SetupState, applied: SetupInspection): SetupChoices {
  return {
    ...state.choices,
    monitors: wantedMonitors(state, applied),
    schedule: cronOf(state.schedule),
    ...(state.rule !== 'significant' && { rule: state.rule }),
  };
}
