import { parseXgboostModel } from '../models/xgboost.js';
import { Random } from '../stats/random.js';
import type { Census, CensusRow } from './census.js';
import { corruptLabel, corruptRequest, isActive, weekEnd, weekStart, youngWeight } from './incidents.js';

/** One request to the endpoint, what it answered, and what turned out to be true. */
export interface ServedRow {
  readonly timeMs: number;
  readonly inferenceId: string;
  readonly eventId: string;
  readonly cells: readonly string[];
  readonly probability: string;
  readonly label: '0' | '1';
}

/** One hour of traffic, its rows by time. */
export interface ServedHour {
  readonly startMs: number;
  readonly rows: readonly ServedRow[];
}

const hourMs = 3_600_000;

/**
 * The week of the example project: the production rows in random order until `younger-population` begins, after that
 * drawn anew by age. No row comes twice before, and none twice after. The same seed makes the same week.
 */
export function serveWeek(census: Census, seed: number): ServedHour[] {
  // Streams of their own, so that one more draw in one place changes nothing in another.
  const stream = (index: number): Random => new Random(seed * 16 + index);
  const [order, traffic, clock, names, trouble, truth] = [0, 1, 2, 3, 4, 5].map(stream) as [
    Random,
    Random,
    Random,
    Random,
    Random,
    Random,
  ];
  const column = (name: string): number => census.features.indexOf(name);
  const columns = { hours: column('hours-per-week'), workclass: column('workclass'), occupation: column('occupation') };
  const hours = hourlyCounts(traffic);
  const total = (young: boolean): number =>
    hours.reduce((sum, hour) => (isActive('younger-population', hour.startMs) === young ? sum + hour.count : sum), 0);
  const usual = order.shuffle([...census.production]).slice(0, total(false));
  const young = drawYoung(census.production, column('age'), total(true), order);
  const people = [...usual, ...young];

  let served = 0;
  const requests = hours.map(({ startMs, count }) => {
    const times = Array.from({ length: count }, () => startMs + clock.integer(hourMs)).sort((a, b) => a - b);
    return times.map((timeMs) => {
      const person = people[served]!;
      served += 1;
      return {
        timeMs,
        inferenceId: `census-${String(served).padStart(6, '0')}`,
        eventId: uuid(names),
        cells: corruptRequest(person.cells, columns, timeMs, trouble),
        label: corruptLabel(person.income, person.cells[column('sex')], timeMs, truth),
      };
    });
  });

  const model = parseXgboostModel(census.model);
  const probabilities = model.predict(requests.flat().map((request) => request.cells));
  let predicted = 0;
  return requests.map((rows, index) => ({
    startMs: hours[index]!.startMs,
    rows: rows.map((row) => ({ ...row, probability: formatProbability(probabilities[predicted++]!) })),
  }));
}

/** Six decimals: always a number with a point, never an exponent, so that the column's type cannot change with a value. */
export function formatProbability(probability: number): string {
  return probability.toFixed(6);
}

/** RFC 9562 version 4, of seeded numbers. */
export function uuid(random: Random): string {
  const hex = [0, 1, 2, 3].map(() => random.uint32().toString(16).padStart(8, '0')).join('');
  const variant = ((Number.parseInt(hex[16]!, 16) & 3) | 8).toString(16);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    '-',
  );
}

/** Least at 2 in the night, most at 2 in the afternoon, a quarter less at the weekend, a tenth of noise. */
function hourlyCounts(random: Random): { startMs: number; count: number }[] {
  const hours: { startMs: number; count: number }[] = [];
  for (let startMs = Date.parse(weekStart); startMs < Date.parse(weekEnd); startMs += hourMs) {
    const date = new Date(startMs);
    const curve = 112 - 44 * Math.cos((2 * Math.PI * (date.getUTCHours() - 2)) / 24);
    const weekend = date.getUTCDay() % 6 === 0 ? 0.75 : 1;
    hours.push({ startMs, count: Math.round(curve * weekend * (0.9 + 0.2 * random.uniform())) });
  }
  return hours;
}

/**
 * A weighted sample without replacement, in random order.
 *
 * @see Source: Efraimidis and Spirakis, "Weighted random sampling with a reservoir", 2006: the largest log(u) / weight.
 */
function drawYoung(people: readonly CensusRow[], age: number, count: number, random: Random): CensusRow[] {
  const keyed = people.map((person) => ({
    person,
    key: Math.log(1 - random.uniform()) / youngWeight(Number(person.cells[age])),
  }));
  keyed.sort((a, b) => b.key - a.key);
  return random.shuffle(keyed.slice(0, count).map(({ person }) => person));
}
