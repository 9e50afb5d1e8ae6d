import { Command } from 'commander';
import type { DatasetFormatName } from '../../monitor/check.js';
import { attributesOf, type BiasArguments, withBiasOptions } from '../bias-arguments.js';
import {
  type ExplainabilityArguments,
  explainabilityOf,
  withExplainabilityOptions,
} from '../explainability-arguments.js';
import {
  configOf,
  type Finish,
  headerOf,
  MONITOR_TYPES,
  monitorTypeOf,
  ruleOption,
  type SharedOptions,
  withDataOptions,
  withOutputOptions,
  withQualityOptions,
} from '../options.js';
import type { Terminal } from '../terminal.js';

interface Options extends SharedOptions, BiasArguments, ExplainabilityArguments {
  readonly dataset: string;
  readonly output: string;
}

export function baselineCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('baseline')
    .description(
      'make a baseline: statistics.json and constraints.json (bias and explainability: analysis.json), and driftline.json with the rule that decides',
    )
    .argument('<type>', `monitor type: ${MONITOR_TYPES.join(', ')}`)
    .requiredOption(
      '--dataset <uri>',
      'the training dataset, for model quality and bias scored data with labels: CSV, JSON Lines or Parquet; a file, folder or S3 prefix',
    )
    .requiredOption('--output <uri>', 'folder or S3 prefix for the baseline')
    .addOption(ruleOption())
    .action(async (type: string, options: Options) => {
      const { makeBaseline } = await import('../../monitor/baseline.js');
      const config = await configOf(options);
      const monitorType = monitorTypeOf(type);
      const baseline = await makeBaseline(monitorType, {
        dataset: options.dataset,
        output: options.output,
        seed: options.seed,
        ...(options.datasetFormat && { datasetFormat: options.datasetFormat as Exclude<DatasetFormatName, 'merged'> }),
        ...headerOf(options),
        ...attributesOf(monitorType, options, config),
        ...(monitorType === 'model-explainability' && explainabilityOf(options)),
        ...(config?.headers && { headers: config.headers }),
        ...(options.rule && { rule: options.rule }),
        ...terminal.run(options.quiet === true),
      });
      terminal.stop();
      if (options.json) terminal.out(`${JSON.stringify(baseline, null, 2)}\n`);
      else if (!options.quiet) {
        const { plural } = await import('../../report/value-text.js');
        terminal.out(
          `Baseline of ${plural(baseline.rows, 'row')} and ${plural(baseline.columns, 'column')} in ${options.output}; rule: ${baseline.rule}.\n` +
            (baseline.quarantined > 0 ? `${plural(baseline.quarantined, 'line')} could not be read.\n` : ''),
        );
        for (const note of baseline.notes ?? []) terminal.error(`Note: ${note}\n`);
      }
    });
  return withOutputOptions(withExplainabilityOptions(withBiasOptions(withQualityOptions(withDataOptions(command)))));
}
