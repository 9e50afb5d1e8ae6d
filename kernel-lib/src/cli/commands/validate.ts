import { Command } from 'commander';
import { type Finish, type SharedOptions, withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

interface Options extends SharedOptions {
  readonly project: string;
  readonly schema?: boolean;
}

export function validateCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('validate')
    .description('check a project file: every problem with its line and column, and what will not work as it stands')
    .option('--project <dir>', 'folder or S3 prefix with driftline.yaml', '.')
    .option('--schema', 'print the JSON Schema of driftline.yaml instead, for editors')
    .action(async (options: Options) => {
      if (options.schema) {
        const { projectJsonSchemaText } = await import('../../project/project-json-schema.js');
        terminal.out(projectJsonSchemaText());
        return;
      }
      const { joinUri } = await import('../../storage/open-storage.js');
      const { openProject, readProjectText } = await import('../../project/project.js');
      const { projectWarnings } = await import('../../project/project-warnings.js');
      const { placeOf, refuseUnworkable } = await import('../../project/project-file.js');
      const project = await openProject(options.project);
      const text = await readProjectText(project.location);
      refuseUnworkable(text, joinUri(project.location, 'driftline.yaml'));
      const warnings = projectWarnings(project.location, project.config);
      if (warnings.length > 0 && !options.quiet) {
        const lines = warnings.map(({ path, message }) => `  ${placeOf(text, path)} ${path.join('.')}: ${message}\n`);
        terminal.error(`Warnings (line:column):\n${lines.join('')}`);
      }
      if (options.json) terminal.out(`${JSON.stringify(project.config, null, 2)}\n`);
      else if (!options.quiet) {
        const { plural } = await import('../../report/value-text.js');
        const endpoints = plural(Object.keys(project.config.endpoints).length, 'endpoint');
        const found = warnings.length === 0 ? '' : `, ${plural(warnings.length, 'warning')}`;
        terminal.out(
          `The project file is valid: ${endpoints}, ${plural(project.monitors.length, 'monitor')}${found}.\n`,
        );
      }
    });
  return withOutputOptions(command);
}
