// webpack-cli is not needed for one configuration: this runs it and prints what went wrong.
import webpack from 'webpack';
import configuration from './webpack.config.mjs';

webpack(configuration, (error, stats) => {
  if (error !== null && error !== undefined) throw error;
  if (stats === undefined) throw new Error('webpack ended without a result.');
  if (stats.hasErrors() || stats.hasWarnings()) process.stderr.write(`${stats.toString('errors-warnings')}\n`);
  const sizes = Object.entries(stats.compilation.assets).map(
    ([name, asset]) => `${name} ${Math.ceil(asset.size() / 1024)} KB`,
  );
  process.stdout.write(`${sizes.join('\n')}\n`);
  process.exitCode = stats.hasErrors() ? 1 : 0;
});
