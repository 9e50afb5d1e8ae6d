/** A capture line with the given sides; keys in the service's order. */
export function captureLine(record: {
  readonly input?: object | undefined;
  readonly output?: object | undefined;
  readonly groundTruth?: object | undefined;
  readonly metadata?: object;
}): string {
  const { input, output, groundTruth, metadata } = record;
  return JSON.stringify({
    ...(groundTruth && { groundTruthData: groundTruth }),
    captureData: { ...(input && { endpointInput: input }), ...(output && { endpointOutput: output }) },
    eventMetadata: { eventId: 'e-1', inferenceTime: '2026-03-05T10:00:00Z', ...metadata },
    eventVersion: '0',
  });
}
