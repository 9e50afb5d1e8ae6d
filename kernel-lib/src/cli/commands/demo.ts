import { Command } from 'commander';
import type { Finish, SharedOptions } from '../options.js';
import { withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

export function demoCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('demo')
    .description('make the example project: real data, a model, a week of capture')
    .argument('<dir>', 'folder to make it in')
    .action(async (directory: string, options: SharedOptions) => {
      const { createDemo } = await import('../../demo/demo.js');
      const summary = await createDemo(directory, terminal.run(options.quiet === true));
      terminal.stop();
      if (options.json) terminal.out(`${JSON.stringify(summary, null, 2)}\n`);
      else if (!options.quiet) {
        terminal.out(
          `The example project is in ${summary.directory}: ${summary.captureRecords} captured requests in ` +
            `${summary.captureFiles} files, ${summary.start} to ${summary.end}.\n` +
            `Next: driftline run --all --project ${directory} --from 2026-03-03 --to 2026-03-09\n`,
        );
      }
    });
  return withOutputOptions(command);
}
