import { MonitorError } from '../errors.js';
import type { ModelAnswer, ModelConfig } from './model.js';
import type { OnnxPort, OnnxTensor } from './onnx-runtime.js';

/** Which output of a model has its answers. */
export interface OutputPlan {
  readonly name: string;
  /** The one column of it that counts; undefined for all. */
  readonly column: number | undefined;
}

const numeric: ReadonlySet<string | undefined> = new Set(['float32', 'float64']);

/**
 * The output with a model's answers: the one that `predictor.probability` names, else the only one of fractions (scikit-learn's
 * classifiers have labels beside their probabilities). Where `predictor.probability` is a number, that column of it.
 *
 * @throws MonitorError `MODEL` where there is none, or a choice, and for the maps of probabilities that ZipMap makes.
 */
export function planOutput(ports: readonly OnnxPort[], config: ModelConfig | undefined, where: string): OutputPlan {
  const place = config?.predictor?.probability;
  const column = typeof place === 'number' ? place : undefined;
  const found =
    typeof place === 'string'
      ? ports.filter(({ name }) => name === place)
      : ports.filter(({ isTensor, type }) => isTensor && numeric.has(type));
  const [only] = found;
  if (found.length === 1 && only?.isTensor && numeric.has(only.type)) return { name: only.name, column };
  const map = ports.find(({ isTensor }) => !isTensor);
  if (map !== undefined) {
    throw new MonitorError('MODEL', `The model’s output "${map.name}" is a sequence of maps (ZipMap), not a tensor.`, {
      where,
      fix: "export it without: to_onnx(model, ..., options={'zipmap': False})",
    });
  }
  throw new MonitorError('MODEL', `Which output of the model counts is not clear: ${ports.map(worded).join(', ')}.`, {
    where,
    fix: 'name one of float32 or float64 in predictor.probability of --config',
  });
}

function worded({ name, type }: OnnxPort): string {
  return `${name} (${type})`;
}

/**
 * One answer a row: a number where the output has one column or one counts, else a list.
 *
 * @param before - rows before these, for a row's number in an error.
 */
export function answersOf(
  { data, dims }: OnnxTensor,
  rows: number,
  { name, column }: OutputPlan,
  { where, before }: { readonly where: string; readonly before: number },
): ModelAnswer[] {
  const width = data.length / rows;
  if (dims[0] !== rows || !Number.isInteger(width) || width < 1) {
    throw new MonitorError(
      'MODEL',
      `The model’s output "${name}" has the shape [${dims.join(', ')}] for ${rows} rows.`,
      {
        where,
        fix: 'export the model with a first dimension of any size',
      },
    );
  }
  if (column !== undefined && !(Number.isInteger(column) && column >= 0 && column < width)) {
    throw new MonitorError('MODEL', `The model’s output "${name}" has ${width} columns, none with index ${column}.`, {
      where,
      fix: `give predictor.probability in --config from 0 to ${width - 1}`,
    });
  }
  const values = Array.from(data, Number);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    const row = before + Math.floor(wrong / width) + 1;
    throw new MonitorError('MODEL', `The model answered ${values[wrong]} for row ${row}.`, {
      where,
      fix: 'check that it takes missing values, or leave rows with them out',
    });
  }
  return Array.from({ length: rows }, (_, row) => {
    const answer = values.slice(row * width, (row + 1) * width);
    return column !== undefined ? answer[column]! : width === 1 ? answer[0]! : answer;
  });
}
