import { Command, CommanderError } from 'commander';
import { MonitorError } from '../errors.js';
import { packageVersion } from '../version.js';
import { baselineCommand } from './commands/baseline.js';
import { checkCommand } from './commands/check.js';
import { demoCommand } from './commands/demo.js';
import { executionsCommand } from './commands/executions.js';
import { explainCommand } from './commands/explain.js';
import { initCommand } from './commands/init.js';
import { kernelCommand } from './commands/kernel.js';
import { mergeCommand } from './commands/merge.js';
import { profileCommand } from './commands/profile.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { statusCommand } from './commands/status.js';
import { validateCommand } from './commands/validate.js';
import { EXIT, exitCodeOf } from './exit-codes.js';
import { processTerminal, type Terminal } from './terminal.js';

/**
 * The `driftline` command. What a command needs is loaded when it runs. Results go to standard output, progress and notes to standard error.
 *
 * @returns the exit code: 0 no violations, 1 violations, 2 wrong usage or configuration, 3 could not run.
 */
export async function main(args: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  let code: number = EXIT.noViolations;
  const program = new Command('driftline')
    .description('Watches machine-learning models in production: data and model quality, from capture to report.')
    .version(packageVersion())
    .exitOverride()
    .configureOutput({ writeOut: (text) => terminal.out(text), writeErr: (text) => terminal.error(text) })
    .showHelpAfterError('(driftline COMMAND --help shows what a command takes)');
  const finish = (result: number): void => {
    code = result;
  };
  for (const command of [
    demoCommand,
    baselineCommand,
    checkCommand,
    mergeCommand,
    explainCommand,
    profileCommand,
    reportCommand,
    initCommand,
    validateCommand,
    runCommand,
    statusCommand,
    executionsCommand,
    kernelCommand,
  ]) {
    program.addCommand(
      command(terminal, finish).exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.error }),
    );
  }

  try {
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.noViolations : EXIT.usage;
    terminal.stop();
    if (error instanceof MonitorError) terminal.error(`${error.message}\n`);
    else terminal.error(`driftline met a fault of its own:\n${error instanceof Error ? error.stack : String(error)}\n`);
    return exitCodeOf(error);
  }
}
