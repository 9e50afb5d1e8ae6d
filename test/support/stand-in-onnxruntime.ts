import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A "model" that the stand-in opens: ports as onnxruntime-node describes them, and what a run gives or throws. */
export interface StandInModel {
  readonly inputs: readonly object[];
  readonly outputs: readonly object[];
  /** By output, for a number of rows; by default what was fed to the first input. */
  readonly answers?: Readonly<
    Record<string, { readonly data: readonly (number | null)[]; readonly dims: readonly number[] }>
  >;
  readonly fails?: string;
}

/** The bytes of such a model. */
export function standInModel(model: StandInModel): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(model));
}

/**
 * Writes a package `onnxruntime-node` into a folder's `node_modules` that has the real one's interface, as far as it is used,
 * and understands only {@link standInModel}. It shows how models are loaded and fed, not that real ones are understood.
 */
export function installStandIn(folder: string): void {
  const home = path.join(folder, 'node_modules', 'onnxruntime-node');
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'package.json'), '{"name":"onnxruntime-node","version":"0.0.0","main":"index.js"}');
  writeFileSync(path.join(home, 'index.js'), CODE);
}

const CODE = `
exports.released = [];
exports.fed = [];
exports.Tensor = class { constructor(type, data, dims) { Object.assign(this, { type, data, dims }); } };
exports.InferenceSession = {
  async create(bytes) {
    let model;
    try { model = JSON.parse(new TextDecoder().decode(bytes)); } catch { throw new Error('protobuf parsing failed.'); }
    return {
      inputMetadata: model.inputs,
      outputMetadata: model.outputs,
      async run(feeds, fetches) {
        if (model.fails) throw new Error(model.fails);
        exports.fed.push({ feeds, fetches });
        const first = feeds[model.inputs[0].name];
        return Object.fromEntries(fetches.map((name) => {
          const given = model.answers?.[name];
          return [name, given
            ? { data: given.data.map((value) => value ?? NaN), dims: given.dims }
            : { data: first.data, dims: first.dims }];
        }));
      },
      async release() { exports.released.push(model); },
    };
  },
};
`;
