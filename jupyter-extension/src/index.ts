import type { JupyterFrontEndPlugin } from '@jupyterlab/application';
import { commandsPlugin } from './plugins/commands-plugin.js';
import { compareFilesPlugin } from './plugins/compare-files-plugin.js';
import { comparePlugin } from './plugins/compare-plugin.js';
import { constraintsPlugin } from './plugins/constraints-plugin.js';
import { dashboardPlugin } from './plugins/dashboard-plugin.js';
import { filesPlugin } from './plugins/files-plugin.js';
import { kernelPlugin } from './plugins/kernel-plugin.js';
import { mimePlugin } from './plugins/mime-plugin.js';
import { monitorsPlugin } from './plugins/monitors-plugin.js';
import { projectsPlugin } from './plugins/projects-plugin.js';
import { settingsPlugin } from './plugins/settings-plugin.js';
import { setupPlugin } from './plugins/setup-plugin.js';
import { violationPlugin } from './plugins/violation-plugin.js';

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  settingsPlugin,
  projectsPlugin,
  mimePlugin,
  filesPlugin,
  commandsPlugin,
  compareFilesPlugin,
  kernelPlugin,
  violationPlugin,
  dashboardPlugin,
  constraintsPlugin,
  monitorsPlugin,
  comparePlugin,
  setupPlugin,
];

export default plugins;
