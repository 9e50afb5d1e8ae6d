import { explanationsText } from '../../constraints/attribution-analysis.js';
import { MonitorError } from '../../errors.js';
import { globalAttributions } from '../../metrics/attribution/aggregate.js';
import { AttributionProfileBuilder } from '../../metrics/attribution/attribution-profile.js';
import { runOptions } from '../../progress.js';
import { plural } from '../../report/value-text.js';
import type { BaselineFile, BaselineOptions } from '../baseline.js';
import { writeBaseline } from '../write-baseline.js';
import { attributionsFileText, keptBackground } from './attributions-file.js';
import { featureBatch, openModelFor, RowExplainer } from './explain-rows.js';
import { openRows, type RowReader } from './read-rows.js';
import { type ExplainabilitySettings, explainabilitySettings } from './settings.js';

/**
 * Makes an explainability baseline from a dataset and a model: `analysis.json` as the service writes it, `attributions.json`
 * with what intervals and charts of later checks need, and `driftline.json`. Every row is explained. Memory: bounded by
 * columns, not rows.
 */
export async function makeExplainabilityBaseline(options: BaselineOptions): Promise<BaselineFile> {
  const settings = await explainabilitySettings(options);
  const headers = options.headers ?? settings.config.headers;
  const rows = await openRows(options.dataset, {
    ...(options.datasetFormat && { datasetFormat: options.datasetFormat }),
    ...(options.header !== undefined && { header: options.header }),
    ...(headers && { headers }),
    ...(settings.config.features !== undefined && { featuresAttribute: settings.config.features }),
    ...runOptions(options),
  });
  try {
    return await baselineOf(rows, settings, options);
  } finally {
    await rows.close();
  }
}

async function baselineOf(
  rows: RowReader,
  settings: ExplainabilitySettings,
  options: BaselineOptions,
): Promise<BaselineFile> {
  const seed = options.seed ?? 0;
  const model = await openModelFor(rows, settings, options, options.dataset);
  try {
    const { explainer, match } = model;
    const builder = new AttributionProfileBuilder(explainer, { seed });
    const rowExplainer = new RowExplainer(explainer, options.dataset);
    for await (const batch of rows.batches()) {
      const picked = featureBatch(batch, match);
      builder.add(await rowExplainer.explain(picked, runOptions(options)), picked);
    }
    const read = rows.read();
    if (rowExplainer.rows === 0) throw noRows(read.quarantined, read.reasons[0]?.reason, options.dataset);
    const profile = builder.finish();
    const { aggregation, config, threshold } = settings;
    const texts = {
      'analysis.json': explanationsText(globalAttributions(explainer, profile, aggregation)),
      'attributions.json': attributionsFileText({
        settings: { model: model.uri, config, aggregation, threshold },
        scale: explainer.scale,
        method: explainer.method,
        additivityError: rowExplainer.worstError,
        ...(explainer.background && { background: keptBackground(explainer.background) }),
        profile,
      }),
    };
    return await writeBaseline(options, texts, {
      monitorType: 'model-explainability',
      inputs: { dataset: options.dataset, format: rows.format },
      rows: rowExplainer.rows,
      columns: explainer.features.length,
      quarantined: read.quarantined,
      reasons: {},
      notes: [
        `${plural(rowExplainer.rows, 'row')} explained: ${explainer.method.title}.`,
        ...(match.by === 'position' ? ["The model's features were found by position: one side has no names."] : []),
      ],
    });
  } finally {
    await model.explainer.close();
  }
}

function noRows(quarantined: number, reason: string | undefined, where: string): MonitorError {
  return new MonitorError(
    'NO_DATA',
    quarantined === 0
      ? 'The dataset has no rows.'
      : `None of the ${quarantined} lines can be read: ${reason ?? 'no reason'}.`,
    { where, fix: 'name a dataset with rows, or check what should have written them' },
  );
}
