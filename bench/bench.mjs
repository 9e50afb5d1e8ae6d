// npm run bench: CPU time, wall time and peak memory beside other ways to the same numbers, and how fast panels come.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { generateCapture, generateTraining } from './generate-capture.js';
import { measureInTurns } from './measure.js';

const HELP = `npm run bench -- [options]
  --records N   records of the comparison (default 1,000,000)
  --runs N      runs of each candidate (default 3)
  --only LIST   parts, separated by commas: compare, memory, first-report, model-quality, model-bias, model-shap, kernel-shap,
                panels (default: all)
  --large       memory also at 10,000,000 records (5 GB of disk)
`;

const root = fileURLToPath(new URL('..', import.meta.url));
const work = path.join(root, '.cache/bench');
const driftline = path.join(root, 'kernel-lib/bin/driftline.js');
const candidate = (name) => path.join(root, 'bench/candidates', name);

const { values: options } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    runs: { type: 'string', default: '3' },
    only: {
      type: 'string',
      default: 'compare,memory,first-report,model-quality,model-bias,model-shap,kernel-shap,panels',
    },
    large: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (options.help) {
  process.stdout.write(HELP);
  process.exit(0);
}
const records = Number(options.records);
const runs = Number(options.runs);
const parts = options.only.split(',');

const print = (text) => process.stdout.write(`${text}\n`);
const note = (text) => process.stderr.write(`${text}\n`);

if (!existsSync(path.join(root, 'kernel-lib/dist/cli/main.js'))) {
  note('driftline is not built yet.\n  fix: npm run build');
  process.exit(3);
}
mkdirSync(work, { recursive: true });
print(
  `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)} at the start.`,
);
print(
  'Lowest of the runs, the highest in brackets. On a busy machine trust CPU ratios, and even these within a factor of 1.3.\n',
);

const baseline = parts.some((part) => ['compare', 'memory', 'first-report'].includes(part)) ? await makeBaseline() : '';
if (parts.includes('compare')) await compare();
if (parts.includes('memory')) await memory();
if (parts.includes('first-report')) await firstReport();
if (parts.includes('model-quality')) modelQuality();
if (parts.includes('model-bias')) modelBias();
if (parts.includes('model-shap')) treeShap();
if (parts.includes('kernel-shap')) kernelShap();
if (parts.includes('panels')) panels();

async function makeBaseline() {
  const training = path.join(work, 'training.csv');
  const folder = path.join(work, 'baseline');
  generateTraining(training, 50_000);
  rmSync(folder, { recursive: true, force: true });
  execFileSync(process.execPath, [driftline, 'baseline', 'data-quality', '--dataset', training, '--output', folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return folder;
}

async function capture(count) {
  const folder = path.join(work, `capture-${count}`);
  if (!existsSync(folder)) note(`writing ${count.toLocaleString('en')} records`);
  await generateCapture(folder, count);
  return folder;
}

function check(name, current) {
  const output = path.join(work, 'output');
  const args = ['check', 'data-quality', '--current', current, '--baseline', baseline, '--output', output];
  return {
    name,
    command: [process.execPath, driftline, ...args, '--no-profile-cache', '--quiet'],
    // 1: violations were found.
    accepted: [0, 1],
  };
}

async function compare() {
  const folder = await capture(records);
  const node = (name, script) => ({ name, command: [process.execPath, candidate(script), folder] });
  const floor = node('floor: DuckDB read_json of the records, no cells', 'duckdb-floor.mjs');
  const candidates = [
    floor,
    check('driftline check data-quality, whole command', folder),
    node('driftline, profile only', 'profile-capture.mjs'),
    node('DuckDB SQL, profile only', 'duckdb-profile.mjs'),
    ...pythonCandidates(folder),
  ];
  print(`${records.toLocaleString('en')} records of 20 features, JSON Lines as captured`);
  table(candidates, await measureInTurns(candidates, runs, note), floor.name);
}

/** A Python that has some packages, in an environment of its own; undefined, and said so, where they cannot be had. */
function pythonWith(...packages) {
  const environment = path.join(work, 'venv');
  const python = path.join(environment, 'bin/python');
  try {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', environment], { stdio: 'pipe' });
    note(`installing ${packages.join(', ')}`);
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages], {
      stdio: 'pipe',
    });
    return python;
  } catch (error) {
    const reason = String(error.stderr || error.message)
      .trim()
      .split('\n')
      .at(-1);
    print(`${packages.join(', ')}: left out, ${reason}`);
    return undefined;
  }
}

