import { createRequire } from 'node:module';
import path from 'node:path';
import { MonitorError } from '../errors.js';

const PACKAGE = 'onnxruntime-node';

/** What Driftline uses of `onnxruntime-node`. */
export interface OnnxRuntime {
  readonly InferenceSession: { create(model: Uint8Array): Promise<OnnxSession> };
  readonly Tensor: new (type: OnnxType, data: OnnxData, dims: readonly number[]) => OnnxTensor;
}

/** A loaded model. */
export interface OnnxSession {
  readonly inputMetadata: readonly OnnxPort[];
  readonly outputMetadata: readonly OnnxPort[];
  run(
    feeds: Readonly<Record<string, OnnxTensor>>,
    fetches: readonly string[],
  ): Promise<Readonly<Record<string, OnnxTensor>>>;
  release(): Promise<void>;
}

/** An input or output; `shape` has texts for sizes that are free. */
export interface OnnxPort {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type?: string;
  readonly shape?: readonly (number | string)[];
}

/** Types of tensors that cells can become. */
export type OnnxType = 'float32' | 'float64' | 'int64' | 'int32' | 'string';
export type OnnxData = Float32Array | Float64Array | BigInt64Array | Int32Array | readonly string[];

export interface OnnxTensor {
  readonly type: string;
  readonly data: ArrayLike<unknown>;
  readonly dims: readonly number[];
}

/**
 * The optional peer `onnxruntime-node`: the one beside this library, else the one of the project in `folder`.
 *
 * @throws MonitorError `MODEL` where it is not installed, or cannot be loaded on this machine.
 */
export function loadOnnxRuntime(where: string, folder: string = process.cwd()): OnnxRuntime {
  const problems: Error[] = [];
  for (const from of [import.meta.url, path.join(path.resolve(folder), 'package.json')]) {
    try {
      return createRequire(from)(PACKAGE) as OnnxRuntime;
    } catch (error) {
      problems.push(error as Error);
    }
  }
  const broken = problems.find((problem) => !isAbsent(problem));
  if (broken === undefined) {
    throw new MonitorError('MODEL', `An ONNX model is asked by ${PACKAGE}, which is not installed.`, {
      where,
      fix: `npm install ${PACKAGE}`,
    });
  }
  throw new MonitorError('MODEL', `${PACKAGE} cannot be loaded: ${broken.message.split('\n')[0]}`, {
    where,
    fix: `check that it supports this machine, then: npm install ${PACKAGE}`,
    cause: broken,
  });
}

function isAbsent(error: Error & { readonly code?: string }): boolean {
  return error.code === 'MODULE_NOT_FOUND' && error.message.includes(`'${PACKAGE}'`);
}
