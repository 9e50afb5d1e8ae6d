import type { MeasuredExecution, MeasureSubject, MeasuresFile } from './measures.js';

/** What several months measured, over one list of subjects. */
export interface MeasuredSeries {
  readonly subjects: readonly MeasureSubject[];
  /** Ascending; every list is as long as `subjects`. */
  readonly executions: readonly MeasuredExecution[];
}

type ValueList = readonly (number | null)[];
const LISTS = [
  'value',
  'lower',
  'upper',
  'minimum',
  'maximum',
  'baseline',
  'adjustedPValue',
  'completeness',
  'estimate',
  'rank',
] as const satisfies readonly (keyof MeasuredExecution)[];

/** Joins months, in any order, into one series: a subject's place may differ from file to file. */
export function joinMeasures(files: readonly MeasuresFile[]): MeasuredSeries {
  const ordered = [...files].sort((a, b) => (a.month < b.month ? -1 : 1));
  const placeOf = new Map<string, number>();
  const subjects: MeasureSubject[] = [];
  for (const subject of ordered.flatMap((file) => file.subjects)) {
    const place = placeOf.get(subject.key) ?? subjects.length;
    placeOf.set(subject.key, place);
    subjects[place] = subject;
  }
  const executions = ordered.flatMap((file) => {
    const sources: (number | undefined)[] = subjects.map(() => undefined);
    file.subjects.forEach(({ key }, source) => {
      sources[placeOf.get(key)!] = source;
    });
    return file.executions.map((execution) => placed(execution, sources, placeOf, file.subjects));
  });
  return { subjects, executions };
}

function placed(
  execution: MeasuredExecution,
  sources: readonly (number | undefined)[],
  placeOf: ReadonlyMap<string, number>,
  own: readonly MeasureSubject[],
): MeasuredExecution {
  const take = (list: ValueList): ValueList =>
    sources.map((source) => (source === undefined ? null : (list[source] ?? null)));
  const lists = Object.fromEntries(
    LISTS.flatMap((name) => {
      const list = execution[name];
      return list === undefined ? [] : [[name, take(list)]];
    }),
  );
  const { hourly } = execution;
  return {
    ...execution,
    ...lists,
    violated: execution.violated.map((place) => placeOf.get(own[place]!.key)!),
    ...(hourly && {
      hourly: {
        ...hourly,
        distance: sources.map((source) => {
          const series = source === undefined ? undefined : hourly.distance[source];
          return series ?? hourly.hours.map(() => null);
        }),
      },
    }),
  };
}
