import { joinUri, openStorage } from '../storage/open-storage.js';
import { packageVersion } from '../version.js';
import type { BaselineFile, BaselineOptions } from './baseline.js';
import { sha256 } from './load-baseline.js';

/** What `driftline.json` says of a baseline besides what every baseline has. */
type BaselineFacts = Pick<
  BaselineFile,
  'monitorType' | 'inputs' | 'rows' | 'columns' | 'quarantined' | 'reasons' | 'notes'
>;

/** Writes a baseline's files, by name, and after them `driftline.json`: whoever finds it finds all. */
export async function writeBaseline(
  { output, rule, seed, createdAt }: Pick<BaselineOptions, 'output' | 'rule' | 'seed' | 'createdAt'>,
  texts: Readonly<Record<string, string>>,
  { monitorType, inputs, rows, columns, quarantined, reasons, notes }: BaselineFacts,
): Promise<BaselineFile> {
  const file: BaselineFile = {
    version: 1,
    rule: rule ?? 'significant',
    monitorType,
    driftline: packageVersion(),
    seed: seed ?? 0,
    createdAt: (createdAt ?? new Date()).toISOString(),
    inputs,
    rows,
    columns,
    quarantined,
    sha256: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, sha256(text)])),
    reasons,
    ...(notes && { notes }),
  };
  const storage = openStorage(output);
  const write = (name: string, text: string): Promise<void> => storage.write(joinUri(output, name), text);
  await Promise.all(Object.entries(texts).map(([name, text]) => write(name, text)));
  await write('driftline.json', `${JSON.stringify(file, null, 2)}\n`);
  return file;
}
