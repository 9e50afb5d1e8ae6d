import { Command } from 'commander';
import type { ProblemType } from '../../metrics/model/problem-type.js';
import type { SetupChoices } from '../../project/setup/choices.js';
import { type Finish, monitorTypeOf, ruleOption, type SharedOptions, withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

interface Options extends SharedOptions {
  readonly dataset: string;
  readonly capture: string;
  readonly groundTruth?: string;
  readonly model?: string;
  readonly endpoint?: string;
  readonly label?: string;
  readonly prediction?: string;
  readonly probability?: string;
  readonly problemType?: ProblemType;
  readonly facet?: readonly string[];
  readonly schedule?: string;
  readonly monitors?: string;
  readonly dryRun?: boolean;
}

export function initCommand(terminal: Terminal, _finish: Finish): Command {
  const command = new Command('init')
    .description('set up an endpoint: look at a training file and a capture, and write driftline.yaml or add to it')
    .argument('[dir]', 'folder or S3 prefix of driftline.yaml', '.')
    .requiredOption('--dataset <uri>', 'what the model was trained on, or validation data that it has scored')
    .requiredOption('--capture <uri>', 'where requests and responses are captured')
    .option('--ground-truth <uri>', 'where labels arrive; model quality and bias need it')
    .option('--model <uri>', 'the model: a file, https:// or sagemaker://; explainability needs it')
    .option('--endpoint <name>', "the endpoint's name; default: the capture's")
    .option('--label <column>', 'the column of the dataset that holds the label; guessed when left out')
    .option('--prediction <column>', 'likewise the prediction')
    .option('--probability <column>', 'likewise the probability of the positive class')
    .option(
      '--problem-type <type>',
      'BinaryClassification, MulticlassClassification or Regression; guessed when left out',
    )
    .option('--positive-label <label>', 'of two labels the one that means yes; guessed when left out')
    .option('--facet <column...>', 'columns whose groups are compared (bias); guessed when left out')
    .option(
      '--schedule <expression>',
      'when the monitors run, such as "cron(0 * ? * * *)"; default: every midnight, UTC',
    )
    .option('--monitors <types>', 'separated by commas; default: all that are possible')
    .option('--dry-run', 'print driftline.yaml instead of writing it')
    .addOption(ruleOption())
    .action(async (dir: string, options: Options) => {
      const { inspectSources } = await import('../../project/setup/inspect-sources.js');
      const { applyChoices } = await import('../../project/setup/apply-choices.js');
      const { createProject } = await import('../../project/setup/create-project.js');
      const { dataset, capture, groundTruth, model } = options;
      const run = terminal.run(options.quiet === true);
      const choices = choicesOf(options);
      const inspection = await inspectSources({ dataset, capture, groundTruth, model }, run);
      const created = await createProject(dir, inspection, choices, { ...run, write: options.dryRun !== true });
      terminal.stop();
      if (options.json) {
        const { file, added, endpoint, monitors } = created;
        terminal.out(`${JSON.stringify({ file, added, endpoint, monitors, inspection }, null, 2)}\n`);
        return;
      }
      if (!options.quiet) {
        const { inspectionText } = await import('../../project/setup/inspection-text.js');
        const text = inspectionText(applyChoices(inspection, choices), {
          colour: terminal.colour,
          width: terminal.width,
        });
        (options.dryRun ? terminal.error : terminal.out)(`${text}\n\n`);
      }
      if (options.dryRun) terminal.out(created.text);
      else if (!options.quiet) {
        terminal.out(`${created.added ? 'Added to' : 'Written:'} ${created.file}: ${created.monitors.join(', ')}.\n`);
        terminal.out(`Next: driftline run ${created.added ? created.monitors.join(' ') : '--all'} --project ${dir}\n`);
      }
    });
  return withOutputOptions(command);
}

function choicesOf(options: Options): SetupChoices {
  const { endpoint, label, prediction, probability, problemType, positiveLabel, facet, schedule, rule } = options;
  return {
    endpoint,
    label,
    prediction,
    probability,
    problemType,
    positiveLabel,
    facets: facet,
    schedule,
    rule,
    monitors: options.monitors?.split(',').map((type) => monitorTypeOf(type.trim())),
  };
}
