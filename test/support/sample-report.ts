import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type {
  CategoricalDistribution,
  Distance,
  DriftEvidence,
  FeatureReport,
  FeatureSummary,
  NumericDistribution,
  RecordsQuery,
  Report,
  Violation,
} from '../../kernel-lib/src/report/report.js';

type Cell = string | null;
interface Column {
  readonly name: string;
  readonly part: 'output' | 'input';
  readonly numeric: boolean;
  readonly baseline: readonly Cell[];
  readonly current: readonly Cell[];
}

const window = { start: '2026-03-05T00:00:00Z', end: '2026-03-06T00:00:00Z' } as const;
const hours = Array.from({ length: 24 }, (_, hour) => `2026-03-05T${String(hour).padStart(2, '0')}:00:00Z`);
const source = 'notebooks/census/capture/census-income';
const numericNames = ['age', 'fnlwgt', 'education-num', 'capital-gain', 'capital-loss', 'hours-per-week'];

/**
 * A day of the census endpoint with five violations: working hours sent in minutes until 18:00, a category never seen,
 * missing occupations from noon, texts in a numeric column, and a drift that only the threshold rule flags. Fifteen
 * features, 24 hours, quarantined lines. Counted from kernel-lib/demo's data, so that shapes and sizes are real.
 */
export function sampleReport(): Report {
  sample ??= buildSample();
  return structuredClone(sample);
}

/** The same day where nothing is wrong: no violations, no quarantined lines. */
export function cleanReport(): Report {
  clean ??= buildClean();
  return structuredClone(clean);
}

/** A window in which nothing was captured. */
export function emptyWindowReport(): Report {
  const { newestCapture: _, hours: __, features: ___, mapping: ____, ...rest } = buildShell();
  return {
    ...rest,
    title: 'census-data-quality, 2026-03-12',
    status: 'no-data',
    headline:
      'No data between 2026-03-12 00:00 and 2026-03-13 00:00 UTC; the newest capture is of 2026-03-08 23:00 UTC.',
    window: { start: '2026-03-12T00:00:00Z', end: '2026-03-13T00:00:00Z' },
    newestCapture: '2026-03-08T23:00:00Z',
    current: {
      source,
      rows: 0,
      columns: 0,
      read: { files: 0, bytes: 0, records: 0, rows: 0, dropped: 0, quarantined: 0, reasons: [], examples: [] },
    },
    hours: hours.map((hour) => ({ hour: hour.replace('03-05', '03-12'), rows: 0 })),
    features: [],
    violations: [],
    notes: [],
  };
}

let sample: Report | undefined;
let clean: Report | undefined;

function buildShell(): Report {
  return {
    schema: 'driftline.report',
    version: 1,
    title: 'census-data-quality, 2026-03-05',
    monitorType: 'data-quality',
    monitor: 'census-data-quality',
    endpoint: 'census-income',
    createdAt: '2026-03-06T00:07:12.000Z',
    window,
    status: 'violations',
    headline: '4 of 15 features have violations: hours-per-week, occupation, workclass, capital-loss.',
    rule: 'significant',
    ruleSource: 'driftline.json beside the baseline',
    producedBy: { driftline: '0.1.0', engine: 'DuckDB 1.5.5', seed: 1 },
    baseline: { source: 'notebooks/census/baseline', rows: 32_561, columns: 15 },
    current: { source, rows: 0, columns: 15 },
    hours: [],
    features: [],
    violations: [],
    notes: [
      'Distances are computed on whole samples; hourly distances are noisier and are never judged.',
      'is_non_negative is carried in constraints.json but checked by none of the six checks of the service.',
    ],
  };
}

