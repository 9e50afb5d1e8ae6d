import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExplainerName } from '../explain/explainer.js';
import type { ExplainabilityOptions } from '../monitor/model-explainability/explainability-options.js';
import type { AttributionAggregation } from '../report/model-explainability-report.js';

/** Options of the explainability monitor, as commander hands them out. */
export interface ExplainabilityArguments {
  readonly aggMethod?: AttributionAggregation;
  readonly explainer?: ExplainerName;
  readonly numSamples?: number;
  readonly background?: string;
  readonly attributionThreshold?: number;
  readonly precision?: number;
  readonly threads?: number;
}

/** Adds what says how a model is explained; `methods.shap` in `--config` can say most of it, too. */
export function withExplainerOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--explainer <name>', 'explainability: default: what is exact for the model, else kernel').choices([
        'tree',
        'interventional',
        'linear',
        'kernel',
      ]),
    )
    .option('--num-samples <number>', 'explainability: coalitions a row of Kernel SHAP', parseCount)
    .option('--background <uri>', 'explainability: a dataset of rows that stand for absent features')
    .option('--threads <number>', "explainability: worker threads (default: the machine's cores)", parseCount);
}

/** Adds what the explainability monitor takes besides. */
export function withExplainabilityOptions(command: Command): Command {
  return withExplainerOptions(command)
    .addOption(
      new Option(
        '--agg-method <method>',
        'explainability: how the attributions of many rows become one number (default: mean_abs)',
      ).choices(['mean_abs', 'median', 'mean_sq']),
    )
    .option('--attribution-threshold <number>', 'explainability: nDCG below it is drift (default: 0.9)', parseNumber)
    .option(
      '--precision <number>',
      "explainability: half-width of nDCG's interval that a sampled window is to reach (default: 0.01)",
      parseNumber,
    );
}

/** The explainability options as the library takes them. */
export function explainabilityOf(
  options: ExplainabilityArguments,
): ExplainabilityOptions & { readonly threads?: number } {
  const { aggMethod, explainer, numSamples, background, attributionThreshold, precision, threads } = options;
  return {
    ...(aggMethod && { aggregation: aggMethod }),
    ...(explainer && { explainer }),
    ...(numSamples !== undefined && { numSamples }),
    ...(background !== undefined && { background }),
    ...(attributionThreshold !== undefined && { attributionThreshold }),
    ...(precision !== undefined && { precision }),
    ...(threads !== undefined && { threads }),
  };
}

function parseCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Give a whole number above 0.');
  return Number(text);
}

function parseNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 1))
    throw new InvalidArgumentError('Give a number above 0, up to 1.');
  return value;
}