function pythonCandidates(folder) {
  const python = pythonWith('pandas', 'polars');
  if (python === undefined) return [];
  return [
    { name: 'pandas, profile only', command: [python, candidate('profile-pandas.py'), folder] },
    { name: 'polars (streaming), profile only', command: [python, candidate('profile-polars.py'), folder] },
  ];
}

async function memory() {
  const counts = [300_000, 1_000_000, 3_000_000, ...(options.large ? [10_000_000] : [])];
  const candidates = [];
  for (const count of counts)
    candidates.push(check(`check, ${count.toLocaleString('en')} records`, await capture(count)));
  print('Memory by number of records (limit 300 MB)');
  table(candidates, await measureInTurns(candidates, runs, note));
}

async function firstReport() {
  const candidates = [check('check, 100,000 records', await capture(100_000))];
  print('First report (limit 2 s on a quiet machine)');
  table(candidates, await measureInTurns(candidates, runs, note));
}

/**
 * The metrics of a million binary rows in memory, beside scikit-learn's on the same rows: CPU within the process, the
 * first call of each, which compiles what it needs; the lowest of the runs.
 */
function modelQuality() {
  const python = pythonWith('scikit-learn');
  const data = path.join(work, `binary-${records}.bin`);
  const rows = String(records);
  const ours = (what) => [process.execPath, candidate('binary-metrics.mjs'), rows, data, what];
  const candidates = [
    ['metrics, curves, calibration', ours('plain')],
    ["the same with the service's standard deviations", ours('deviations')],
    ['the same with 95 % intervals', ours('full')],
    ...(python === undefined
      ? []
      : [['scikit-learn: metrics, curves, calibration', [python, candidate('binary-metrics-sklearn.py'), rows, data]]]),
  ];
  compareCalls(`Model quality of ${records.toLocaleString('en')} binary rows with scores`, candidates, python);
}

/**
 * The bias metrics but the flip test of a million rows in memory, and the flip test of 50,000 rows and 14 columns, beside
 * smclarify's: CPU within the process, the first call of each; the lowest of the runs.
 */
function modelBias() {
  const python = pythonWith('smclarify==0.5', 'scikit-learn');
  const rows = String(records);
  const data = path.join(work, `bias-${records}.bin`);
  for (const [title, facets] of [
    ['one facet', '1'],
    ['three facets, one of them continuous', '3'],
  ]) {
    const ours = (...what) => [process.execPath, candidate('bias-metrics.mjs'), rows, data, facets, ...what];
    const candidates = [
      ['metrics', ours()],
      ['metrics with 95 % intervals', ours('intervals')],
      ...(python ? [['smclarify: metrics', [python, candidate('bias-metrics-smclarify.py'), rows, data, facets]]] : []),
    ];
    compareCalls(`Bias of ${records.toLocaleString('en')} rows, ${title}, without the flip test`, candidates, python);
  }
  for (const [title, kind] of [
    ['as tables come', 'mixed'],
    ['independent and alike', 'alike'],
  ]) {
    const file = path.join(work, `flip-test-${kind}.bin`);
    const candidates = [
      ['flip test with its standard error', [process.execPath, candidate('flip-test.mjs'), '50000', file, kind]],
      ...(python ? [['smclarify: flip test', [python, candidate('flip-test-smclarify.py'), '50000', file]]] : []),
    ];
    compareCalls(`Flip test of 50,000 rows, 14 columns ${title}`, candidates, python);
  }
}

/**
 * Exact TreeSHAP of 100,000 rows of 20 features, 100 trees of depth 6, on all cores and on one, beside XGBoost's
 * `pred_contribs` on the same rows and threads: wall time and CPU within the process, the first call of each, the start of
 * threads included; the lowest of the runs.
 */
function treeShap() {
  const python = pythonWith('xgboost-cpu==3.2.0', 'numpy');
  if (python === undefined) return;
  const folder = path.join(work, 'tree-shap');
  const rows = '100000';
  const all = String(availableParallelism());
  // Makes the model and the rows.
  execFileSync(python, [candidate('tree-shap-xgboost.py'), folder, rows, all], { stdio: 'pipe' });
  for (const threads of new Set([all, '1'])) {
    const candidates = [
      ['driftline', [process.execPath, candidate('tree-shap.mjs'), folder, rows, threads]],
      ['XGBoost pred_contribs', [python, candidate('tree-shap-xgboost.py'), folder, rows, threads]],
    ];
    const title = `TreeSHAP of 100,000 rows, 100 trees of depth 6, 20 features, ${threads} threads`;
    compareCalls(title, candidates, python, ['wall', 'CPU']);
  }
}

/**
 * Kernel SHAP of 100 rows against a background of 100, 20 features, 2,088 coalitions a row, beside shap's `KernelExplainer`
 * without its penalty, on one thread: an XGBoost model of 100 trees of depth 6, and a logistic model.
 */