function buildSample(): Report {
  const rows = dayOfRows(true);
  const columns = columnsOf(rows);
  const features = withEvidence(columns.map((column) => featureOf(column, rows.hourOf)));
  const violations = violationsOf(features);
  const flagged = new Set(
    violations.filter(({ rules }) => rules.includes('significant')).map(({ feature }) => feature),
  );
  const current = rows.current.length;
  return {
    ...buildShell(),
    baseline: { source: 'notebooks/census/baseline', rows: rows.baseline.length, columns: 15 },
    current: {
      source,
      rows: current,
      columns: 15,
      read: {
        files: 24,
        bytes: current * 412,
        records: current,
        rows: current,
        dropped: 0,
        quarantined: 7,
        reasons: [
          { reason: 'input has 13 columns, expected 14', count: 4 },
          { reason: 'not JSON', count: 2 },
          { reason: 'last line is half-written', count: 1 },
        ],
        examples: quarantineExamples(),
      },
    },
    mapping: {
      source: 'baseline-position',
      columns: columns.map(({ name, part, current: cells }, index) => ({
        part,
        index: part === 'output' ? 0 : index - 1,
        name,
        example: cells.find((cell) => cell !== null) ?? '',
      })),
    },
    hours: hours.map((hour, index) => ({ hour, rows: rows.hourOf.filter((of) => of === index).length })),
    features: inReportOrder(
      features.map((feature) => ({ ...feature, status: flagged.has(feature.name) ? 'violated' : feature.status })),
    ),
    violations,
  };
}

function buildClean(): Report {
  const rows = dayOfRows(false);
  const features = withEvidence(columnsOf(rows).map((column) => featureOf(column, rows.hourOf)));
  const { mapping, ...rest } = buildSample();
  const current = rows.current.length;
  return {
    ...rest,
    ...(mapping && { mapping }),
    status: 'ok',
    headline: 'No violations in 15 features.',
    current: {
      source,
      rows: current,
      columns: 15,
      read: {
        files: 24,
        bytes: current * 411,
        records: current,
        rows: current,
        dropped: 0,
        quarantined: 0,
        reasons: [],
        examples: [],
      },
    },
    features: inReportOrder(features),
    violations: [],
    notes: [],
  };
}

interface Day {
  readonly names: readonly string[];
  readonly baseline: readonly (readonly Cell[])[];
  readonly current: readonly (readonly Cell[])[];
  /** The hour of each current row. */
  readonly hourOf: readonly number[];
}

function dayOfRows(incidents: boolean): Day {
  const training = readCsv('adult-train');
  const production = readCsv('adult-test');
  const at = (name: string): number => training.names.indexOf(name);
  const [hoursAt, workAt, jobAt, lossAt, maritalAt] = [
    'hours-per-week',
    'workclass',
    'occupation',
    'capital-loss',
    'marital-status',
  ].map(at) as [number, number, number, number, number];
  const current: Cell[][] = [];
  const hourOf: number[] = [];
  let married = 0;
  for (let index = 0; index < 3200 && current.length < 2332; index++) {
    const row: Cell[] = [...production.rows[(index * 5) % production.rows.length]!];
    if (incidents && row[maritalAt] === 'Married-civ-spouse' && ++married % 3 === 0) continue;
    const hour = Math.floor((current.length * 24) / 2332);
    if (incidents) {
      if (hour < 18) row[hoursAt] = String(Number(row[hoursAt]) * 60);
      if (row[workAt] === 'Private' && index % 17 === 3) row[workAt] = 'Gig';
      if (hour >= 12 && index % 7 === 2) row[jobAt] = null;
      if (index % 129 === 5) row[lossAt] = 'n/a';
    }
    current.push(row);
    hourOf.push(hour);
  }
  return { names: training.names, baseline: training.rows, current, hourOf };
}

function readCsv(name: string): { names: string[]; rows: Cell[][] } {
  const file = path.join(path.dirname(fileURLToPath(import.meta.url)), `../../kernel-lib/demo/${name}.csv.gz`);
  const [header = '', ...lines] = gunzipSync(readFileSync(file)).toString('utf8').trimEnd().split('\n');
  return {
    names: header.split(',').slice(0, -1),
    rows: lines.map((line) =>
      line
        .split(',')
        .slice(0, -1)
        .map((cell) => (cell === '' || cell === '?' ? null : cell)),
    ),
  };
}

