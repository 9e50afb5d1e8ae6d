import { MonitorError } from '../errors.js';
import type { OnnxData, OnnxPort, OnnxRuntime, OnnxTensor, OnnxType } from './onnx-runtime.js';
import type { ModelCell } from './tree-model.js';

const types: readonly OnnxType[] = ['float32', 'float64', 'int64', 'int32', 'string'];

/** One input of a model and the columns that it takes, by their place among the cells of a row. */
interface Input {
  readonly name: string;
  readonly type: OnnxType;
  readonly places: readonly number[];
  readonly features: readonly string[];
}

/**
 * Which columns each input of a model takes: one input with a place for every column takes all in their order; several
 * inputs take one column each, by name, and so does one whose name is a column's.
 *
 * @throws MonitorError `MODEL` for inputs of another kind, `COLUMN_COUNT` and `COLUMN_NOT_FOUND` where the data do not fit.
 */
export function planInputs(ports: readonly OnnxPort[], names: readonly string[], where: string): readonly Input[] {
  const [only] = ports;
  if (ports.length !== 1 || only === undefined || widthOf(only) === 1) return planByName(ports, names, where);
  const type = typeOf(only, where);
  const width = widthOf(only) ?? names.length;
  if (width !== names.length) {
    throw new MonitorError('COLUMN_COUNT', `The model takes ${width} columns, and there are ${names.length}.`, {
      where,
      fix: `leave out or add columns, so that they are those of the training, in its order; there are: ${names.join(', ')}`,
    });
  }
  return [{ name: only.name, type, places: [...names.keys()], features: names }];
}

function planByName(ports: readonly OnnxPort[], names: readonly string[], where: string): readonly Input[] {
  if (ports.length === 1 && names.length === 1) {
    return [{ name: ports[0]!.name, type: typeOf(ports[0]!, where), places: [0], features: names }];
  }
  const wide = ports.find((port) => widthOf(port) !== 1);
  if (wide !== undefined) {
    throw new MonitorError('MODEL', `The model’s input "${wide.name}" does not say that it takes one column.`, {
      where,
      fix: 'export the model with one input of all columns, or with an input of shape [N, 1] for each',
    });
  }
  const absent = ports.filter(({ name }) => !names.includes(name)).map(({ name }) => name);
  if (absent.length > 0) {
    throw new MonitorError('COLUMN_NOT_FOUND', `The model asks for ${absent.join(', ')}, which the data lack.`, {
      where,
      fix: `use data with these columns; there are: ${names.join(', ')}`,
    });
  }
  return ports.map((port) => ({
    name: port.name,
    type: typeOf(port, where),
    places: [names.indexOf(port.name)],
    features: [port.name],
  }));
}

/** Columns of an input; undefined where it takes any number. */
function widthOf({ shape }: OnnxPort): number | undefined {
  if (shape === undefined || shape.length < 2) return shape?.length === 1 ? 1 : undefined;
  const width = shape.at(-1);
  return typeof width === 'number' && width > 0 ? width : undefined;
}

function typeOf({ name, type, isTensor, shape = [] }: OnnxPort, where: string): OnnxType {
  const known = types.find((one) => one === type);
  if (isTensor && known !== undefined && shape.length <= 2) return known;
  const kind = isTensor ? `a tensor of ${type} with ${shape.length} dimensions` : 'no tensor';
  throw new MonitorError('MODEL', `The model’s input "${name}" is ${kind}, which rows of a table cannot fill.`, {
    where,
    fix: `export the model with inputs of ${types.join(', ')} of one or two dimensions`,
  });
}

/**
 * The tensors of some rows. Numbers may be written as texts. A missing cell is NaN, an empty text where texts are taken,
 * and refused where whole numbers are.
 *
 * @param before - rows before these, for a row's number in an error.
 */
export function feedsOf(
  { Tensor }: OnnxRuntime,
  inputs: readonly Input[],
  rows: readonly (readonly ModelCell[])[],
  ranks: ReadonlyMap<string, number>,
  before: number,
): Record<string, OnnxTensor> {
  const feeds: Record<string, OnnxTensor> = {};
  for (const input of inputs) {
    const { name, type, places } = input;
    const dims = ranks.get(name) === 1 ? [rows.length] : [rows.length, places.length];
    feeds[name] = new Tensor(type, filled(input, rows, before), dims);
  }
  return feeds;
}

function filled({ type, places, features }: Input, rows: readonly (readonly ModelCell[])[], before: number): OnnxData {
  const cells = rows.length * places.length;
  const each = <T>(put: (index: number, value: T) => void, convert: (cell: ModelCell, at: Place) => T): void => {
    for (const [row, values] of rows.entries()) {
      for (const [column, place] of places.entries()) {
        const at = { row: before + row + 1, feature: features[column]! };
        put(row * places.length + column, convert(values[place] ?? null, at));
      }
    }
  };
  if (type === 'string') {
    const texts = new Array<string>(cells);
    each(
      (index, value: string) => (texts[index] = value),
      (cell) => (cell === null ? '' : String(cell)),
    );
    return texts;
  }
  if (type === 'int64') {
    const integers = new BigInt64Array(cells);
    each(
      (index, value: bigint) => (integers[index] = value),
      (cell, at) => BigInt(integerOf(cell, at)),
    );
    return integers;
  }
  const numbers =
    type === 'int32' ? new Int32Array(cells) : type === 'float32' ? new Float32Array(cells) : new Float64Array(cells);
  const convert = type === 'int32' ? integerOf : numberOf;
  each((index, value: number) => (numbers[index] = value), convert);
  return numbers;
}

interface Place {
  readonly row: number;
  readonly feature: string;
}

function numberOf(cell: ModelCell, at: Place): number {
  if (cell === null || cell === '') return Number.NaN;
  if (typeof cell === 'number') return cell;
  const text = cell.trim();
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isNaN(value) && !/^(?:nan)?$/i.test(text)) throw unfit(`not "${cell}"`, 'a number', at);
  return value;
}

function integerOf(cell: ModelCell, at: Place): number {
  const value = numberOf(cell, at);
  if (Number.isSafeInteger(value)) return value;
  throw unfit(Number.isNaN(value) ? 'and it is missing' : `not ${cell}`, 'a whole number', at);
}

function unfit(what: string, wanted: string, { row, feature }: Place): MonitorError {
  return new MonitorError('MODEL', `The model takes ${wanted} for "${feature}", ${what}.`, {
    where: `row ${row}, column "${feature}"`,
    fix: 'put an encoder of texts or missing values into the exported model, or leave the row out',
  });
}