function kernelShap() {
  const python = pythonWith('xgboost-cpu==3.2.0', 'shap==0.51.0');
  if (python === undefined) return;
  const folder = path.join(work, 'kernel-shap');
  for (const kind of ['logistic', 'trees']) {
    // Makes the models and the rows.
    execFileSync(python, [candidate('kernel-shap-shap.py'), folder, kind, '1'], { stdio: 'pipe' });
    const candidates = [
      ['driftline', [process.execPath, candidate('kernel-shap.mjs'), folder, kind, '100']],
      ['shap KernelExplainer', [python, candidate('kernel-shap-shap.py'), folder, kind, '100']],
    ];
    compareCalls(`Kernel SHAP of 100 rows, background 100, 20 features, ${kind}`, candidates, python);
  }
}

/** Runs candidates in turns and prints the times that each took within its process, beside those of the last one. */
function compareCalls(title, candidates, python, clocks = ['CPU']) {
  const times = new Map(candidates.map(([name]) => [name, []]));
  for (let run = 1; run <= runs; run++) {
    for (const [name, [command, ...args]] of candidates) {
      note(`run ${run} of ${runs}: ${name}`);
      times.get(name).push(execFileSync(command, args, { encoding: 'utf8' }));
    }
  }
  const lowest = (name, clock) =>
    Math.min(...times.get(name).map((line) => Number(new RegExp(`${clock} (\\d+) ms`).exec(line)[1])));
  const reference = candidates.at(-1)[0];
  print(title);
  for (const clock of clocks) {
    for (const [name] of candidates) {
      const ms = lowest(name, clock);
      const ratio = python === undefined ? '' : `   ${(ms / lowest(reference, clock)).toFixed(3)}`;
      print(`${name.padEnd(48)} ${String(ms).padStart(6)} ms ${clock}${ratio}`);
    }
  }
  print('');
}

function table(candidates, results, floorName) {
  const lowest = (name, key) => Math.min(...results.get(name).map((result) => result[key]));
  const spread = (name, key, digits) => {
    const highest = Math.max(...results.get(name).map((result) => result[key]));
    return `${lowest(name, key).toFixed(digits)} (${highest.toFixed(digits)})`;
  };
  const rows = [['', 'CPU s', 'wall s', 'peak MB', ...(floorName ? ['CPU / floor'] : [])]];
  for (const { name } of candidates) {
    const row = [name, spread(name, 'cpuS', 2), spread(name, 'wallS', 2), spread(name, 'peakMb', 0)];
    if (floorName) row.push((lowest(name, 'cpuS') / lowest(floorName, 'cpuS')).toFixed(2));
    rows.push(row);
  }
  plainTable(rows);
}

function plainTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    print(
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('   '),
    );
  }
  print('');
}

/** From a click to the picture, in JupyterLab in a browser, as the panels measure it; and what a page loads at its start. */
function panels() {
  const results = path.join(work, 'panels.json');
  rmSync(results, { force: true });
  const galata = path.join(root, 'test/galata/run.mjs');
  const run = spawnSync(process.execPath, [galata, '--config', 'bench.config.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, BENCH_RESULTS: results, BENCH_RUNS: options.runs },
  });
  if (!existsSync(results)) {
    print(`Panels: left out, test/galata/run.mjs ended with ${run.status}.\n`);
    return;
  }
  const limits = { 'Monitors panel': 1000, 'dashboard, first': 2000, 'dashboard, again': 2000, feature: 300 };
  const rows = Object.entries(JSON.parse(readFileSync(results, 'utf8'))).map(([name, taken]) => {
    const sorted = taken.toSorted((a, b) => a - b);
    const limit = limits[name.split(': ')[1]];
    return [name, milliseconds(sorted[Math.floor(sorted.length / 2)]), milliseconds(sorted.at(-1)), `${limit} ms`];
  });
  print('Panels in JupyterLab: from the click to the picture');
  plainTable([['', 'median', 'highest', 'limit'], ...rows]);
  const extension = path.join(root, 'jupyter-extension');
  const names = JSON.parse(readFileSync(path.join(extension, 'build/start-files.json'), 'utf8'));
  const folder = path.join(extension, 'jupyterlab_driftline/labextension/static');
  const size = names.reduce((sum, name) => sum + gzipSync(readFileSync(path.join(folder, name))).length, 0);
  print(`Code that a page loads at its start: ${(size / 1000).toFixed(1)} KB (gzip); the limit is 60 KB.\n`);
}

function milliseconds(value) {
  return `${value.toFixed(0)} ms`;
}
