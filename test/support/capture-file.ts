/** The names of the columns of {@link captureLines}. */
export const captureNames = { output: ['probability'], input: ['age', 'workclass', 'hours-per-week'] } as const;

const classes = ['Private', 'State-gov', '<img src=x onerror=alert(1)>', '"quoted", with comma', ''];

/** The cells of one of {@link captureLines}, output first: numbers that rise and fall, and texts that are no markup. */
export function captureCells(index: number): readonly string[] {
  const probability = ((index * 37) % 1000) / 1000;
  return [String(probability), String(18 + ((index * 7) % 60)), classes[index % classes.length]!, String(index % 99)];
}

const pad = (value: number, length: number = 2): string => String(value).padStart(length, '0');

/** When the request was made: one a second from 06:00 on. */
function captureTime(index: number): string {
  return `2026-03-05T06:${pad(Math.floor(index / 60) % 60)}:${pad(index % 60)}Z`;
}

/** So many lines of an endpoint's capture in CSV, as the service writes them. */
export function captureLines(count: number): string[] {
  const quoted = (cell: string): string => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return Array.from({ length: count }, (_, index) => {
    const [output = '', ...input] = captureCells(index);
    return JSON.stringify({
      captureData: {
        endpointInput: {
          observedContentType: 'text/csv',
          mode: 'INPUT',
          data: input.map(quoted).join(','),
          encoding: 'CSV',
        },
        endpointOutput: {
          observedContentType: 'text/csv; charset=utf-8',
          mode: 'OUTPUT',
          data: output,
          encoding: 'CSV',
        },
      },
      eventMetadata: { eventId: `00000000-0000-4000-8000-${pad(index, 12)}`, inferenceTime: captureTime(index) },
      eventVersion: '0',
    });
  });
}

/** A project whose endpoint's capture lies in `capture/`. */
export const captureProject = `version: 1
endpoints:
  census:
    capture: capture
    columns:
      output: [${captureNames.output.join(', ')}]
      input: [${captureNames.input.join(', ')}]
monitors: {}
`;
