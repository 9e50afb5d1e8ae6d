import { type Command, InvalidArgumentError } from 'commander';
import type { AnalysisConfig } from '../monitor/analysis-config.js';
import type { BiasFacet, BiasLimit, BiasOptions } from '../monitor/model-bias/bias-options.js';
import type { QualityAttributes } from '../monitor/model-quality/problem.js';
import type { MonitorType } from '../report/report.js';
import { qualityOf, type SharedOptions } from './options.js';

/** Options of the bias monitor, as commander hands them out. */
export interface BiasArguments {
  readonly facet?: readonly BiasFacet[];
  readonly groupVariable?: string;
  readonly labelValues?: readonly string[];
  readonly limit?: readonly BiasLimit[];
  readonly model?: string;
  readonly config?: string;
}

/** Adds what says whom bias is measured for; `--config` can say it all, too. */
export function withBiasOptions(command: Command): Command {
  return command
    .option(
      '--facet <facet>',
      'bias: a column and its group: "sex=Female", "age>40", "age=25..40"; "race" compares every value with all others; again for more',
      collect(parseFacet),
    )
    .option('--group-variable <name>', 'bias: the column of the groups of CDDL and CDDPL')
    .option('--label-values <values>', 'bias: the positive classes, separated by commas, or a threshold', splitValues)
    .option(
      '--limit <range>',
      'bias: "DI=0.8..1.25", "sex:DI=0.8..", "sex=Female:DPPL=..0.1"; again for more',
      collect(parseLimit),
    )
    .option(
      '--model <path>',
      'the model: a file of XGBoost, LightGBM or ONNX, an address, or a JavaScript module; bias: it makes the predictions',
    );
}

/** The bias options as the library takes them. */
export function biasOf({ facet, groupVariable, labelValues, limit, model, config }: BiasArguments): BiasOptions {
  return {
    ...(config !== undefined && { config }),
    ...(facet && { facets: facet }),
    ...(groupVariable !== undefined && { groupVariable }),
    ...(labelValues && { labelValues }),
    ...(limit && { limits: limit }),
    ...(model !== undefined && { model }),
  };
}

/** `sex=Female`, `marital=Single,Divorced`, `age>40`, `age=25..40` (above 25, up to 40) or `race`. */
export function parseFacet(text: string): BiasFacet {
  const [, name, sign, value] = /^([^=>]+?)\s*(?:([=>])\s*(.+))?$/s.exec(text.trim()) ?? [];
  if (name === undefined) throw new InvalidArgumentError('Write it as sex=Female, age>40 or race.');
  if (sign === undefined) return { name };
  const interval = /^([-+]?[\d.]+)\.\.([-+]?[\d.]+)$/.exec(value?.trim() ?? '');
  if (sign === '=' && interval !== null) {
    const [above, upTo] = [Number(interval[1]), Number(interval[2])];
    if (!(above < upTo)) throw new InvalidArgumentError(`"${value}" is no interval; write it as age=25..40.`);
    return { name, above, upTo };
  }
  if (sign === '=') return { name, values: splitValues(value!) };
  const threshold = Number(value);
  if (Number.isNaN(threshold)) throw new InvalidArgumentError(`"${value}" is no number; write it as age>40.`);
  return { name, above: threshold };
}

/** `DI=0.8..1.25`; before it, with a colon, the facet, or the facet and its group: `sex:`, `sex=Female:`. */
export function parseLimit(text: string): BiasLimit {
  const number = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
  const pattern = new RegExp(
    `^(?:([^=:]+?)(?:=([^:]*))?:)?\\s*([A-Z]+)\\s*=\\s*(${number})?\\s*\\.\\.\\s*(${number})?$`,
    's',
  );
  const [, facet, value, metric, lower, upper] = pattern.exec(text.trim()) ?? [];
  if (metric === undefined || (lower === undefined && upper === undefined)) {
    throw new InvalidArgumentError('Write it as DI=0.8..1.25, sex:DI=0.8.. or sex=Female:DPPL=..0.1.');
  }
  return {
    metric,
    ...(facet !== undefined && { facet }),
    ...(value !== undefined && { value }),
    ...(lower !== undefined && { lower: Number(lower) }),
    ...(upper !== undefined && { upper: Number(upper) }),
  };
}

/**
 * What a monitor's type makes of the attributes: bias and explainability read the configuration themselves, since it says
 * more to them than a label.
 */
export function attributesOf(
  type: MonitorType,
  options: SharedOptions & BiasArguments,
  config: AnalysisConfig | undefined,
): QualityAttributes & BiasOptions {
  const reads = type === 'model-bias' || type === 'model-explainability';
  if (reads) return { ...qualityOf(options), ...biasOf(options) };
  return { ...qualityOf(options, config), ...(options.model !== undefined && { model: options.model }) };
}

function collect<T>(parse: (text: string) => T): (text: string, before?: readonly T[]) => readonly T[] {
  return (text, before = []) => [...before, parse(text)];
}

function splitValues(text: string): string[] {
  return text.split(',').map((value) => value.trim());
}
