import type { Random } from '../stats/random.js';

/** A check of the data-quality monitor and the column it speaks of. */
export interface IncidentCheck {
  readonly feature: string;
  readonly type: 'baseline_drift_check' | 'categorical_values_check' | 'completeness_check';
}

/** Something that goes wrong in the week of the example project; `incidents.json` holds these. */
export interface Incident {
  readonly id: string;
  /** The column it happens to; for `group-gets-worse` the column that names the group. */
  readonly feature: string;
  readonly kind: 'unit' | 'category' | 'missing' | 'population' | 'concept';
  /** Half-open, by the time of the prediction. */
  readonly start: string;
  readonly end: string;
  readonly size: number;
  /** What `size` counts. */
  readonly measure: string;
  readonly description: string;
  /** The monitor types that can see it. */
  readonly monitors: readonly string[];
  /** What a daily data-quality monitor reports for sure; empty where it cannot see the incident. */
  readonly checks: readonly IncidentCheck[];
  /** Columns that move along, to about the drift threshold or past it. */
  readonly alsoMoves: readonly string[];
}

export const weekStart = '2026-03-02T00:00:00Z';
export const weekEnd = '2026-03-09T00:00:00Z';

/** Of the example project's week, by start. Until the first begins, nothing is wrong. */
export const incidents: readonly Incident[] = [
  {
    id: 'unit-error',
    feature: 'hours-per-week',
    kind: 'unit',
    start: '2026-03-04T06:00:00Z',
    end: '2026-03-05T18:00:00Z',
    size: 60,
    measure: 'factor on every value',
    description:
      'An upstream job sends working hours in minutes. Values stay whole numbers, so only their distribution tells. Repaired the next evening.',
    monitors: ['data-quality'],
    checks: [{ feature: 'hours-per-week', type: 'baseline_drift_check' }],
    alsoMoves: ['probability'],
  },
  {
    id: 'new-category',
    feature: 'workclass',
    kind: 'category',
    start: '2026-03-05T00:00:00Z',
    end: weekEnd,
    size: 0.06,
    measure: 'fraction of rows with workclass Private that say Gig instead',
    description:
      'A form gains an answer, Gig, that the training data have never seen. Too few rows to move the distribution past its threshold.',
    monitors: ['data-quality'],
    checks: [{ feature: 'workclass', type: 'categorical_values_check' }],
    alsoMoves: [],
  },
  {
    id: 'missing-values',
    feature: 'occupation',
    kind: 'missing',
    start: '2026-03-05T12:00:00Z',
    end: weekEnd,
    size: 0.15,
    measure: 'fraction of rows without a value',
    description: 'A join upstream loses its right side now and then, and the occupation with it.',
    monitors: ['data-quality'],
    checks: [{ feature: 'occupation', type: 'completeness_check' }],
    alsoMoves: [],
  },
  {
    id: 'younger-population',
    feature: 'age',
    kind: 'population',
    start: '2026-03-06T00:00:00Z',
    end: weekEnd,
    size: 0.28,
    measure: 'Kolmogorov-Smirnov distance of age to the training data',
    description:
      'A campaign brings younger people. They are real rows, drawn by age, so that everything that goes with age moves too.',
    monitors: ['data-quality'],
    checks: [{ feature: 'age', type: 'baseline_drift_check' }],
    alsoMoves: ['probability', 'marital-status', 'relationship'],
  },
  {
    id: 'group-gets-worse',
    feature: 'sex',
    kind: 'concept',
    start: '2026-03-07T00:00:00Z',
    end: weekEnd,
    size: 0.25,
    measure: 'fraction of women with income 0 whose ground truth is 1 instead',
    description:
      'The world changes for one group: inputs and predictions stay as they are, the truth no longer follows them. Visible when labels arrive, a day after the predictions.',
    monitors: ['model-quality', 'model-bias'],
    checks: [],
    alsoMoves: [],
  },
];

/** Whether the incident is on at a time in milliseconds. */
export function isActive(id: string, timeMs: number): boolean {
  const incident = incidents.find((candidate) => candidate.id === id);
  return incident !== undefined && Date.parse(incident.start) <= timeMs && timeMs < Date.parse(incident.end);
}

/** How gladly a person comes in while `younger-population` is on: relative weights, e-fold in 12 years. */
export function youngWeight(age: number): number {
  return Math.exp(-(age - 17) / 12);
}

/** What arrives for a person at that time. Draws the same numbers whether or not an incident is on. */
export function corruptRequest(
  cells: readonly string[],
  columns: { readonly hours: number; readonly workclass: number; readonly occupation: number },
  timeMs: number,
  random: Random,
): readonly string[] {
  const [gig, lost] = [random.uniform() < size('new-category'), random.uniform() < size('missing-values')];
  const corrupted = [...cells];
  if (isActive('unit-error', timeMs)) {
    corrupted[columns.hours] = String(Number(cells[columns.hours]) * size('unit-error'));
  }
  if (gig && isActive('new-category', timeMs) && cells[columns.workclass] === 'Private') {
    corrupted[columns.workclass] = 'Gig';
  }
  if (lost && isActive('missing-values', timeMs)) corrupted[columns.occupation] = '';
  return corrupted;
}

/** The label that arrives for a prediction made at that time. */
export function corruptLabel(income: '0' | '1', sex: string | undefined, timeMs: number, random: Random): '0' | '1' {
  const turned = random.uniform() < size('group-gets-worse');
  return turned && sex === 'Female' && isActive('group-gets-worse', timeMs) ? '1' : income;
}

function size(id: string): number {
  return incidents.find((incident) => incident.id === id)?.size ?? 0;
}
