import path from 'node:path';
import { Command } from 'commander';
import { MonitorError } from '../../errors.js';
import type { KernelPlace } from '../../kernel/kernels-folder.js';
import { KERNEL_NAME } from '../../serve/protocol.js';
import { fileStorage } from '../../storage/file.js';
import { type Finish, type SharedOptions, withOutputOptions } from '../options.js';
import type { Terminal } from '../terminal.js';

interface Options extends SharedOptions, KernelPlace {
  readonly user?: boolean;
}

export function kernelCommand(terminal: Terminal, _finish: Finish): Command {
  const kernel = new Command('kernel').description(
    'the Jupyter kernel with which the panels of JupyterLab run monitors',
  );
  const print = (folder: string, { json, quiet }: Options): void => {
    if (json) terminal.out(`${JSON.stringify({ folder }, null, 2)}\n`);
    else if (!quiet) terminal.out(`${folder}\n`);
  };

  const install = withPlace('install', 'install the kernel; needs tslab').action(async (options: Options) => {
    const folder = await kernelFolder(options);
    const [{ kernelSpec, libraryFolder }, { KERNEL_LOGO }] = await Promise.all([
      import('../../kernel/kernelspec.js'),
      import('../../kernel/kernel-logo.js'),
    ]);
    const spec = kernelSpec(libraryFolder(), process.cwd());
    await fileStorage.write(path.join(folder, 'logo-svg.svg'), KERNEL_LOGO);
    await fileStorage.write(path.join(folder, 'kernel.json'), `${JSON.stringify(spec, null, 2)}\n`);
    print(folder, options);
  });

  const where = withPlace('path', 'print the folder in which the kernel is installed').action(
    async (options: Options) => {
      const folder = await kernelFolder(options);
      if ((await fileStorage.stat(path.join(folder, 'kernel.json'))) === undefined) {
        throw new MonitorError('FILE_NOT_FOUND', 'The kernel is not installed here.', {
          where: folder,
          fix: 'run "driftline kernel install" with the same options',
        });
      }
      print(folder, options);
    },
  );

  return kernel.addCommand(install).addCommand(where);

  function withPlace(name: string, description: string): Command {
    const command = new Command(name)
      .description(description)
      .option('--prefix <dir>', 'DIR/share/jupyter/kernels')
      .option('--sys-prefix <python>', 'the environment of this Python, the one in which JupyterLab is installed')
      .option('--user', "the user's own kernels (default)")
      .exitOverride()
      .configureOutput({ writeOut: terminal.out, writeErr: terminal.error });
    return withOutputOptions(command);
  }
}

async function kernelFolder(options: Options): Promise<string> {
  const { prefix, sysPrefix, user } = options;
  if ([prefix, sysPrefix, user].filter((given) => given !== undefined).length > 1) {
    throw new MonitorError('USAGE', 'A kernel is installed in one place.', {
      fix: 'give one of --prefix, --sys-prefix and --user',
    });
  }
  const { kernelsFolder } = await import('../../kernel/kernels-folder.js');
  return path.join(await kernelsFolder(options), KERNEL_NAME);
}
