// Kernel SHAP by driftline: kernel-shap.mjs FOLDER trees|logistic ROWS
// FOLDER holds model.json, weights.json and rows.f32, as kernel-shap-shap.py made them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { evenBackground } from '../../kernel-lib/dist/explain/background.js';
import { linearCoalitions } from '../../kernel-lib/dist/explain/kernel-linear.js';
import { kernelExplainer } from '../../kernel-lib/dist/explain/kernel-shap.js';
import { treeCoalitions } from '../../kernel-lib/dist/explain/kernel-trees.js';
import { createLinearModel } from '../../kernel-lib/dist/models/linear-model.js';
import { logistic } from '../../kernel-lib/dist/models/link.js';
import { parseXgboostModel } from '../../kernel-lib/dist/models/xgboost.js';

const BACKGROUND_ROWS = 100;
const [folder, kind, rowsText] = process.argv.slice(2);
const rows = Number(rowsText);
const read = (name) => readFileSync(path.join(folder, name));
const bytes = read('rows.f32');
const cells = Float64Array.from(new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4));
const { weights, bias } = JSON.parse(read('weights.json').toString());
const width = weights.length;

const batch = (first, count) => ({
  rowCount: count,
  columns: weights.map((_, column) => ({
    kind: 'number',
    values: Float64Array.from({ length: count }, (_, row) => cells[(first + row) * width + column]),
    valid: new Uint8Array(count).fill(1),
    integral: false,
  })),
});
const background = evenBackground(batch(0, BACKGROUND_ROWS));
const coalitions = () => {
  if (kind === 'trees') return treeCoalitions(parseXgboostModel(read('model.json').toString()), background);
  const model = createLinearModel({
    features: weights.map((_, index) => ({ name: `f${index}`, kind: 'number' })),
    objective: 'binary:logistic',
    weights: Float64Array.from(weights),
    bias: Float64Array.of(bias),
    precision: 'double',
    scale: 'log-odds',
    link: logistic(),
  });
  return linearCoalitions(model, background);
};

const model = coalitions();
const [before, start] = [process.cpuUsage(), performance.now()];
const explainer = kernelExplainer(model);
const { values } = await explainer.explain(batch(BACKGROUND_ROWS, rows));
const wall = performance.now() - start;
const { user, system } = process.cpuUsage(before);
const sum = values.reduce((all, value) => all + Math.abs(value), 0);
console.log(
  `driftline sum ${sum.toFixed(3)} wall ${wall.toFixed(0)} ms CPU ${((user + system) / 1000).toFixed(0)} ms first`,
);