function columnsOf({ names, baseline, current }: Day): Column[] {
  const inputs = names.map(
    (name, index): Column => ({
      name,
      part: 'input',
      numeric: numericNames.includes(name),
      baseline: baseline.map((row) => row[index] ?? null),
      current: current.map((row) => row[index] ?? null),
    }),
  );
  const score = (row: readonly Cell[]): string => {
    const value = (name: string): number => Number(row[names.indexOf(name)] ?? 0);
    const married = row[names.indexOf('marital-status')] === 'Married-civ-spouse' ? 2.2 : 0;
    const worked = Math.min(value('hours-per-week'), 60);
    const sum =
      0.03 * (value('age') - 40) + 0.32 * (value('education-num') - 10) + 0.03 * (worked - 40) + married - 2.5;
    return (1 / (1 + Math.exp(-sum))).toFixed(4);
  };
  return [
    { name: 'probability', part: 'output', numeric: true, baseline: baseline.map(score), current: current.map(score) },
    ...inputs,
  ];
}

function featureOf(column: Column, hourOf: readonly number[]): FeatureReport {
  const distribution = column.numeric ? numericDistribution(column) : categoricalDistribution(column);
  const distance = columnDistance(column, column.current);
  const series = hours.map((hour, index) => {
    const cells = column.current.filter((_, row) => hourOf[row] === index);
    return { hour, rows: cells.length, distance: round(columnDistance(column, cells)) };
  });
  const evidence = evidenceOf(distance, column.baseline.length, column.current.length);
  return {
    name: column.name,
    part: column.part,
    status: 'ok',
    baseline: summaryOf(column.baseline, column.numeric),
    current: summaryOf(column.current, column.numeric),
    distribution,
    distances: distancesOf(distance, distribution, evidence.pValue),
    drift: evidence,
    series,
  };
}

function withEvidence(features: readonly FeatureReport[]): FeatureReport[] {
  const order = [...features].sort((a, b) => (a.drift?.pValue ?? 1) - (b.drift?.pValue ?? 1));
  return features.map((feature) => {
    const { drift } = feature;
    if (drift === undefined) return feature;
    const adjustedPValue = Math.min(1, (drift.pValue * features.length) / (order.indexOf(feature) + 1));
    const significant = adjustedPValue < 0.05 && drift.lowerBound > drift.threshold;
    return { ...feature, drift: { ...drift, adjustedPValue, significant } };
  });
}

function inReportOrder(features: readonly FeatureReport[]): FeatureReport[] {
  const rank = ({ status, drift }: FeatureReport): number =>
    status === 'violated' ? 0 : drift && drift.distance > drift.threshold ? 1 : 2;
  const moved = (feature: FeatureReport): number => (rank(feature) < 2 ? (feature.drift?.distance ?? 0) : 0);
  return [...features].sort((a, b) => rank(a) - rank(b) || moved(b) - moved(a));
}

function evidenceOf(distance: number, n: number, m: number): DriftEvidence {
  const scale = Math.sqrt((n * m) / (n + m));
  const pValue = Math.min(1, 2 * Math.exp(-2 * (distance * scale) ** 2));
  const half = 1.36 / scale;
  return {
    distance: round(distance),
    threshold: 0.1,
    pValue,
    adjustedPValue: pValue,
    lowerBound: round(Math.max(0, distance - half)),
    minimumDetectable: round(0.1 + half + 0.84 * (half / 1.96)),
    significant: false,
  };
}

function distancesOf(
  distance: number,
  distribution: NumericDistribution | CategoricalDistribution,
  pValue: number,
): Distance[] {
  const { psi, js } = divergences(distribution);
  const shared: Distance[] = [
    {
      name: 'psi',
      title: 'Population stability index',
      value: round(psi),
      definition:
        'Sum over bins of (current - baseline) ln(current / baseline) of shares, half a row added to each bin.',
    },
    {
      name: 'jensen_shannon',
      title: 'Jensen-Shannon distance',
      value: round(js),
      definition: 'Square root of the Jensen-Shannon divergence with logarithms to base 2, in [0, 1].',
    },
  ];
  if (distribution.kind === 'numeric') {
    return [
      {
        name: 'linf_simple',
        title: 'L-infinity distance, simple',
        value: round(distance),
        threshold: 0.1,
        definition: 'Largest gap between the two cumulative distributions at the items of both sketches.',
      },
      {
        name: 'kolmogorov_smirnov',
        title: 'Kolmogorov-Smirnov distance',
        value: round(distance),
        pValue,
        definition: 'Largest gap between the two empirical distribution functions; two-sided asymptotic p-value.',
      },
      ...shared,
    ];
  }
  return [
    {
      name: 'linf_simple',
      title: 'L-infinity distance, simple',
      value: round(distance),
      threshold: 0.1,
      definition: 'Largest difference between the shares of one category.',
    },
    {
      name: 'chi_squared',
      title: "Pearson's chi-squared",
      value: round(distance * 1900),
      pValue,
      definition: 'Current counts against the baseline scaled to them; categories of small expectation are grouped.',
    },
    ...shared,
  ];
}

