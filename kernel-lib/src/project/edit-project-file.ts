import { MonitorError } from '../errors.js';
import { editYaml } from './edit-yaml.js';
import type { EndpointConfig, MonitorConfig } from './project-config.js';
import { parseProjectFile } from './project-file.js';

const PROJECT_FILE = 'driftline.yaml';

/**
 * The text of a project file with a monitor paused or resumed. Comments, order and all other lines stay as they are.
 *
 * @throws MonitorError `CONFIGURATION` where the file has problems or no such monitor.
 */
export function setPaused(text: string, monitor: string, paused: boolean): string {
  return setMonitorKey(text, monitor, ['paused'], paused ? true : undefined);
}

/**
 * The text of a project file with one key of a monitor set, or removed where `value` is undefined.
 *
 * @param path - keys below the monitor, such as `['schedule']` or `['hooks', 'record']`.
 * @throws MonitorError `CONFIGURATION` where the file has problems, before or after the change, or no such monitor.
 */
export function setMonitorKey(text: string, monitor: string, path: readonly string[], value: unknown): string {
  const { monitors } = parseProjectFile(text, PROJECT_FILE);
  if (!Object.hasOwn(monitors, monitor)) {
    throw new MonitorError('CONFIGURATION', `There is no monitor "${monitor}".`, {
      where: PROJECT_FILE,
      fix: `use one of: ${Object.keys(monitors).join(', ')}`,
    });
  }
  return edit(text, ['monitors', monitor, ...path], value);
}

/**
 * The text of a project file with one key of an endpoint set.
 *
 * @throws MonitorError `CONFIGURATION` where the file has problems, before or after the change, or no such endpoint.
 */
export function setEndpointKey(text: string, endpoint: string, key: keyof EndpointConfig, value: unknown): string {
  const { endpoints } = parseProjectFile(text, PROJECT_FILE);
  if (!Object.hasOwn(endpoints, endpoint)) {
    throw new MonitorError('CONFIGURATION', `There is no endpoint "${endpoint}".`, {
      where: PROJECT_FILE,
      fix: `use one of: ${Object.keys(endpoints).join(', ')}`,
    });
  }
  return edit(text, ['endpoints', endpoint, key], value);
}

/**
 * The text of a project file with one more endpoint.
 *
 * @throws MonitorError `CONFIGURATION` where the file has problems, or an endpoint of this name.
 */
export function addEndpoint(text: string, name: string, config: EndpointConfig): string {
  return add(text, 'endpoints', 'an endpoint', name, config);
}

/**
 * The text of a project file with one more monitor.
 *
 * @throws MonitorError `CONFIGURATION` where the file has problems, a monitor of this name, or not the monitor's endpoint.
 */
export function addMonitor(text: string, name: string, config: MonitorConfig): string {
  return add(text, 'monitors', 'a monitor', name, config);
}

function add(
  text: string,
  section: 'endpoints' | 'monitors',
  word: string,
  name: string,
  config: EndpointConfig | MonitorConfig,
): string {
  if (Object.hasOwn(parseProjectFile(text, PROJECT_FILE)[section], name)) {
    throw new MonitorError('CONFIGURATION', `There is ${word} "${name}" already.`, {
      where: PROJECT_FILE,
      fix: 'choose another name',
    });
  }
  // Without what is undefined, which YAML would write as null.
  return edit(text, [section, name], JSON.parse(JSON.stringify(config)));
}

function edit(text: string, path: readonly string[], value: unknown): string {
  let edited: string;
  try {
    edited = editYaml(text, path, value);
  } catch (cause) {
    throw new MonitorError('CONFIGURATION', `${path.join('.')} cannot be changed: ${(cause as Error).message}`, {
      where: PROJECT_FILE,
      fix: 'edit the file by hand',
      cause,
    });
  }
  parseProjectFile(edited, PROJECT_FILE);
  return edited;
}
