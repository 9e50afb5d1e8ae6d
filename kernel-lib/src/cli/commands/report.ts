import { Command } from 'commander';
import { MonitorError } from '../../errors.js';
import { openStorage } from '../../storage/open-storage.js';
import { type Finish, type SharedOptions, withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

export function reportCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('report')
    .description('the HTML report of a finished execution')
    .argument('<uri>', 'the folder with its report.json, or the file')
    .requiredOption('--output <file>', 'the HTML file to write')
    .action(async (uri: string, options: SharedOptions & { output: string }) => {
      const [{ readExecution }, { reportHtml }] = await Promise.all([
        import('../../project/executions.js'),
        import('../../report/html.js'),
      ]);
      const folder = uri.replace(/\/?report\.json$/, '') || '.';
      const report = await readExecution(folder);
      if (report === undefined) {
        throw new MonitorError('FILE_NOT_FOUND', 'There is no report.json here.', {
          where: folder,
          fix: 'name the --output folder of a check, or the folder of an execution',
        });
      }
      await openStorage(options.output).write(options.output, await reportHtml(report));
      if (!options.quiet) terminal.out(`${options.output}\n`);
    });
  return withOutputOptions(command);
}
