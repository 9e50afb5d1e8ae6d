import type { ChartColours } from '../widgets/chart-colours.js';

/** The colour of what is estimated without labels: violet, which nothing measured has. The style sheet has the same. */
export function estimateColour({ text }: ChartColours): string {
  const onDark = Number.parseInt(text.slice(1, 3), 16) > 127;
  return onDark ? '#c9a2f5' : '#7b3fb5';
}
