import { Command } from 'commander';
import { MonitorError } from '../../errors.js';
import { attributesOf, type BiasArguments, withBiasOptions } from '../bias-arguments.js';
import { exitCodeOfReport } from '../exit-codes.js';
import {
  type ExplainabilityArguments,
  explainabilityOf,
  withExplainabilityOptions,
} from '../explainability-arguments.js';
import {
  configOf,
  type Finish,
  headerOf,
  MONITOR_TYPES,
  monitorTypeOf,
  ruleOption,
  type SharedOptions,
  withDataOptions,
  withOutputOptions,
  withQualityOptions,
  withWindow,
} from '../options.js';
import { profileCacheOf } from '../profile-cache.js';
import type { Terminal } from '../terminal.js';

interface Options extends SharedOptions, BiasArguments, ExplainabilityArguments {
  readonly current: string;
  readonly baseline?: string;
  readonly statistics?: string;
  readonly constraints?: string;
  readonly output: string;
  readonly recordHook?: string;
  readonly checkHook?: string;
  readonly profileCache: string | false;
  readonly groundTruth?: string;
  readonly attributions?: string;
}

export function checkCommand(terminal: Terminal, finish: Finish): Command {
  const command = new Command('check')
    .description('compare current data with a baseline')
    .argument('<type>', `monitor type: ${MONITOR_TYPES.join(', ')}`)
    .requiredOption('--current <uri>', 'capture, merged records or a dataset; a file, folder or S3 prefix')
    .option(
      '--baseline <uri>',
      'folder with statistics.json and constraints.json; bias and explainability: with analysis.json',
    )
    .option('--statistics <uri>', 'statistics.json, where it does not lie in --baseline')
    .option(
      '--constraints <uri>',
      'constraints.json, where it does not lie in --baseline; bias and explainability: analysis.json',
    )
    .requiredOption(
      '--output <uri>',
      'folder for statistics.json, constraint_violations.json, report.json, report.html',
    )
    .addOption(ruleOption())
    .option('--ground-truth <uri>', 'model quality and bias: the labels of captured predictions')
    .option(
      '--attributions <uri>',
      'data quality: an explainability baseline; with it and --model violations are ranked by what they do to predictions',
    )
    .option('--record-hook <module>', 'pre-processing hook: record in, rows out')
    .option('--check-hook <module>', 'check hook: profiles in, violations out')
    .option('--profile-cache <uri>', "folder for hourly profiles (default: the user's cache)")
    .option('--no-profile-cache', 'read every hour again')
    .action(async (type: string, options: Options) => {
      const monitorType = monitorTypeOf(type);
      if (options.baseline === undefined && options.constraints === undefined) {
        throw new MonitorError('USAGE', 'There is nothing to compare with.', {
          fix: 'give --baseline FOLDER, or --constraints FILE (and --statistics FILE)',
        });
      }
      const { check } = await import('../../monitor/check.js');
      const config = await configOf(options);
      const profileCache = profileCacheOf(options.profileCache, options.current);
      const report = await check(monitorType, {
        current: options.current,
        output: options.output,
        seed: options.seed,
        ...headerOf(options),
        ...attributesOf(monitorType, options, config),
        ...explainabilityOf(options),
        ...(options.attributions !== undefined && { attributions: options.attributions }),
        ...(options.groundTruth && { groundTruth: options.groundTruth }),
        ...(options.baseline && { baseline: options.baseline }),
        ...(options.statistics && { statistics: options.statistics }),
        ...(options.constraints && { constraints: options.constraints }),
        ...(options.start && { start: options.start }),
        ...(options.end && { end: options.end }),
        ...(options.datasetFormat && { datasetFormat: options.datasetFormat }),
        ...(config?.headers && { headers: config.headers }),
        ...(options.rule && { rule: options.rule }),
        ...(options.recordHook && { recordHook: options.recordHook }),
        ...(options.checkHook && { checkHook: options.checkHook }),
        ...(profileCache && { profileCache }),
        ...terminal.run(options.quiet === true),
      });
      terminal.stop();
      if (options.json) terminal.out(`${JSON.stringify(report, null, 2)}\n`);
      else if (!options.quiet) {
        const { reportText } = await import('../../report/terminal.js');
        terminal.out(
          `${reportText(report, { colour: terminal.colour, width: terminal.width })}\nFiles: ${options.output}\n`,
        );
      }
      finish(exitCodeOfReport(report));
    });
  return withOutputOptions(
    withExplainabilityOptions(withBiasOptions(withQualityOptions(withWindow(withDataOptions(command))))),
  );
}
