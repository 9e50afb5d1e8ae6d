// TreeSHAP by driftline: tree-shap.mjs FOLDER ROWS THREADS
// FOLDER holds model.json and rows.f32, as tree-shap-xgboost.py made them.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { prepareTrees } from '../../kernel-lib/dist/explain/tree-shap.js';
import { openTreeThreads } from '../../kernel-lib/dist/explain/tree-threads.js';
import { parseXgboostModel } from '../../kernel-lib/dist/models/xgboost.js';

const [folder, rowsText, threadsText] = process.argv.slice(2);
const rows = Number(rowsText);
const model = parseXgboostModel(readFileSync(path.join(folder, 'model.json'), 'utf8'));
const bytes = readFileSync(path.join(folder, 'rows.f32'));
const encoded = Float64Array.from(new Float32Array(bytes.buffer, bytes.byteOffset, rows * model.features.length));

const [before, start] = [process.cpuUsage(), performance.now()];
const threads = openTreeThreads(prepareTrees(model.sum), Number(threadsText));
const { values } = await threads.explain(encoded);
await threads.close();
const wall = performance.now() - start;
const { user, system } = process.cpuUsage(before);
const sum = values.reduce((all, value) => all + Math.abs(value), 0);
console.log(
  `driftline sum ${sum.toFixed(3)} wall ${wall.toFixed(0)} ms CPU ${((user + system) / 1000).toFixed(0)} ms first`,
);
