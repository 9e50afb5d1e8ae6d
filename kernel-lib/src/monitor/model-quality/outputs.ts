import { type AttributeCells, readAttribute } from '../../capture/attribute.js';
import type { PartRows } from '../../capture/part-rows.js';
import type { CaptureRecord } from '../../capture/record.js';
import { MonitorError } from '../../errors.js';
import type { ProblemType } from '../../metrics/model/problem-type.js';
import { type ModelAnswers, modelAnswers } from '../model-answers.js';
import type { QualityAttributes } from './problem.js';
import type { Addressing } from './read-dataset.js';

/** What telling and reading the answer needs to know. */
export interface OutputOptions {
  /** What the baseline called prediction and probability: tried where the caller does not say. */
  readonly fallback?: QualityAttributes;
  /** Where the answer is a list of as many numbers, the class of the greatest is the prediction. */
  readonly classes?: readonly string[];
  /** The model is asked anew: what it answered is not looked at. */
  readonly withoutAnswers?: boolean;
}

/** Where the model's answer stands in the output. */
export interface Outputs {
  readonly prediction: string | undefined;
  readonly probability: string | undefined;
}

/** What the caller says; else the baseline's names, where the output has them; else the output's only cell. */
export function chooseOutputs(
  problemType: ProblemType,
  { inferenceAttribute, probabilityAttribute }: QualityAttributes,
  { fallback, classes }: OutputOptions,
  output: PartRows,
  where: string,
): Outputs {
  const binary = problemType === 'BinaryClassification';
  if (inferenceAttribute === undefined && binary && isOnlyCell(probabilityAttribute, output)) {
    return { prediction: undefined, probability: '0' };
  }
  if (classes !== undefined && (inferenceAttribute ?? probabilityAttribute) === undefined) {
    if (output.width === classes.length) return { prediction: undefined, probability: undefined };
  }
  if (inferenceAttribute !== undefined || (binary && probabilityAttribute !== undefined)) {
    return { prediction: inferenceAttribute, probability: binary ? probabilityAttribute : undefined };
  }
  const known = (attribute: string | undefined): string | undefined =>
    attribute !== undefined && output.names?.includes(attribute) ? attribute : undefined;
  const prediction = known(fallback?.inferenceAttribute);
  const probability = binary ? known(fallback?.probabilityAttribute) : undefined;
  if (prediction !== undefined || probability !== undefined) return { prediction, probability };
  if (output.width === 1) {
    const scored = binary && fallback?.probabilityAttribute !== undefined;
    return scored ? { prediction: undefined, probability: '0' } : { prediction: '0', probability: undefined };
  }
  throw new MonitorError(
    'USAGE',
    `The model's output has ${output.width} values, and which is the prediction is not said.`,
    {
      where,
      fix: 'give --inference-attribute or --probability-attribute: an index, a name or a JMESPath expression',
    },
  );
}

/** Whether an attribute is a name, and the output a single cell that has none: captured CSV has no header. */
function isOnlyCell(attribute: string | undefined, { names, width }: PartRows): boolean {
  return attribute !== undefined && /^[A-Za-z_][\w -]*$/.test(attribute) && names === undefined && width === 1;
}

/** An attribute of the model's answer; a batch job's stands under `SageMakerOutput`. */
function readOutput(
  attribute: string | undefined,
  { output, batchTransformOutput }: CaptureRecord,
  rows: PartRows,
  classes?: readonly string[],
): AttributeCells {
  if (output !== undefined || batchTransformOutput === undefined)
    return readAttribute(attribute, output, rows, classes);
  const cells = readAttribute(attribute, undefined, rows, classes);
  if (!('reason' in cells) || attribute === undefined) return cells;
  const below = `SageMakerOutput${attribute.startsWith('[') ? '' : '.'}${attribute}`;
  const inside = readAttribute(below, batchTransformOutput, rows, classes);
  return 'reason' in inside ? readAttribute(attribute, batchTransformOutput, rows, classes) : inside;
}

/** The answers of one record; none where the model is asked anew. */
export function readAnswers(
  { prediction, probability }: Outputs,
  record: CaptureRecord,
  output: PartRows,
  { classes, withoutAnswers }: OutputOptions,
): ModelAnswers | { readonly reason: string } {
  if (withoutAnswers) return {};
  const read = (attribute: string | undefined, names?: readonly string[]): AttributeCells =>
    readOutput(attribute, record, output, names);
  if (classes !== undefined && (prediction ?? probability) !== undefined) {
    return modelAnswers({ inferenceAttribute: prediction, probabilityAttribute: probability }, classes, read);
  }
  const all = classes !== undefined;
  const predictions = prediction === undefined && !all ? undefined : read(prediction, classes);
  if (predictions !== undefined && 'reason' in predictions) return predictions;
  const scores = probability === undefined ? undefined : read(probability);
  if (scores !== undefined && 'reason' in scores) return scores;
  return { ...(predictions && { predictions }), ...(scores && { scores }) };
}

/** Where label and answer were found, in words. */
export function addressingOf(outputs: Outputs | undefined, attributes: QualityAttributes, joined: boolean): Addressing {
  const { groundTruthAttribute } = attributes;
  const source = joined ? 'ground truth' : 'merged ground truth';
  const probability = outputs?.probability;
  return {
    label: groundTruthAttribute === undefined ? source : `${source}, ${groundTruthAttribute}`,
    prediction: outputs?.prediction === undefined ? 'probability above the threshold' : `output ${outputs.prediction}`,
    ...(probability !== undefined && { probability: `output ${probability}` }),
  };
}
