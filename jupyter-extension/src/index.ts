import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commandsPlugin } from './plugins/commands-plugin.js';
import { filesPlugin } from './plugins/files-plugin.js';
import { mimePlugin } from './plugins/mime-plugin.js';

const plugins: JupyterFrontEndPlugin<void>[] = [mimePlugin, filesPlugin, commandsPlugin];

export default plugins;
