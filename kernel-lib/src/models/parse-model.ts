import { MonitorError, placed } from '../errors.js';
import { parseLightgbmModel } from './lightgbm.js';
import type { LinearModel } from './linear-model.js';
import { optional } from './model-parts.js';
import type { TreeModel } from './tree-model.js';
import { parseUbjson } from './ubjson.js';
import { parseXgboostJson, readXgboostModel } from './xgboost.js';

/**
 * Reads a model file of XGBoost (JSON or UBJSON) or LightGBM (text). The kind is told by the file's first bytes, not by
 * its name. Memory: some times the file.
 *
 * @param where - the file, for errors.
 * @throws MonitorError `MODEL`, naming the part that is not understood.
 */
export function parseModelFile(bytes: Uint8Array, where: string): TreeModel | LinearModel {
  try {
    return parse(bytes);
  } catch (error) {
    throw placed(error, where);
  }
}

/** Whether a model is a weighted sum of its features. */
export function isLinearModel(model: TreeModel | LinearModel): model is LinearModel {
  return 'weights' in model;
}

function parse(bytes: Uint8Array): TreeModel | LinearModel {
  const start = String.fromCharCode(...bytes.subarray(0, 64));
  // An object of JSON goes on with a quotation mark, a brace or white space; one of UBJSON with the type of a length.
  if (/^\{[iUIlL$#]/.test(start)) return readXgboostModel(ubjsonOf(bytes));
  // A byte order mark may come first: three bytes of UTF-8.
  const text = start.replace(/^\u00ef\u00bb\u00bf/, '').trimStart();
  if (/^tree\r?\n/.test(text)) return parseLightgbmModel(textOf(bytes));
  if (text.startsWith('{') || text.startsWith('[')) return fromJson(parseXgboostJson(textOf(bytes)));
  if (text.startsWith('binf') || text.startsWith('bs64')) {
    throw refused('This is XGBoost’s old binary format, which is not read.', 'save the model again as .json or .ubj');
  }
  if (bytes[0] === 0x80) {
    throw refused('This is a pickle, which is not read: to open one is to run it.', SAVE);
  }
  throw refused('This is no model file of XGBoost or LightGBM.', SAVE);
}

const SAVE =
  'save the model with save_model: XGBoost as .json or .ubj, LightGBM as .txt (of the scikit-learn interface: get_booster() or booster_ first)';

function fromJson(json: unknown): TreeModel | LinearModel {
  if (optional(json, 'name') === 'tree' && optional(json, 'tree_info') !== undefined) {
    throw refused(
      'This is LightGBM’s dump_model, which lacks parts of the model.',
      'save it with save_model("model.txt")',
    );
  }
  return readXgboostModel(json);
}

function ubjsonOf(bytes: Uint8Array): unknown {
  try {
    return parseUbjson(bytes);
  } catch (cause) {
    throw new MonitorError('MODEL', `The file is not UBJSON: ${(cause as Error).message}.`, {
      fix: 'save the model again with Booster.save_model("model.ubj"), or copy the file again',
      cause,
    });
  }
}

function textOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function refused(what: string, fix: string): MonitorError {
  return new MonitorError('MODEL', what, { fix });
}
