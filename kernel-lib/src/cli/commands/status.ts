import { Command } from 'commander';
import { type Finish, type SharedOptions, withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

export function statusCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('status')
    .description('the latest state of every monitor, when it runs next, and its trend')
    .option('--project <dir>', 'folder or S3 prefix with driftline.yaml', '.')
    .action(async (options: SharedOptions & { readonly project: string }) => {
      const { openProject } = await import('../../project/project.js');
      const project = await openProject(options.project);
      const status = await project.status();
      if (options.json) terminal.out(`${JSON.stringify(status?.monitors ?? {}, null, 2)}\n`);
      else if (!options.quiet) {
        const [{ statusText }, { readAnnotations }] = await Promise.all([
          import('../../project/status-text.js'),
          import('../../project/annotations-file.js'),
        ]);
        const { colour, width } = terminal;
        const { decisions = [] } = (await readAnnotations(project.location)) ?? {};
        terminal.out(`${statusText(project.config, status, { colour, width, now: new Date(), decisions })}\n`);
      }
    });
  return withOutputOptions(command);
}
