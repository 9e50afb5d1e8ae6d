import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What one captured call was asked and answered; objects become JSON, texts are CSV. */
export interface CapturedCall {
  readonly input: string | object;
  readonly output: string | object;
}

/** Writes calls as the capture of an endpoint in one hour, and gives the endpoint's folder. */
export function writeCapture(folder: string, endpoint: string, calls: readonly CapturedCall[]): string {
  const side = (mode: string, data: string | object): object => ({
    observedContentType: typeof data === 'string' ? 'text/csv' : 'application/json',
    mode,
    data: typeof data === 'string' ? data : JSON.stringify(data),
    encoding: typeof data === 'string' ? 'CSV' : 'JSON',
  });
  const lines = calls.map(({ input, output }, index) =>
    JSON.stringify({
      captureData: { endpointInput: side('INPUT', input), endpointOutput: side('OUTPUT', output) },
      eventMetadata: { eventId: `id-${index}`, inferenceId: `id-${index}`, inferenceTime: '2026-03-05T06:00:00Z' },
      eventVersion: '0',
    }),
  );
  return writeHour(path.join(folder, endpoint, 'AllTraffic'), lines, path.join(folder, endpoint));
}

/** Writes labels as ground truth of one hour, and gives the folder. */
export function writeGroundTruth(folder: string, labels: readonly string[]): string {
  const lines = labels.map((data, index) =>
    JSON.stringify({
      groundTruthData: { data, encoding: 'CSV' },
      eventMetadata: { eventId: `id-${index}` },
      eventVersion: '0',
    }),
  );
  return writeHour(folder, lines, folder);
}

/** Writes a CSV file, and gives its path. */
export function writeCsv(file: string, header: string, rows: readonly string[]): string {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${[header, ...rows].join('\n')}\n`);
  return file;
}

function writeHour(root: string, lines: readonly string[], result: string): string {
  const hour = path.join(root, '2026', '03', '05', '06');
  mkdirSync(hour, { recursive: true });
  writeFileSync(path.join(hour, 'calls.jsonl'), `${lines.join('\n')}\n`);
  return result;
}
