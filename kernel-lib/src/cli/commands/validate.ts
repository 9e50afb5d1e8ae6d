import { Command } from 'commander';
import { EXIT } from '../exit-codes.js';
import { type Finish, type SharedOptions, SUPPORTED_TYPES, withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

export function validateCommand(terminal: Terminal, finish: Finish): Command {
  const command = new Command('validate')
    .description('check a project file: every problem with its line and column')
    .option('--project <dir>', 'folder or S3 prefix with driftline.yaml', '.')
    .action(async (options: SharedOptions & { project: string }) => {
      const { openProject } = await import('../../project/project.js');
      const project = await openProject(options.project);
      for (const [name, { type }] of Object.entries(project.config.monitors)) {
        if ((SUPPORTED_TYPES as readonly string[]).includes(type)) continue;
        terminal.error(`Monitor ${name} has type ${type}, which this version cannot run; the others run.\n`);
        finish(EXIT.usage);
      }
      if (options.json) terminal.out(`${JSON.stringify(project.config, null, 2)}\n`);
      else if (!options.quiet) {
        const { plural } = await import('../../report/value-text.js');
        const endpoints = plural(Object.keys(project.config.endpoints).length, 'endpoint');
        terminal.out(`The project file is valid: ${endpoints}, ${plural(project.monitors.length, 'monitor')}.\n`);
      }
    });
  return withOutputOptions(command);
}
