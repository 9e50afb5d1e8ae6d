// Writes docs/metrics.md from the metrics of the built library: `npm run build`, then `node scripts/generate-metrics-doc.mjs`.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const KINDS = { numeric: 'numbers', categorical: 'categories' };

/** The text of docs/metrics.md. `quality` holds the metrics of each problem type. */
export function metricsDoc(driftMetrics, quality, biasMetrics, fairnessMetrics) {
  const sections = driftMetrics.map(({ name, title, definition, range, kinds, source }) =>
    [
      `## ${title}`,
      '',
      definition,
      '',
      '| name in reports | of | range | source |',
      '| --- | --- | --- | --- |',
      `| \`${name}\` | ${kinds.map((kind) => KINDS[kind]).join(', ')} | ${range} | ${source} |`,
      '',
    ].join('\n'),
  );
  return `# Metrics

Generated from \`kernel-lib/src/metrics/\` by \`scripts/generate-metrics-doc.mjs\`; do not edit.

# Drift distances

A report carries these distances for each feature that can be compared, baseline first, current second. The service's own
distance comes first; the one that the constraints judge by carries its threshold. Missing values are left out (completeness is a
check of its own), and so are the cells of a numeric feature that are no numbers. Texts are compared as categories up to 120
different ones on either side.

${sections.join('\n')}
# Model quality

How they are used: [model-quality.md](model-quality.md). "service" marks those that SageMaker Model Monitor has, too, by the
same name. A metric without an answer in a window is left out, and the report says why.

${Object.entries(quality).map(qualityTable).join('\n')}
# Bias

How they are used: [bias.md](bias.md). All are of one group of a facet against everybody else, from counts of labels and predictions.

${['pre-training', 'post-training'].map((stage) => biasTable(stage, biasMetrics)).join('\n')}
${fairnessTable(fairnessMetrics)}`;
}

function biasTable(stage, metrics) {
  return [
    `## ${stage === 'pre-training' ? 'Before training: of the labels' : 'After training: of the predictions'}`,
    '',
    '| name | metric | fair | definition |',
    '| --- | --- | --- | --- |',
    ...metrics
      .filter((metric) => metric.stage === stage)
      .map(({ name, title, fair, definition }) => `| \`${name}\` | ${title} | ${fair} | ${cell(definition)} |`),
    '',
  ].join('\n');
}

function fairnessTable(metrics) {
  return [
    '## Under the names of other libraries',
    '',
    '| name | library | fair | definition |',
    '| --- | --- | --- | --- |',
    ...metrics.map(
      ({ name, library, fair, definition }) => `| \`${name}\` | ${library} | ${fair} | ${cell(definition)} |`,
    ),
    '',
  ].join('\n');
}

function cell(text) {
  return text.replaceAll('|', '\\|');
}

function qualityTable([title, metrics]) {
  return [
    `## ${title}`,
    '',
    '| name | metric | service | definition |',
    '| --- | --- | --- | --- |',
    ...metrics.map(
      ({ name, title: spoken, service, definition }) =>
        `| \`${name}\` | ${spoken} | ${service ? 'yes' : ''} | ${cell(definition)} |`,
    ),
    '',
  ].join('\n');
}

/** The metrics of each problem type, from the modules that declare them. */
export function qualityMetrics({ binaryMetrics }, { multiclassMetrics }, { regressionMetrics }) {
  return {
    'Binary classification': binaryMetrics,
    'Multiclass classification': multiclassMetrics(['CLASS']),
    Regression: regressionMetrics,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { driftMetrics } = await import('../kernel-lib/dist/metrics/registry.js');
  const model = ['binary', 'multiclass', 'regression'].map(
    (name) => import(`../kernel-lib/dist/metrics/model/${name}.js`),
  );
  const quality = qualityMetrics(...(await Promise.all(model)));
  const { biasMetrics } = await import('../kernel-lib/dist/metrics/bias/registry.js');
  const { fairnessMetrics } = await import('../kernel-lib/dist/metrics/bias/fairness.js');
  const text = metricsDoc(driftMetrics, quality, biasMetrics, fairnessMetrics);
  writeFileSync(new URL('../docs/metrics.md', import.meta.url), text);
}
