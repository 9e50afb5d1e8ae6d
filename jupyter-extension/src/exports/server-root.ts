import { PageConfig } from '@jupyterlab/coreutils';

/** The server's root as JupyterLab names it: absolute, or beginning with `~`; empty where it does not say. */
export function serverRoot(): string {
  return PageConfig.getOption('serverRoot');
}
