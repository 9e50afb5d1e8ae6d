import { Command } from 'commander';
import { type ExplainabilityArguments, explainabilityOf, withExplainerOptions } from '../explainability-arguments.js';
import {
  type Finish,
  headerOf,
  type SharedOptions,
  withDataOptions,
  withOutputOptions,
  withWindow,
} from '../options.js';
import type { Terminal } from '../terminal.js';

interface Options extends SharedOptions, ExplainabilityArguments {
  readonly model: string;
  readonly dataset: string;
  readonly output: string;
  readonly ids?: boolean;
}

export function explainCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('explain')
    .description('what each feature adds to the prediction of each row (SHAP values), as CSV or Parquet')
    .requiredOption('--model <uri>', 'a file of XGBoost, LightGBM or ONNX, an address, or a JavaScript module')
    .requiredOption('--dataset <uri>', 'the rows: CSV, JSON Lines, Parquet, or captured records')
    .requiredOption('--output <file>', 'the file to write, .csv or .parquet')
    .option('--ids', "captured records: write each record's event_id and time as first columns")
    .action(async (options: Options) => {
      const { model, dataset, output, datasetFormat, config, start, end, seed, ids, quiet = false } = options;
      const { explain } = await import('../../monitor/model-explainability/explain-dataset.js');
      const explanation = await explain({
        ...{ model, dataset, output, seed },
        ...headerOf(options),
        ...explainabilityOf(options),
        ...(datasetFormat && { datasetFormat }),
        ...(config !== undefined && { config }),
        ...(start !== undefined && { start }),
        ...(end !== undefined && { end }),
        ...(ids && { ids }),
        ...terminal.run(quiet),
      });
      terminal.stop();
      if (options.json) terminal.out(`${JSON.stringify(explanation, null, 2)}\n`);
      else if (!quiet) {
        const { explanationText } = await import('../explanation-text.js');
        terminal.out(`${explanationText(explanation)}\n`);
      }
      const { unreadLines, firstUnread } = explanation;
      if (firstUnread !== undefined && !quiet) {
        const { plural } = await import('../../report/value-text.js');
        const first = `${firstUnread.file}:${firstUnread.line} ${firstUnread.reason}`;
        terminal.error(`${plural(unreadLines, 'line')} could not be read and were left out; the first: ${first}\n`);
      }
    });
  return withOutputOptions(withExplainerOptions(withWindow(withDataOptions(command))));
}
