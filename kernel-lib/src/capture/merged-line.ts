import { inferenceCells } from './decode.js';
import { type JoinedRecord, joinId } from './joined-records.js';
import type { CapturePart } from './record.js';

/** How the service ends a captured line. */
const END = ',"eventVersion":"0"}';

/** A captured record with its label, as the service's merge job writes it: a line of JSON without its end. */
export function mergedLine(joined: JoinedRecord, { data, encoding }: CapturePart): string {
  const { record, text } = joined;
  const label = { data, encoding };
  if (record.batchTransformOutput !== undefined) return mergedTransform(joined, label);
  // JSON that ends so has this key at its top: what stands before it can stay as it was written.
  if (text.startsWith('{"captureData":') && text.endsWith(END) && !text.includes('"groundTruthData"')) {
    return `{"eventVersion":"0","groundTruthData":${JSON.stringify(label)},${text.slice(1, -END.length)}}`;
  }
  const { captureData, eventMetadata, eventVersion = '0', groundTruthData: _replaced, ...others } = JSON.parse(text);
  return JSON.stringify({ eventVersion, groundTruthData: label, captureData, eventMetadata, ...others });
}

/** The row without inference id and time, which are the record's now. */
function mergedTransform({ record, text }: JoinedRecord, groundTruthData: object): string {
  const { data, encoding } = record.batchTransformOutput!;
  const row = encoding === 'CSV' ? data.replace(inferenceCells, '') : withoutInferenceKeys(data);
  // A line that is the job's own has no sides; one that was paired with its input has.
  const sides = data === text ? {} : JSON.parse(text).captureData;
  return JSON.stringify({
    eventMetadata: { eventId: joinId(record), inferenceTime: record.inferenceTime },
    eventVersion: record.eventVersion ?? '0',
    groundTruthData,
    captureData: { ...sides, batchTransformOutput: { data: row, encoding } },
  });
}

/** By text, because numbers keep the form they were written in: 3.0 is fractional, and 3 is not. */
function withoutInferenceKeys(row: string): string {
  const member = '"SageMakerInference(?:Id|Time)"\\s*:\\s*"[^"\\\\]*"';
  return row.replace(new RegExp(`,\\s*${member}`, 'g'), '').replace(new RegExp(`${member}\\s*,?\\s*`, 'g'), '');
}
