// All bias metrics but the flip test by driftline: bias-metrics.mjs ROWS FILE FACETS [intervals]
// FILE is made from a fixed seed where it is not there: age (doubles), sex, race, education, label, prediction (bytes).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { biasMetrics } from '../../kernel-lib/dist/metrics/bias/registry.js';
import { measureBias } from '../../kernel-lib/dist/monitor/model-bias/measure.js';
import { planBias } from '../../kernel-lib/dist/monitor/model-bias/plan.js';
import { Random } from '../../kernel-lib/dist/stats/random.js';

const BYTE_COLUMNS = ['sex', 'race', 'education', 'label', 'prediction'];
const FACETS = [
  { name: 'sex', values: ['1'] },
  { name: 'race', values: ['2'] },
  { name: 'age', values: ['40'] },
];

const rows = Number(process.argv[2]);
const file = process.argv[3];
const facets = FACETS.slice(0, Number(process.argv[4]));
const intervals = process.argv[5] === 'intervals';
if (!existsSync(file)) writeFileSync(file, generate(rows));

const sample = load(readFileSync(file));
const metrics = biasMetrics.filter(({ name }) => name !== 'FT');

const before = process.cpuUsage();
const answers = measure();
const { user, system } = process.cpuUsage(before);
const values = answers[0].map(({ name, value }) => `${name} ${value.toFixed(6)}`).join(' ');
console.log(`driftline ${values} CPU ${((user + system) / 1000).toFixed(0)} ms first`);

function measure() {
  const plan = planBias(sample, { facets, labelValues: ['1'], groupVariable: 'education' }, file);
  return measureBias(sample, plan, file).groups.map(({ counts }) =>
    metrics.map((metric) => ({
      name: metric.name,
      value: metric.service(counts).value,
      interval: intervals ? metric.interval(counts, { seed: 0 }) : undefined,
    })),
  );
}

function load(bytes) {
  const column = (name, values) => ({ name, kind: 'numeric', values, integral: name !== 'age' });
  const numbers = BYTE_COLUMNS.map((name, index) =>
    column(name, Float64Array.from(bytes.subarray((8 + index) * rows, (9 + index) * rows))),
  );
  const age = column('age', new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 8 * rows)));
  const columns = [age, ...numbers.slice(0, 3)];
  return {
    rows,
    hours: new Int32Array(rows).fill(-1),
    label: numbers[3],
    prediction: numbers[4],
    columns,
    names: columns.map(({ name }) => name),
  };
}

/** People whose label depends on all columns, and a model that is right for four of five. */
function generate(count) {
  const random = new Random(12);
  const age = new Float64Array(count);
  const bytes = new Uint8Array(BYTE_COLUMNS.length * count);
  for (let i = 0; i < count; i++) {
    age[i] = 17 + 70 * random.uniform() ** 1.5;
    const sex = random.integer(2);
    const race = random.integer(5);
    const education = random.integer(8);
    const logit = (age[i] - 40) / 30 - 0.5 * sex - 0.2 * race + 0.3 * education - 1;
    const label = random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    const prediction = random.uniform() < 0.8 ? label : random.integer(2);
    [sex, race, education, label, prediction].forEach((value, index) => {
      bytes[index * count + i] = value;
    });
  }
  return Buffer.concat([Buffer.from(age.buffer), bytes]);
}
