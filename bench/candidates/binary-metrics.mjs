// Binary classification metrics by driftline: binary-metrics.mjs ROWS FILE [plain|deviations|full]
// FILE is made from a fixed seed where it is not there: scores (doubles), labels, predictions (bytes).
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { binaryQuality } from '../../kernel-lib/dist/metrics/model/binary.js';
import { Random } from '../../kernel-lib/dist/stats/random.js';

const rows = Number(process.argv[2]);
const file = process.argv[3];
const what = process.argv[4] ?? 'plain';
if (!existsSync(file)) writeFileSync(file, generate(rows));

const bytes = readFileSync(file);
const scores = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 8 * rows));
const labels = new Uint8Array(bytes.subarray(8 * rows, 9 * rows));
const predictions = new Uint8Array(bytes.subarray(9 * rows, 10 * rows));
const options = { intervals: what === 'full', deviations: what !== 'plain' };

const times = [];
let result;
for (let run = 0; run < 3; run++) {
  const before = process.cpuUsage();
  result = binaryQuality({ labels, predictions, scores }, options);
  const { user, system } = process.cpuUsage(before);
  times.push((user + system) / 1000);
}
const names = ['accuracy', 'precision', 'recall', 'f1', 'auc', 'brier_score', 'log_loss'];
const values = names.map((name) => result.values[name].value.toFixed(6)).join(' ');
console.log(
  `driftline (${what}) ${values} CPU ${times[0].toFixed(0)} ms first, ${Math.min(...times).toFixed(0)} ms best`,
);

/** Scores of an imperfect model, one in five rows positive, calibrated but for some noise. */
function generate(count) {
  const random = new Random(11);
  const numbers = new Float64Array(count);
  const classes = new Uint8Array(2 * count);
  for (let i = 0; i < count; i++) {
    const logit = 1.5 * random.normal() - 1.8;
    classes[i] = random.uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
    numbers[i] = 1 / (1 + Math.exp(-logit - 0.3 * random.normal()));
    classes[count + i] = numbers[i] > 0.5 ? 1 : 0;
  }
  return Buffer.concat([Buffer.from(numbers.buffer), classes]);
}