function divergences({ baseline, current }: NumericDistribution | CategoricalDistribution): {
  psi: number;
  js: number;
} {
  const shares = (counts: readonly number[]): number[] => {
    const sum = counts.reduce((a, b) => a + b + 0.5, 0);
    return counts.map((count) => (count + 0.5) / sum);
  };
  const [p, q] = [shares(baseline), shares(current)];
  let [psi, js] = [0, 0];
  for (let i = 0; i < p.length; i++) {
    const [a, b] = [p[i]!, q[i]!];
    psi += (b - a) * Math.log(b / a);
    js += (a * Math.log2((2 * a) / (a + b)) + b * Math.log2((2 * b) / (a + b))) / 2;
  }
  return { psi, js: Math.sqrt(js) };
}

function columnDistance({ numeric, baseline }: Column, current: readonly Cell[]): number {
  if (!numeric) {
    const [p, q] = [countsOnce(baseline), countsOf(current)];
    const [n, m] = [sumOf(p.values()), sumOf(q.values())];
    const names = new Set([...p.keys(), ...q.keys()]);
    return Math.max(...[...names].map((name) => Math.abs((p.get(name) ?? 0) / n - (q.get(name) ?? 0) / m)));
  }
  const [a, b] = [sortedOnce(baseline), numbersOf(current)];
  let [i, j, gap] = [0, 0, 0];
  while (i < a.length && j < b.length) {
    const value = Math.min(a[i]!, b[j]!);
    while (a[i] === value) i++;
    while (b[j] === value) j++;
    gap = Math.max(gap, Math.abs(i / a.length - j / b.length));
  }
  return gap;
}

function numericDistribution({ baseline, current }: Column): NumericDistribution {
  const [a, b] = [numbersOf(baseline), numbersOf(current)];
  const [min, max] = [a[0]!, a.at(-1)!];
  const edges = Array.from({ length: 21 }, (_, i) => min + ((max - min) * i) / 20);
  const counts = (values: readonly number[]): number[] => {
    const result = new Array<number>(20).fill(0);
    for (const value of values) {
      if (value < min || value > max) continue;
      result[Math.min(19, Math.floor(((value - min) / (max - min)) * 20))]! += 1;
    }
    return result;
  };
  return {
    kind: 'numeric',
    edges,
    baseline: counts(a),
    current: counts(b),
    currentBelow: b.filter((value) => value < min).length,
    currentAbove: b.filter((value) => value > max).length,
  };
}

function categoricalDistribution({ baseline, current }: Column): CategoricalDistribution {
  const [p, q] = [countsOf(baseline), countsOf(current)];
  const known = [...p.keys()].sort((x, y) => p.get(y)! - p.get(x)!);
  const unseen = [...q.keys()].filter((name) => !p.has(name));
  const kept = [...known.slice(0, 30 - unseen.length), ...unseen];
  const rest = known.slice(30 - unseen.length);
  const total = (counts: Map<string, number>): number => rest.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  return {
    kind: 'categorical',
    categories: kept,
    baseline: kept.map((name) => p.get(name) ?? 0),
    current: kept.map((name) => q.get(name) ?? 0),
    unseen: unseen.map((name) => kept.indexOf(name)),
    ...(rest.length > 0 && { other: { categories: rest.length, baseline: total(p), current: total(q) } }),
  };
}

