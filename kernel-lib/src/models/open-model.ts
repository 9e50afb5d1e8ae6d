import { MonitorError, placed } from '../errors.js';
import { openStorage } from '../storage/open-storage.js';
import type { EndpointOptions } from './endpoint-settings.js';
import { httpModel } from './http-model.js';
import type { Model, ModelConfig } from './model.js';
import { moduleModel } from './module-model.js';
import { onnxModel } from './onnx-model.js';
import { sagemakerModel } from './sagemaker-model.js';
import type { TreeModel } from './tree-model.js';
import { parseXgboostModel } from './xgboost.js';

/** How a model is opened. */
export interface OpenModelOptions {
  /** Clarify's configuration: how endpoints are asked and answers read. */
  readonly config?: ModelConfig | undefined;
  readonly endpoint?: EndpointOptions;
}

/**
 * Opens a model of any kind: a file of XGBoost (`save_model("model.json")`), an ONNX file, an endpoint (`https://...`,
 * `sagemaker://ENDPOINT`), or a JavaScript module whose default export takes rows as objects. Endpoints are first asked at
 * the first `predict`.
 *
 * @throws MonitorError `MODEL` for a model that is not understood, naming the part; `FILE_NOT_FOUND`; `USAGE` for what is
 * no address; `CONFIGURATION` for templates and settings that are wrong.
 */
export async function openModel(uri: string, { config, endpoint }: OpenModelOptions = {}): Promise<Model> {
  if (/^https?:/i.test(uri)) return httpModel(uri, config, endpoint);
  if (/^sagemaker:/i.test(uri)) return sagemakerModel(uri, config, endpoint);
  if (/\.[cm]?js$/.test(uri)) return moduleModel(uri, config);
  if (/\.onnx$/.test(uri)) return onnxModel(uri, config);
  if (/\.json$/.test(uri)) return treeModel(uri);
  throw new MonitorError('MODEL', 'This kind of model cannot be asked by this version.', {
    where: uri,
    fix: 'give an XGBoost model saved as .json, an ONNX file (.onnx), an address (https://..., sagemaker://ENDPOINT), or a JavaScript module (.js, .mjs) that asks the model',
  });
}

/**
 * Opens a model that is a sum of trees: a file of XGBoost (`save_model("model.json")`).
 *
 * @throws MonitorError `MODEL` for a model that is not understood, naming the part; `FILE_NOT_FOUND`.
 */
export async function openTreeModel(uri: string): Promise<TreeModel> {
  if (!/\.json$/.test(uri)) {
    throw new MonitorError('MODEL', 'This kind of model cannot be explained by this version.', {
      where: uri,
      fix: 'give an XGBoost model saved as .json',
    });
  }
  const text = new TextDecoder().decode(await openStorage(uri).read(uri));
  try {
    return parseXgboostModel(text, uri);
  } catch (error) {
    throw placed(error, uri);
  }
}

/**
 * Where each of a model's features stands among the columns' names.
 *
 * @throws MonitorError `COLUMN_NOT_FOUND`, naming those that are absent.
 */
export function columnsOfFeatures(model: TreeModel, names: readonly string[], uri: string): number[] {
  const places = model.features.map(({ name }) => names.indexOf(name));
  const absent = model.features.filter((_, index) => places[index] === -1).map(({ name }) => name);
  if (absent.length === 0) return places;
  throw new MonitorError('COLUMN_NOT_FOUND', `The model asks for ${absent.join(', ')}, which the data lack.`, {
    where: uri,
    fix: `use data with these columns; there are: ${names.join(', ')}`,
  });
}

async function treeModel(uri: string): Promise<Model> {
  const model = await openTreeModel(uri);
  return {
    async predict(names, rows) {
      const places = columnsOfFeatures(model, names, uri);
      return [...model.predict(rows.map((row) => places.map((place) => row[place] ?? null)))];
    },
  };
}
