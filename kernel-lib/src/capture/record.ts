import { parseJsonText } from './json-text.js';

/** One side of a captured call, as it was captured. */
export interface CapturePart {
  readonly data: string;
  /** `CSV`, `JSON` or `BASE64`; empty where the record does not say. */
  readonly encoding: string;
  /** The content type as the endpoint observed it, parameters included. */
  readonly contentType: string | undefined;
}

/**
 * One captured call: a line of the service's real-time capture, of its merge job, or of a batch-transform output.
 * Keys that are not listed here are tolerated and left aside.
 */
export interface CaptureRecord {
  readonly eventId: string | undefined;
  readonly inferenceId: string | undefined;
  /** ISO, as written. */
  readonly inferenceTime: string | undefined;
  /** As captured: `k=v` texts in a list or in one text separated by commas or semicolons. */
  readonly customAttributes: Readonly<Record<string, string>>;
  readonly eventVersion: string | undefined;
  readonly input: CapturePart | undefined;
  readonly output: CapturePart | undefined;
  readonly groundTruth: CapturePart | undefined;
  /** Output and, where the job joined it, input in one JSON object: see `decodeTransform`. */
  readonly batchTransformOutput: CapturePart | undefined;
}

/** The reason for a line that is not JSON at all, which is how a half-written line looks. */
export const NOT_JSON = 'not JSON';

/**
 * Reads one line: an endpoint record, a merged record of an endpoint or batch job, a ground-truth record, or a
 * batch-transform line with `SageMakerInferenceId` or `SageMakerOutput`.
 *
 * @returns the record, or why it is none: "not JSON", "not a JSON object", "not a capture record", "data is not text".
 */
export function parseRecord(line: string): CaptureRecord | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // Transform lines are written as the model wrote them, with Python's bare NaN where it did.
    const transform = /"SageMaker(?:InferenceId|Output)"/.test(line) ? parseJsonText(line) : undefined;
    if (transform === undefined) return { reason: NOT_JSON };
    value = transform;
  }
  if (!isObject(value)) return { reason: 'not a JSON object' };
  if (isTransformLine(value)) return transformRecord(value, line);
  const capture = isObject(value['captureData']) ? value['captureData'] : {};
  const sides = [
    capture['endpointInput'],
    capture['endpointOutput'],
    value['groundTruthData'],
    capture['batchTransformOutput'],
  ];
  const parts = sides.map(capturePart);
  if (parts.includes('not-text')) return { reason: 'data is not text' };
  if (parts.every((part) => part === undefined)) return { reason: 'not a capture record' };
  const [input, output, groundTruth, batchTransformOutput] = parts as (CapturePart | undefined)[];
  const metadata = isObject(value['eventMetadata']) ? value['eventMetadata'] : {};
  return {
    eventId: text(metadata['eventId']),
    inferenceId: text(metadata['inferenceId']),
    inferenceTime: text(metadata['inferenceTime']),
    customAttributes: customAttributes(metadata['customAttributes']),
    eventVersion: text(value['eventVersion']),
    input,
    output,
    groundTruth,
    batchTransformOutput,
  };
}

function isTransformLine(value: Record<string, unknown>): boolean {
  return !('captureData' in value) && ('SageMakerInferenceId' in value || 'SageMakerOutput' in value);
}

function transformRecord(value: Record<string, unknown>, line: string): CaptureRecord {
  return {
    eventId: undefined,
    inferenceId: text(value['SageMakerInferenceId']),
    inferenceTime: text(value['SageMakerInferenceTime']),
    customAttributes: {},
    eventVersion: undefined,
    input: undefined,
    output: undefined,
    groundTruth: undefined,
    batchTransformOutput: { data: line, encoding: 'JSON', contentType: 'application/json' },
  };
}

function capturePart(side: unknown): CapturePart | 'not-text' | undefined {
  if (!isObject(side) || side['data'] === undefined || side['data'] === null) return undefined;
  if (typeof side['data'] !== 'string') return 'not-text';
  return { data: side['data'], encoding: text(side['encoding']) ?? '', contentType: text(side['observedContentType']) };
}

function customAttributes(value: unknown): Record<string, string> {
  const items = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(/[,;]/) : [];
  const pairs = items.map((item) => item.trim()).filter((item) => item !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [pair, ''] : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    }),
  );
}

function text(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