function summaryOf(cells: readonly Cell[], numeric: boolean): FeatureSummary {
  const present = cells.filter((cell) => cell !== null);
  const values = numbersOf(present);
  const text = numeric && values.length < present.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const quantile = (q: number): number => values[Math.round(q * (values.length - 1))]!;
  const whole = values.every(Number.isInteger);
  return {
    inferredType: numeric && !text ? (whole ? 'Integral' : 'Fractional') : 'String',
    present: present.length,
    missing: cells.length - present.length,
    completeness: present.length / cells.length,
    distinct: new Set(present).size,
    distinctExact: new Set(present).size <= 4096,
    ...(numeric && {
      mean,
      standardDeviation: Math.sqrt(variance),
      min: values[0]!,
      max: values.at(-1)!,
      quantiles: [quantile(0.05), quantile(0.25), quantile(0.5), quantile(0.75), quantile(0.95)] as const,
    }),
  };
}

function violationsOf(features: readonly FeatureReport[]): Violation[] {
  const of = (name: string): FeatureReport => features.find((feature) => feature.name === name)!;
  const query = (condition: RecordsQuery['condition'], sql: string): RecordsQuery => ({
    source,
    window,
    condition,
    sql,
  });
  const worked = of('hours-per-week');
  const score = of('probability');
  const job = of('occupation');
  const work = of('workclass');
  const rows = worked.current!.present;
  const above = (worked.distribution as NumericDistribution).currentAbove;
  const workclass = work.distribution as CategoricalDistribution;
  const gig = workclass.current[workclass.categories.indexOf('Gig')]!;
  const known = workclass.categories.filter((name) => name !== 'Gig');
  const texts = Math.round(rows / 129);
  const list = known.map((name) => `'${name}'`).join(', ');
  const both = ['significant', 'threshold'] as const;
  return [
    {
      id: 'hours-per-week/baseline_drift_check',
      feature: 'hours-per-week',
      check: 'baseline_drift_check',
      description: `Baseline drift distance: ${worked.drift!.distance} exceeds threshold: 0.1`,
      explanation: `${percent(above / rows)} of values are above the baseline's maximum of 99, and the median went from 40 to ${worked.current!.quantiles![2]}. A factor of 60 suggests another unit.`,
      measured: worked.drift!.distance,
      limit: 0.1,
      unit: 'distance',
      rules: both,
      since: { hour: '2026-03-04T06:00:00Z', orEarlier: false, before: 0, after: round(above / rows) },
      rows: above,
      query: query(
        { kind: 'range', feature: 'hours-per-week', above: 99 },
        'SELECT * FROM current WHERE TRY_CAST("hours-per-week" AS DOUBLE) > 99',
      ),
    },
    {
      id: 'occupation/completeness_check',
      feature: 'occupation',
      check: 'completeness_check',
      description: `Data completeness: ${percent(job.current!.completeness!)} is less than expected: ${percent(job.baseline!.completeness!)}`,
      explanation: `${percent(1 - job.current!.completeness!)} of rows have no value; in the baseline ${percent(1 - job.baseline!.completeness!)} have none.`,
      measured: round(job.current!.completeness!),
      limit: round(job.baseline!.completeness!),
      baselineValue: round(job.baseline!.completeness!),
      unit: 'fraction',
      rules: both,
      since: { hour: '2026-03-05T12:00:00Z', orEarlier: false, before: 0.052, after: 0.191 },
      rows: job.current!.missing,
      query: query({ kind: 'missing', feature: 'occupation' }, 'SELECT * FROM current WHERE "occupation" IS NULL'),
    },
    {
      id: 'workclass/categorical_values_check',
      feature: 'workclass',
      check: 'categorical_values_check',
      description: `Value: ${percent(1 - gig / rows)} does not meet the constraint requirement of 100%`,
      explanation: `a category that the baseline does not have: "Gig", in ${gig} rows (${percent(gig / rows)}).`,
      measured: round(1 - gig / work.current!.present),
      limit: 1,
      baselineValue: 1,
      unit: 'fraction',
      rules: both,
      since: { hour: '2026-03-05T00:00:00Z', orEarlier: true, before: 0, after: round(gig / rows) },
      rows: gig,
      query: query(
        { kind: 'not-in', feature: 'workclass', values: known },
        `SELECT * FROM current WHERE "workclass" NOT IN (${list})`,
      ),
    },
    {
      id: 'capital-loss/data_type_check',
      feature: 'capital-loss',
      check: 'data_type_check',
      description: `Data type match requirement is not met. Expected data type: Integral, Expected match: 100.0%. Observed: Only ${percent(1 - texts / rows)} of data is Integral.`,
      explanation: `whole numbers are expected; ${texts} rows (${percent(texts / rows)}) hold text such as "n/a".`,
      measured: round(1 - texts / rows),
      limit: 1,
      baselineValue: 1,
      unit: 'fraction',
      rules: both,
      rows: texts,
      query: query(
        { kind: 'not-type', feature: 'capital-loss', expected: 'Integral' },
        `SELECT * FROM current WHERE NOT regexp_full_match("capital-loss", '[-+]?\\d+')`,
      ),
    },
    {
      id: 'probability/baseline_drift_check',
      feature: 'probability',
      check: 'baseline_drift_check',
      description: `Baseline drift distance: ${score.drift!.distance} exceeds threshold: 0.1`,
      explanation: `the distribution has moved by ${score.drift!.distance}, past the threshold of 0.1; but at these sample sizes the true distance may be as small as ${score.drift!.lowerBound}.`,
      measured: score.drift!.distance,
      limit: 0.1,
      unit: 'distance',
      rules: ['threshold'],
    },
  ];
}

