// Writes docs/metrics.md from the registry of the built library: `npm run build`, then `node scripts/generate-metrics-doc.mjs`.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const KINDS = { numeric: 'numbers', categorical: 'categories' };

/** The text of docs/metrics.md. */
export function metricsDoc(driftMetrics) {
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
  return `# Drift distances

Generated from \`kernel-lib/src/metrics/registry.ts\` by \`scripts/generate-metrics-doc.mjs\`; do not edit.

A report carries these distances for each feature that can be compared, baseline first, current second. The service's own
distance comes first; the one that the constraints judge by carries its threshold. Missing values are left out (completeness is a
check of its own), and so are the cells of a numeric feature that are no numbers. Texts are compared as categories up to 120
different ones on either side.

${sections.join('\n')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { driftMetrics } = await import('../kernel-lib/dist/metrics/registry.js');
  writeFileSync(new URL('../docs/metrics.md', import.meta.url), metricsDoc(driftMetrics));
}
