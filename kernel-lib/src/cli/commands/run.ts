import { Command } from 'commander';
import { MonitorError } from '../../errors.js';
import { activeMonitors } from '../../project/active-monitors.js';
import type { FailedExecution } from '../../project/executions.js';
import { EXIT, exitCodeOf, exitCodeOfReport } from '../exit-codes.js';
import { type Finish, parseTime, ruleOption, type SharedOptions, withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

interface Options extends SharedOptions {
  readonly project: string;
  readonly all?: boolean;
  readonly at?: string;
  readonly from?: string;
  readonly to?: string;
}

export function runCommand(terminal: Terminal, finish: Finish): Command {
  const command = new Command('run')
    .description("run the project's monitors: the latest scheduled execution, or all from --from to --to")
    .argument('[monitor...]', 'names of monitors')
    .option('--all', 'all monitors of the project that are not paused')
    .option('--project <dir>', 'folder or S3 prefix with driftline.yaml', '.')
    .option('--at <time>', 'run what was scheduled last at this time', parseTime)
    .option('--from <time>', 'back-fill: the first scheduled time, inclusive', parseTime)
    .option('--to <time>', 'back-fill: the last scheduled time, inclusive', parseTime)
    .addOption(ruleOption())
    .action(async (names: string[], options: Options) => {
      const { openProject } = await import('../../project/project.js');
      const project = await openProject(options.project);
      const { active, paused } = activeMonitors(project.config);
      const monitors = options.all ? active : names;
      if (options.all && paused.length > 0 && !options.quiet) {
        terminal.error(`Paused, and left out: ${paused.join(', ')}. To run it all the same, name it.\n`);
      }
      if (monitors.length === 0 && !(options.all && paused.length > 0)) {
        throw new MonitorError('USAGE', 'No monitor was named.', {
          fix: `give --all, or one of: ${project.monitors.join(', ')}`,
        });
      }
      const failed: FailedExecution[] = [];
      const codes: number[] = [EXIT.noViolations];
      const executions = await project.run(monitors, {
        ...(options.at && { at: new Date(options.at) }),
        ...(options.from && { from: new Date(options.from) }),
        ...(options.to && { to: new Date(options.to) }),
        ...(options.rule && { rule: options.rule }),
        onFailure: (execution, error) => {
          failed.push(execution);
          codes.push(exitCodeOf(error));
        },
        ...terminal.run(options.quiet === true),
      });
      terminal.stop();
      if (options.json) terminal.out(`${JSON.stringify([...executions, ...failed], null, 2)}\n`);
      else if (!options.quiet && (executions.length > 0 || failed.length === 0)) {
        const { summaryText } = await import('../../project/summary-text.js');
        terminal.out(`${summaryText(executions, { colour: terminal.colour, width: terminal.width })}\n`);
      }
      for (const { monitor, scheduledTime, failureReason } of failed) {
        terminal.error(`The execution of ${monitor} at ${scheduledTime} failed.\n${failureReason}\n`);
      }
      finish(Math.max(...codes, ...executions.map(({ report }) => exitCodeOfReport(report))));
    });
  return withOutputOptions(command);
}