function quarantineExamples(): NonNullable<Report['current']['read']>['examples'] {
  const file = (hour: string): string => `${source}/AllTraffic/2026/03/05/${hour}/${hour}-00-00-000-census.jsonl`;
  const short = 'input has 13 columns, expected 14';
  return [
    {
      file: file('02'),
      line: 17,
      reason: short,
      excerpt:
        '{"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT","data":"39,77516,Bachelors,13,Never-married,Adm-clerical,Not-in-family,White,Male,2174,0,40,United-States"',
    },
    {
      file: file('02'),
      line: 18,
      reason: short,
      excerpt:
        '{"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT","data":"50,83311,Bachelors,13,Married-civ-spouse,Exec-managerial,Husband,White,Male,0,0,13,United-States"',
    },
    { file: file('09'), line: 3, reason: 'not JSON', excerpt: '<html><head><title>502 Bad Gateway</title></head>' },
    {
      file: file('11'),
      line: 88,
      reason: short,
      excerpt:
        '{"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT","data":"38,215646,HS-grad,9,Divorced,Handlers-cleaners,Not-in-family,White,Male,0,0,40,United-States"',
    },
    {
      file: file('11'),
      line: 89,
      reason: short,
      excerpt:
        '{"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INPUT","data":"53,234721,11th,7,Married-civ-spouse,Handlers-cleaners,Husband,Black,Male,0,0,40,United-States"',
    },
    {
      file: file('15'),
      line: 41,
      reason: 'not JSON',
      excerpt: 'upstream connect error or disconnect/reset before headers',
    },
    {
      file: file('23'),
      line: 97,
      reason: 'last line is half-written',
      excerpt: '{"captureData":{"endpointInput":{"observedContentType":"text/csv","mode":"INP',
    },
  ];
}

const sorted = new WeakMap<readonly Cell[], number[]>();
const counted = new WeakMap<readonly Cell[], Map<string, number>>();

function sortedOnce(cells: readonly Cell[]): number[] {
  const known = sorted.get(cells) ?? numbersOf(cells);
  sorted.set(cells, known);
  return known;
}

function countsOnce(cells: readonly Cell[]): Map<string, number> {
  const known = counted.get(cells) ?? countsOf(cells);
  counted.set(cells, known);
  return known;
}

function numbersOf(cells: readonly Cell[]): number[] {
  const values = cells.filter((cell) => cell !== null && cell !== 'n/a').map(Number);
  return values.sort((a, b) => a - b);
}

function countsOf(cells: readonly Cell[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const cell of cells) if (cell !== null) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return counts;
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function round(value: number): number {
  return Number(value.toPrecision(6));
}

function percent(fraction: number): string {
  return `${Number((fraction * 100).toFixed(2))}%`;
}
