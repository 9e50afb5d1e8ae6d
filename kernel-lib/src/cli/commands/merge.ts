import { Command } from 'commander';
import { EXIT } from '../exit-codes.js';
import { type Finish, type SharedOptions, withOutputOptions, withWindow } from '../options.js';
import type { Terminal } from '../terminal.js';

interface Options extends SharedOptions {
  readonly capture: string;
  readonly groundTruth: string;
  readonly output: string;
}

export function mergeCommand(terminal: Terminal, finish: Finish): Command {
  const command = new Command('merge')
    .description('join captured predictions with their labels, in the files of the service')
    .requiredOption('--capture <uri>', 'captured predictions')
    .requiredOption('--ground-truth <uri>', 'labels, in {uri}/yyyy/mm/dd/hh/')
    .requiredOption('--output <uri>', 'folder or S3 prefix for the merged records')
    .action(async (options: Options) => {
      const { mergeCapture } = await import('../../capture/merge.js');
      const { capture, groundTruth, output, start, end } = options;
      const summary = await mergeCapture({
        ...{ capture, groundTruth, output },
        ...(start && { start }),
        ...(end && { end }),
        ...terminal.run(options.quiet === true),
      });
      terminal.stop();
      if (options.json) terminal.out(`${JSON.stringify(summary, null, 2)}\n`);
      else if (!options.quiet) {
        const { mergeText } = await import('../../report/merge-text.js');
        terminal.out(`${mergeText(summary, output)}\n`);
      }
      if (summary.hint !== undefined) terminal.error(`${summary.hint}\n`);
      if (summary.labelled === 0) finish(EXIT.couldNotRun);
    });
  return withOutputOptions(withWindow(command));
}
