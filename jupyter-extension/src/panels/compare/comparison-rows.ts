import type { Report } from 'driftline';
import { type Measure, measureReport } from 'driftline/browser';

/** Whether a change is more than chance explains: the 95 % intervals of the two sides are apart, or they overlap. */
export type Chance = 'moved' | 'within' | 'unknown';

/** How the numbers of a row are written. */
export type ComparedUnit = 'distance' | 'fraction' | 'value' | 'share' | 'ndcg';

/** One measure of two reports; a side that did not measure it is undefined. */
export interface ComparedMeasure {
  /** `MeasureSubject.key`. */
  readonly key: string;
  readonly title: string;
  /** Bias: whom it is about; attribution: which output of the model, where there are several. */
  readonly of?: string;
  readonly unit: ComparedUnit;
  readonly baseline: Measure | undefined;
  readonly current: Measure | undefined;
  /** Current less baseline; undefined where a side has no value. */
  readonly change?: number;
  readonly chance: Chance;
}

/**
 * The measures of two reports of one monitor type, side by side: those that changed most come first, by what can be compared
 * among them: metrics in units of their own by their relative change. Those without a change come last, in the reports' order.
 */
export function compareReports(baseline: Report, current: Report): ComparedMeasure[] {
  const [left, right] = [byKey(baseline), byKey(current)];
  const units = new Map([...unitsOf(baseline), ...unitsOf(current)]);
  const outputs = new Set([...left.values(), ...right.values()].map(({ subject }) => subject.label));
  const rows = [...new Set([...left.keys(), ...right.keys()])].map((key): ComparedMeasure => {
    const [a, b] = [left.get(key), right.get(key)];
    const { title, kind, facet, label } = (a ?? b)!.subject;
    const of = facet ?? (outputs.size > 1 ? label : undefined);
    const change = a?.value === undefined || b?.value === undefined ? undefined : b.value - a.value;
    const plain = { drift: 'distance', share: 'share', ranking: 'ndcg', metric: 'value', bias: 'value' } as const;
    return {
      key,
      title,
      ...(of !== undefined && { of }),
      unit: units.get(key) ?? plain[kind],
      baseline: a,
      current: b,
      ...(change !== undefined && { change }),
      chance: kind === 'drift' ? 'unknown' : chanceOf(a, b),
    };
  });
  return rows.sort((a, b) => sizeOf(b) - sizeOf(a));
}

/** How many rows stand how. */
export function countChances(rows: readonly ComparedMeasure[]): Readonly<Record<Chance, number>> {
  const count = (wanted: Chance): number => rows.filter(({ chance }) => chance === wanted).length;
  return { moved: count('moved'), within: count('within'), unknown: count('unknown') };
}

function byKey(report: Report): Map<string, Measure> {
  return new Map(measureReport(report).map((measure) => [measure.subject.key, measure]));
}

function unitsOf({ modelQuality, modelBias }: Report): (readonly [key: string, unit: ComparedUnit])[] {
  return [
    ...(modelQuality?.metrics ?? []).map(({ name, unit }) => [name, unit] as const),
    ...(modelBias?.facets ?? []).flatMap(({ facet, value, metrics }) =>
      metrics.map(({ name, unit }) => [`${facet}=${value}/${name}`, unit === 'fraction' ? unit : 'value'] as const),
    ),
  ];
}

/** Touching intervals overlap. */
function chanceOf(a: Measure | undefined, b: Measure | undefined): Chance {
  if (a?.lower === undefined || a.upper === undefined || b?.lower === undefined || b.upper === undefined) {
    return 'unknown';
  }
  return a.upper < b.lower || b.upper < a.lower ? 'moved' : 'within';
}

function sizeOf({ change, unit, baseline, current }: ComparedMeasure): number {
  if (change === undefined) return -1;
  if (unit !== 'value') return Math.abs(change);
  const scale = Math.max(Math.abs(baseline?.value ?? 0), Math.abs(current?.value ?? 0));
  return scale === 0 ? 0 : Math.abs(change) / scale;
}
