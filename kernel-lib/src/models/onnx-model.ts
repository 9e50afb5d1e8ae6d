import { MonitorError, placed } from '../errors.js';
import type { RunOptions } from '../progress.js';
import { throwIfAborted } from '../storage/abort.js';
import { openStorage } from '../storage/open-storage.js';
import { type Model, type ModelAnswer, type ModelConfig, outputNames } from './model.js';
import { feedsOf, planInputs } from './onnx-inputs.js';
import { answersOf, type OutputPlan, planOutput } from './onnx-outputs.js';
import { loadOnnxRuntime, type OnnxRuntime, type OnnxSession, type OnnxTensor } from './onnx-runtime.js';
import type { ModelCell } from './tree-model.js';

/** Bounds the memory of one run: a tensor of 1,000 columns takes 40 MB. */
const ROWS_AT_ONCE = 10_000;

/**
 * A model in an ONNX file, asked through the optional peer `onnxruntime-node`.
 *
 * @param folder - of the project whose `onnxruntime-node` is used, where none lies beside this library. Default: the current.
 * @throws MonitorError `MODEL` without the peer, for a file that is no model and for inputs or outputs that no table fits;
 * `FILE_NOT_FOUND`.
 */
export async function onnxModel(uri: string, config: ModelConfig | undefined, folder?: string): Promise<Model> {
  const file = await openStorage(uri).read(uri);
  const runtime = loadOnnxRuntime(uri, folder);
  const session = await opened(runtime, file, uri);
  if ((session.inputMetadata as unknown) === undefined) {
    throw new MonitorError('MODEL', 'This onnxruntime-node does not tell what a model takes.', {
      where: uri,
      fix: 'npm install onnxruntime-node@latest (1.22 or newer)',
    });
  }
  try {
    return new OnnxModel(uri, runtime, session, config);
  } catch (error) {
    await session.release();
    throw error;
  }
}

async function opened(runtime: OnnxRuntime, file: Uint8Array, where: string): Promise<OnnxSession> {
  try {
    return await runtime.InferenceSession.create(file);
  } catch (cause) {
    throw new MonitorError('MODEL', `onnxruntime does not understand the model: ${(cause as Error).message}`, {
      where,
      fix: 'check that it is an ONNX file; a newer one may need a newer onnxruntime-node',
      cause,
    });
  }
}

class OnnxModel implements Model {
  readonly outputs?: readonly string[];
  readonly takesEveryColumn: boolean;
  readonly #uri: string;
  readonly #runtime: OnnxRuntime;
  readonly #session: OnnxSession;
  readonly #output: OutputPlan;
  readonly #ranks: ReadonlyMap<string, number>;

  constructor(uri: string, runtime: OnnxRuntime, session: OnnxSession, config: ModelConfig | undefined) {
    this.#uri = uri;
    this.#runtime = runtime;
    this.#session = session;
    this.#output = planOutput(session.outputMetadata, config, uri);
    this.#ranks = new Map(session.inputMetadata.map(({ name, shape = [] }) => [name, shape.length]));
    this.takesEveryColumn = session.inputMetadata.length === 1;
    Object.assign(this, outputNames(config));
  }

  async predict(
    names: readonly string[],
    rows: readonly (readonly ModelCell[])[],
    { signal, onProgress }: RunOptions = {},
  ): Promise<readonly ModelAnswer[]> {
    const inputs = planInputs(this.#session.inputMetadata, names, this.#uri);
    const answers: ModelAnswer[] = [];
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      throwIfAborted(signal);
      const some = rows.slice(from, from + ROWS_AT_ONCE);
      const tensor = await this.#run(this.#feeds(inputs, some, from));
      for (const answer of answersOf(tensor, some.length, this.#output, { where: this.#uri, before: from })) {
        answers.push(answer);
      }
      onProgress?.({ stage: 'asking the model', done: answers.length, total: rows.length, unit: 'rows' });
    }
    return answers;
  }

  async close(): Promise<void> {
    await this.#session.release();
  }

  #feeds(
    inputs: ReturnType<typeof planInputs>,
    rows: readonly (readonly ModelCell[])[],
    before: number,
  ): Record<string, OnnxTensor> {
    try {
      return feedsOf(this.#runtime, inputs, rows, this.#ranks, before);
    } catch (error) {
      throw placed(error, this.#uri);
    }
  }

  async #run(feeds: Record<string, OnnxTensor>): Promise<OnnxTensor> {
    try {
      return (await this.#session.run(feeds, [this.#output.name]))[this.#output.name]!;
    } catch (cause) {
      throw new MonitorError('MODEL', `The model failed: ${(cause as Error).message}`, {
        where: this.#uri,
        fix: 'check that the columns are those of the training, in its order, and of its types',
        cause,
      });
    }
  }
}
