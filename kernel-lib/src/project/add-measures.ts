import { withoutUndefined } from '../json/without-undefined.js';
import type { ExecutionRecord } from './execution-record.js';
import type { HistoryOf } from './history-files.js';
import type { Measure, MeasuredHours } from './measure-report.js';
import type { MeasuredExecution, MeasureSubject, MeasuresFile } from './measures.js';

/** What an execution measured, with the hours of its window. */
export interface Measured {
  readonly measures: readonly Measure[];
  readonly hours: MeasuredHours;
}

/** The list with the entry in its place by scheduled time; one of the same time is replaced. */
export function inOrder<Entry extends { readonly scheduledTime: string }>(
  entries: readonly Entry[],
  entry: Entry,
): Entry[] {
  const time = Date.parse(entry.scheduledTime);
  const others = entries.filter(({ scheduledTime }) => Date.parse(scheduledTime) !== time);
  const place = others.findIndex(({ scheduledTime }) => Date.parse(scheduledTime) > time);
  return place === -1 ? [...others, entry] : [...others.slice(0, place), entry, ...others.slice(place)];
}

/** A month's measures with those of an execution in their place; `before` is the file that was there. */
export function addMeasures(
  before: MeasuresFile | undefined,
  of: HistoryOf,
  { scheduledTime, window, rows }: ExecutionRecord,
  { measures, hours }: Measured,
): MeasuresFile {
  const subjects: MeasureSubject[] = [...(before?.subjects ?? [])];
  const placeOf = new Map(subjects.map(({ key }, place) => [key, place]));
  const placed: (Measure | undefined)[] = [];
  for (const measure of measures) {
    const place = placeOf.get(measure.subject.key) ?? subjects.length;
    subjects[place] = measure.subject;
    placeOf.set(measure.subject.key, place);
    placed[place] = measure;
  }
  for (let place = 0; place < subjects.length; place++) placed[place] ??= undefined;
  const column = (of: (measure: Measure) => number | undefined): (number | null)[] | undefined => {
    const values = placed.map((measure) => rounded(measure && of(measure)));
    return values.some((value) => value !== null) ? values : undefined;
  };
  const byHour = placed.some((measure) => measure?.hourly !== undefined);
  const execution = withoutUndefined<MeasuredExecution>({
    scheduledTime,
    start: window.start,
    rows,
    value: placed.map((measure) => rounded(measure?.value)),
    lower: column(({ lower }) => lower),
    upper: column(({ upper }) => upper),
    minimum: column(({ minimum }) => minimum),
    maximum: column(({ maximum }) => maximum),
    baseline: column(({ baseline }) => baseline),
    adjustedPValue: column(({ adjustedPValue }) => adjustedPValue),
    completeness: column(({ completeness }) => completeness),
    estimate: column(({ estimate }) => estimate),
    rank: column(({ rank }) => rank),
    violated: placed.flatMap((measure, place) => (measure?.violated ? [place] : [])),
    hourly: byHour
      ? {
          hours: hours.map(({ hour }) => hour),
          rows: hours.map((hour) => hour.rows),
          distance: placed.map((measure) => hours.map((_, hour) => rounded(measure?.hourly?.[hour]))),
        }
      : undefined,
  });
  return {
    schema: 'driftline.measures',
    version: 1,
    ...of,
    month: scheduledTime.slice(0, 7),
    subjects,
    executions: inOrder(before?.executions ?? [], execution),
  };
}

/** To 6 significant digits: charts need no more, and files of months stay small. */
function rounded(value: number | undefined): number | null {
  return value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(6));
}
