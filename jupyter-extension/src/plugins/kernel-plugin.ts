import type { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';
import type { DriftlineKernel } from '../kernel/driftline-kernel.js';
import { commandIds, IDriftlineKernel, kernelPath, pluginIds, translationDomain } from '../tokens.js';

/** The kernel in the background, and the command that stops it. */
export const kernelPlugin: JupyterFrontEndPlugin<IDriftlineKernel> = {
  id: pluginIds.kernel,
  description:
    'The kernel with which panels run monitors and read records; started when something is first asked of it.',
  autoStart: true,
  provides: IDriftlineKernel,
  optional: [ICommandPalette, ITranslator],
  activate: (
    { commands, serviceManager }: JupyterFrontEnd,
    palette: ICommandPalette | null,
    translator: ITranslator | null,
  ): IDriftlineKernel => {
    const trans = (translator ?? nullTranslator).load(translationDomain);
    const { sessions } = serviceManager;
    let loading: Promise<DriftlineKernel> | undefined;
    const load = async (): Promise<DriftlineKernel> => {
      const { BackgroundKernel } = await import(/* webpackChunkName: "kernel" */ '../kernel/background-kernel.js');
      return new BackgroundKernel(serviceManager, trans);
    };
    const get = (): Promise<DriftlineKernel> => {
      loading ??= load().catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      return loading;
    };
    commands.addCommand(commandIds.stopKernel, {
      label: trans.__('Stop the Driftline Kernel'),
      caption: trans.__('Shut down the kernel that runs monitors in the background; what it is doing is aborted'),
      describedBy: { args: { type: 'object', properties: {}, additionalProperties: false } },
      isEnabled: () => [...sessions.running()].some(({ path }) => path === kernelPath),
      execute: async () => (await get()).stop(),
    });
    sessions.runningChanged.connect(() => commands.notifyCommandChanged(commandIds.stopKernel));
    palette?.addItem({ command: commandIds.stopKernel, category: trans.__('Driftline') });
    return { get };
  },
};
