import { Command } from 'commander';
import {
  configOf,
  type Finish,
  headerOf,
  type SharedOptions,
  withDataOptions,
  withOutputOptions,
  withWindow,
} from '../options.js';
import type { Terminal } from '../terminal.js';

export function profileCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('profile')
    .description('a table of the columns of a dataset or capture; --json prints statistics.json')
    .argument('<uri>', 'file, folder or S3 prefix')
    .action(async (uri: string, options: SharedOptions) => {
      const { profileLocation } = await import('../../monitor/profile-location.js');
      const headers = (await configOf(options))?.headers;
      const { profile, read } = await profileLocation(uri, {
        ...headerOf(options),
        ...(options.start && { start: options.start }),
        ...(options.end && { end: options.end }),
        ...(options.datasetFormat && { datasetFormat: options.datasetFormat }),
        ...(headers && { headers }),
        ...terminal.run(options.quiet === true),
      });
      terminal.stop();
      if (options.json) {
        const { statisticsFromProfile } = await import('../../profile/statistics-from-profile.js');
        terminal.out(`${JSON.stringify(statisticsFromProfile(profile), null, 2)}\n`);
      } else if (!options.quiet) {
        const { profileText } = await import('../../report/profile-text.js');
        terminal.out(`${profileText(profile, { width: terminal.width })}\n`);
      }
      if (read.quarantined > 0 && !options.quiet) {
        const { plural } = await import('../../report/value-text.js');
        const [first] = read.examples;
        terminal.error(
          `${plural(read.quarantined, 'line')} could not be read${first ? `; the first: ${first.file}:${first.line} ${first.reason}` : ''}\n`,
        );
      }
    });
  return withOutputOptions(withWindow(withDataOptions(command)));
}
