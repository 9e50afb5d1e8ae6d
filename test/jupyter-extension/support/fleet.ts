import type { ExecutionsFile } from '../../../kernel-lib/src/project/execution-record.js';
import type { MeasuresFile } from '../../../kernel-lib/src/project/measures.js';
import type { StatusFile } from '../../../kernel-lib/src/project/status.js';
import { fleetFiles } from '../../support/fleet-project.js';
import { MemoryFiles } from './memory-files.js';

const texts = new Map(fleetFiles({ endpoints: 10, features: 6, executions: 8, until: '2026-03-20T00:00:00Z' }));

/** A project of ten endpoints with eight daily executions of their monitors, all in March 2026, in the folder `p`. */
export function fleet(change: Readonly<Record<string, string>> = {}): MemoryFiles {
  const files = new MemoryFiles();
  for (const [file, text] of texts) files.put(`p/${file}`, text);
  for (const [file, text] of Object.entries(change)) files.put(`p/${file}`, text);
  return files;
}

const read = <Content>(file: string): Content => JSON.parse(texts.get(file) ?? 'null') as Content;

export const fleetStatus: StatusFile = read<StatusFile>('driftline-status.json');
export const fleetYaml: string = texts.get('driftline.yaml') ?? '';

/** An endpoint whose monitor of a type came to an outcome at last. */
export function endpointWith(type: string, outcome: string): string {
  const found = Object.entries(fleetStatus.monitors).find(
    ([name, { last }]) => name.endsWith(`-${type}`) && last.outcome === outcome,
  );
  if (found === undefined) throw new Error(`no ${type} monitor with ${outcome}`);
  return found[1].endpoint;
}

export function fleetMeasures(endpoint: string, type: string): MeasuresFile {
  return read<MeasuresFile>(`reports/${endpoint}/${endpoint}-${type}/measures/2026-03.json`);
}

export function fleetExecutions(endpoint: string, type: string): ExecutionsFile {
  return read<ExecutionsFile>(`reports/${endpoint}/${endpoint}-${type}/executions/2026-03.json`);
}
