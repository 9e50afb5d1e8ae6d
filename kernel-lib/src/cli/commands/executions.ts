import { Command, InvalidArgumentError } from 'commander';
import type { ExecutionOutcome } from '../../project/execution-record.js';
import { type Finish, parseTime, type SharedOptions, withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

interface Options extends SharedOptions {
  readonly project: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: number;
  readonly outcome?: ExecutionOutcome;
}

const OUTCOMES: readonly ExecutionOutcome[] = ['ok', 'violations', 'no-data', 'failed', 'stopped'];

export function executionsCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('executions')
    .description("the project's executions, the latest first, with what they found or why they failed")
    .argument('[monitor...]', 'names of monitors; all when left out')
    .option('--project <dir>', 'folder or S3 prefix with driftline.yaml', '.')
    .option('--from <time>', 'the first scheduled time, inclusive', parseTime)
    .option('--to <time>', 'the last scheduled time, inclusive', parseTime)
    .option('--limit <number>', 'how many, over all monitors', parseCount, 50)
    .option('--outcome <outcome>', `only those that ended so: ${OUTCOMES.join(', ')}`, parseOutcome)
    .action(async (names: string[], options: Options) => {
      const [{ openProject }, { listAll }] = await Promise.all([
        import('../../project/project.js'),
        import('../../project/list-all.js'),
      ]);
      const project = await openProject(options.project);
      const executions = await listAll(project, names.length > 0 ? names : project.monitors, {
        ...(options.from && { from: new Date(options.from) }),
        ...(options.to && { to: new Date(options.to) }),
        ...(options.outcome && { outcome: options.outcome }),
        limit: options.limit,
      });
      if (options.json) terminal.out(`${JSON.stringify(executions, null, 2)}\n`);
      else if (!options.quiet) {
        const [{ executionsText }, { readAnnotations }] = await Promise.all([
          import('../../project/executions-text.js'),
          import('../../project/annotations-file.js'),
        ]);
        const { decisions = [] } = (await readAnnotations(project.location)) ?? {};
        const { colour, width } = terminal;
        terminal.out(`${executionsText(executions, { colour, width, decisions, now: new Date() })}\n`);
      }
    });
  return withOutputOptions(command);
}

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('Write a whole number from 1.');
  return count;
}

function parseOutcome(text: string): ExecutionOutcome {
  const found = OUTCOMES.find((outcome) => outcome === text);
  if (found === undefined) throw new InvalidArgumentError(`Use one of: ${OUTCOMES.join(', ')}.`);
  return found;
}
