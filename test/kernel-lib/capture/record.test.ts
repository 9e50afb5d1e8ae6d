import { describe, expect, test } from 'vitest';
import { parseRecord } from '../../../kernel-lib/src/capture/record.js';

describe('parseRecord()', () => {
  test('keeps ids, time, attributes and both sides of an endpoint record, and tolerates unknown keys', () => {
    const line = JSON.stringify({
      captureData: {
        endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data: '1,2', encoding: 'CSV', new: 1 },
        endpointOutput: {
          observedContentType: 'text/csv; charset=utf-8',
          mode: 'OUTPUT',
          data: '0.5',
          encoding: 'CSV',
        },
      },
      eventMetadata: {
        eventId: 'e-1',
        inferenceId: '7',
        customAttributes: ['tenant=acme', 'filter=a=b', 'plain'],
        inferenceTime: '2022-04-18T00:21:48Z',
        new: {},
      },
      eventVersion: '0',
      new: true,
    });
    expect(parseRecord(line)).toEqual({
      eventId: 'e-1',
      inferenceId: '7',
      inferenceTime: '2022-04-18T00:21:48Z',
      customAttributes: { tenant: 'acme', filter: 'a=b', plain: '' },
      eventVersion: '0',
      input: { data: '1,2', encoding: 'CSV', contentType: 'text/csv' },
      output: { data: '0.5', encoding: 'CSV', contentType: 'text/csv; charset=utf-8' },
      groundTruth: undefined,
      batchTransformOutput: undefined,
    });
  });

  test('accepts custom attributes in one text', () => {
    const line = JSON.stringify({
      captureData: { endpointInput: { data: '1', encoding: 'CSV' } },
      eventMetadata: { customAttributes: 'tenant=acme, stage=test;x' },
    });
    expect(parseRecord(line)).toMatchObject({ customAttributes: { tenant: 'acme', stage: 'test', x: '' } });
  });

  test('takes id and time of a batch-transform line, with bare NaN too', () => {
    const line =
      '{"SageMakerInferenceId":"a","SageMakerInferenceTime":"2023-01-21T01:29:04Z","SageMakerOutput":{"score":NaN},"x":1}';
    expect(parseRecord(line)).toMatchObject({
      inferenceId: 'a',
      inferenceTime: '2023-01-21T01:29:04Z',
      batchTransformOutput: { data: line, encoding: 'JSON' },
    });
  });

  test.each([
    ['{"captureData":{"endpointInput":{"da', 'not JSON'],
    ['1,2,3', 'not JSON'],
    ['[1]', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['{"a":1}', 'not a capture record'],
    ['{"captureData":{},"eventMetadata":{}}', 'not a capture record'],
    ['{"captureData":{"endpointInput":{"data":[1],"encoding":"JSON"}}}', 'data is not text'],
  ])('says why %s is no record', (line, reason) => {
    expect(parseRecord(line)).toEqual({ reason });
  });
});
