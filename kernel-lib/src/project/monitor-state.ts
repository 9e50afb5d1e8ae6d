import { plural } from '../report/value-text.js';
import type { ViolationDecision } from './annotations.js';
import type { ExecutionOutcome, ViolationRecord } from './execution-record.js';
import { outcomeWords } from './outcome-words.js';
import type { MonitorConfig } from './project-config.js';
import { shortExplanation } from './short-explanation.js';
import type { MonitorStatus } from './status.js';
import { violationState } from './violation-state.js';

/**
 * How a monitor stands. Beside the outcome of its latest execution: `decided`, all of its violations were accepted or muted;
 * `paused`, nothing runs it; `never-run`; `not-configured`, an endpoint has no such monitor.
 */
export type MonitorStateKind = ExecutionOutcome | 'decided' | 'paused' | 'never-run' | 'not-configured';

/** How a monitor stands, as command line and panels show it. Made by {@link monitorState}. */
export interface MonitorState {
  readonly kind: MonitorStateKind;
  /** Violations of the latest execution that ask for attention; of a paused monitor too. */
  readonly violations: number;
  /** Those that were accepted as the new normal, and those that are muted. */
  readonly accepted: number;
  readonly muted: number;
  /** What is wrong, or what the latest execution found; undefined where nothing ever ran. */
  readonly sentence?: string;
}

/** What {@link monitorState} depends on. */
export interface MonitorStateOptions {
  /** Its name and what the project file says of it; left out: there is no such monitor. */
  readonly monitor?: {
    readonly name: string;
    readonly config: Pick<MonitorConfig, 'type' | 'paused'>;
  };
  /** Left out: it never ran. */
  readonly status?: MonitorStatus | undefined;
  /** Of the project's annotations; those of other monitors are ignored. */
  readonly decisions: readonly ViolationDecision[];
  readonly now: Date;
}

/** Names that the sentence has besides the violation it explains. */
const NAMED = 3;

/** How a monitor stands now. */
export function monitorState({ monitor, status, decisions, now }: MonitorStateOptions): MonitorState {
  const none = { violations: 0, accepted: 0, muted: 0 };
  if (monitor === undefined) return { kind: 'not-configured', ...none };
  const { name, config } = monitor;
  if (status === undefined) return { kind: config.paused ? 'paused' : 'never-run', ...none };

  const { last } = status;
  const own = decisions.filter((decision) => decision.monitor === name);
  const stateOf = (violation: Parameters<typeof violationState>[2]) => violationState(own, name, violation, now);
  const states = [...last.violations, ...(status.others ?? [])].map(stateOf);
  const accepted = states.filter((state) => state.accepted !== undefined).length;
  const muted = states.filter((state) => state.accepted === undefined && state.muted !== undefined).length;
  const violations = Math.max(status.violations, states.length) - accepted - muted;
  const kind = last.outcome === 'violations' && violations === 0 ? 'decided' : last.outcome;
  const state: MonitorState = { kind, violations, accepted, muted };
  const counting = last.violations.filter((violation) => stateOf(violation).counts);
  const sentence = sentenceOf(state, status, counting, config.type);
  if (config.paused)
    return { ...state, kind: 'paused', sentence: `Before it was paused: ${stateWords(state)}. ${sentence}` };
  return { ...state, sentence };
}

/** A state in words: "6 violations", "2 accepted", "no data". */
export function stateWords({ kind, violations, accepted, muted }: Omit<MonitorState, 'sentence'>): string {
  switch (kind) {
    case 'violations':
      return plural(violations, 'violation');
    case 'decided':
      if (muted === 0) return `${accepted} accepted`;
      return accepted === 0 ? `${muted} muted` : `${accepted + muted} accepted or muted`;
    case 'paused':
      return 'paused';
    case 'never-run':
      return 'never run';
    case 'not-configured':
      return 'not configured';
    default:
      return outcomeWords[kind];
  }
}

/** All states, the worst first: trouble, then what nobody looks at, then what is well. */
export const stateKinds: readonly MonitorStateKind[] = [
  'failed',
  'stopped',
  'violations',
  'no-data',
  'never-run',
  'not-configured',
  'paused',
  'decided',
  'ok',
];

/** The place in {@link stateKinds}. */
export function stateRank(kind: MonitorStateKind): number {
  return stateKinds.indexOf(kind);
}

function sentenceOf(
  { kind, violations, accepted, muted }: MonitorState,
  { last }: MonitorStatus,
  counting: readonly ViolationRecord[],
  type: MonitorConfig['type'],
): string {
  if (kind === 'decided') return `${last.headline} All were accepted or muted.`;
  const [worst, ...others] = counting;
  if (kind !== 'violations' || worst === undefined) return last.headline;
  const explanation = shortExplanation(worst);
  const first = type === 'data-quality' ? `${worst.feature}: ${explanation}` : explanation;
  const names = [...new Set(others.map(({ feature }) => feature))].slice(0, NAMED);
  const more = violations - 1 - names.length;
  const also = names.length === 0 ? [] : [`also ${names.join(', ')}`];
  const rest = more > 0 ? [`${more} more`] : [];
  const said = [...also, ...rest].join(' and ');
  const decided = accepted + muted;
  return `${first.replace(/\.$/, '')}${said && `; ${said}`}${decided > 0 ? ` (${decided} more accepted or muted)` : ''}`;
}
