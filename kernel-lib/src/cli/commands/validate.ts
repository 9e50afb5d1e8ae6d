import { Command } from 'commander';
import { type Finish, type SharedOptions, withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

export function validateCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('validate')
    .description('check a project file: every problem with its line and column')
    .option('--project <dir>', 'folder or S3 prefix with driftline.yaml', '.')
    .action(async (options: SharedOptions & { project: string }) => {
      const { openProject } = await import('../../project/project.js');
      const project = await openProject(options.project);
      if (options.json) terminal.out(`${JSON.stringify(project.config, null, 2)}\n`);
      else if (!options.quiet) {
        const { plural } = await import('../../report/value-text.js');
        const endpoints = plural(Object.keys(project.config.endpoints).length, 'endpoint');
        terminal.out(`The project file is valid: ${endpoints}, ${plural(project.monitors.length, 'monitor')}.\n`);
      }
    });
  return withOutputOptions(command);
}
