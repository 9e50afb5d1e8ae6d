import { Command } from 'commander';
import { MonitorError } from '../../errors.js';
import { configOf, type Finish, headerOf, type SharedOptions, withDataOptions, withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

interface Options extends SharedOptions {
  readonly model: string;
  readonly dataset: string;
  readonly output: string;
}

export function explainCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('explain')
    .description('what each feature adds to the prediction of each row (exact SHAP values), as CSV')
    .requiredOption('--model <uri>', 'an XGBoost model saved as .json')
    .requiredOption('--dataset <uri>', 'the rows: CSV, JSON Lines or Parquet')
    .requiredOption('--output <file>', 'the CSV file to write')
    .action(async (options: Options) => {
      const { model, dataset, output, datasetFormat, quiet = false } = options;
      if (datasetFormat === 'capture' || datasetFormat === 'merged') {
        throw new MonitorError('USAGE', 'Rows of captured requests are not explained by this version.', {
          where: dataset,
          fix: 'give a dataset: --dataset-format csv, jsonl or parquet',
        });
      }
      const { explain } = await import('../../explain/explain.js');
      const headers = (await configOf(options))?.headers;
      const explanation = await explain({
        ...{ model, dataset, output },
        ...headerOf(options),
        ...(datasetFormat && { datasetFormat }),
        ...(headers && { headers }),
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
  return withOutputOptions(withDataOptions(command));
}
