import { MonitorError } from '../errors.js';
import { isUnnamed, matchColumns } from '../explain/match-columns.js';
import { throwIfAborted } from '../storage/abort.js';
import { openStorage } from '../storage/open-storage.js';
import type { EndpointOptions } from './endpoint-settings.js';
import { httpModel } from './http-model.js';
import type { LinearModel } from './linear-model.js';
import { type Model, type ModelConfig, outputNames } from './model.js';
import { moduleModel } from './module-model.js';
import { onnxModel } from './onnx-model.js';
import { isLinearModel, parseModelFile } from './parse-model.js';
import { sagemakerModel } from './sagemaker-model.js';
import type { TreeModel } from './tree-model.js';

/** How a model is opened. */
export interface OpenModelOptions {
  /** Clarify's configuration: how endpoints are asked and answers read. */
  readonly config?: ModelConfig | undefined;
  readonly endpoint?: EndpointOptions;
}

/**
 * Opens a model of any kind: an endpoint (`https://...`, `sagemaker://ENDPOINT`), a JavaScript module whose default export
 * takes rows as objects (.js, .mjs), an ONNX file (.onnx), or, whatever its name, a file of XGBoost or LightGBM. Endpoints
 * are first asked at the first `predict`.
 *
 * @throws MonitorError `MODEL` for a model that is not understood, naming the part; `FILE_NOT_FOUND`; `USAGE` for what is
 * no address; `CONFIGURATION` for templates and settings that are wrong.
 */
export async function openModel(uri: string, { config, endpoint }: OpenModelOptions = {}): Promise<Model> {
  if (/^https?:/i.test(uri)) return httpModel(uri, config, endpoint);
  if (/^sagemaker:/i.test(uri)) return sagemakerModel(uri, config, endpoint);
  if (/\.[cm]?js$/.test(uri)) return moduleModel(uri, config);
  if (/\.onnx$/.test(uri)) return onnxModel(uri, config);
  return fileModel(await readModel(uri), uri, config);
}

/** Whether a model can only be asked: an endpoint, an ONNX file or a module. */
export function isAsked(uri: string): boolean {
  return /^(?:https?|sagemaker):/i.test(uri) || /\.(?:[cm]?js|onnx)$/.test(uri);
}

/**
 * Reads a file of XGBoost or LightGBM.
 *
 * @throws MonitorError `MODEL` for a model that is not understood, naming the part; `FILE_NOT_FOUND`.
 */
export async function readModel(uri: string): Promise<TreeModel | LinearModel> {
  return parseModelFile(await openStorage(uri).read(uri), uri);
}

/**
 * Opens a model that is a sum of trees: a file of XGBoost or LightGBM.
 *
 * @throws MonitorError `MODEL` for a model that is not understood or is none of trees; `FILE_NOT_FOUND`.
 */
export async function openTreeModel(uri: string): Promise<TreeModel> {
  const model = await readModel(uri);
  if (!isLinearModel(model)) return model;
  throw new MonitorError('MODEL', 'This model has no trees: it is linear.', {
    where: uri,
    fix: 'give a model of trees',
  });
}

function fileModel(model: TreeModel | LinearModel, uri: string, config: ModelConfig | undefined): Model {
  const features = model.features.map(({ name }) => name);
  const width = model.outputs.length;
  return {
    takesEveryColumn: isUnnamed(features),
    ...(width > 1 && { outputs: model.outputs, ...outputNames(config) }),
    async predict(names, rows, { signal } = {}) {
      throwIfAborted(signal);
      const { places } = matchColumns(features, names, uri, uri);
      const answers = model.predict(rows.map((row) => places.map((place) => row[place] ?? null)));
      if (width === 1) return [...answers];
      return rows.map((_, row) => [...answers.subarray(row * width, (row + 1) * width)]);
    },
  };
}
