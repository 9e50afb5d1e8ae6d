// A JupyterLab prebuilt extension is a module-federation container and a package.json that names it. What JupyterLab
// provides (@jupyterlab/core-meta lists it) is shared and never bundled; plotly.js is a lazy chunk of our own.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import TerserPlugin from 'terser-webpack-plugin';
import webpack from 'webpack';

const require = createRequire(import.meta.url);
const folder = fileURLToPath(new URL('.', import.meta.url));
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const manifest = readJson(path.join(folder, 'package.json'));
const core = readJson(require.resolve('@jupyterlab/core-meta/core.package.json'));
const provided = { ...core.resolutions, ...core.dependencies };
const output = path.join(folder, manifest.jupyterlab.outputDir);
const main = path.join(folder, manifest.main);

const shared = Object.fromEntries(
  Object.entries(manifest.dependencies)
    .filter(([name]) => name in provided)
    .map(([name, requiredVersion]) => [
      name,
      { requiredVersion, import: false, singleton: core.jupyterlab.singletonPackages.includes(name) },
    ]),
);

/** Writes what JupyterLab reads first: package.json with the name of the container, and the settings' schemas. */
class LabextensionManifest {
  apply(compiler) {
    compiler.hooks.afterEmit.tap('LabextensionManifest', (compilation) => {
      const files = [...(compilation.entrypoints.get(manifest.name)?.getFiles() ?? [])];
      const remoteEntry = files.find((file) => file.startsWith('remoteEntry'));
      if (remoteEntry === undefined) return;
      const build = { load: `static/${remoteEntry}`, extension: './extension', style: './style' };
      const { devDependencies: _, scripts: __, ...published } = manifest;
      writeFileSync(
        path.join(output, 'package.json'),
        `${JSON.stringify({ ...published, jupyterlab: { ...published.jupyterlab, _build: build } }, null, 2)}\n`,
      );
      const from = path.join(folder, manifest.jupyterlab.schemaDir);
      const to = path.join(output, 'schemas', manifest.name);
      mkdirSync(to, { recursive: true });
      for (const file of readdirSync(from)) copyFileSync(path.join(from, file), path.join(to, file));
      copyFileSync(path.join(folder, 'package.json'), path.join(to, 'package.json.orig'));
    });
  }
}

/** Writes build/start-files.json: what a page fetches when it loads the extension, before any panel is opened. */
class StartFiles {
  apply(compiler) {
    compiler.hooks.afterEmit.tap('StartFiles', (compilation) => {
      const entry = compilation.entrypoints.get(manifest.name);
      const groups = [entry, ...entry.childrenIterable];
      const files = new Set(groups.flatMap((group) => group.chunks.flatMap((chunk) => [...chunk.files])));
      mkdirSync(path.join(folder, 'build'), { recursive: true });
      writeFileSync(path.join(folder, 'build/start-files.json'), `${JSON.stringify([...files].sort(), null, 2)}\n`);
    });
  }
}

export default {
  mode: 'production',
  context: folder,
  entry: {},
  devtool: false,
  performance: { hints: false },
  stats: 'errors-warnings',
  optimization: { minimizer: [new TerserPlugin({ exclude: /plotly/, extractComments: false })] },
  output: {
    path: path.join(output, 'static'),
    filename: '[name].[contenthash:16].js',
    chunkFilename: '[name].[contenthash:16].js',
    publicPath: 'auto',
    clean: true,
    uniqueName: manifest.name,
  },
  // The parts of the library that run in a browser are no exports of its package.
  resolve: {
    alias: {
      'driftline/browser': path.join(folder, '../kernel-lib/dist/browser.js'),
      'driftline/browser-files': path.join(folder, '../kernel-lib/dist/browser-files.js'),
    },
  },
  module: { rules: [{ test: /\.css$/, use: ['style-loader', 'css-loader'] }] },
  plugins: [
    new webpack.container.ModuleFederationPlugin({
      name: manifest.name,
      filename: 'remoteEntry.[contenthash:16].js',
      library: { type: 'var', name: ['_JUPYTERLAB', manifest.name] },
      exposes: {
        './index': main,
        './extension': main,
        './style': path.join(folder, manifest.styleModule),
      },
      shared,
    }),
    new LabextensionManifest(),
    new StartFiles(),
  ],
};
