// What the JupyterLab extension runs of the library: pure code that needs neither Node nor an engine. The extension imports
// it as `driftline/browser` (its own build resolves that; it is no export of the package), and late, as a chunk.

export { ANNOTATIONS_FILE } from './project/annotations.js';
export { parseProjectFile } from './project/project-file.js';
export { STATUS_FILE } from './project/status.js';
export { parseSchedule } from './schedule/cron.js';
