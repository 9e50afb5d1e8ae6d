import type { ChartColours } from '../widgets/chart-colours.js';

/** Bars of the baseline: filled. */
export function baselineMarker({ baseline }: ChartColours): Readonly<Record<string, unknown>> {
  return { color: baseline, opacity: 0.7 };
}

/** Bars of the current sample: outlined, so that the baseline shows through; hatched where the baseline has nothing. */
export function currentMarker(
  { current }: ChartColours,
  hatched: readonly boolean[],
): Readonly<Record<string, unknown>> {
  return {
    color: transparent(current, 0.38),
    line: { color: current, width: 1.5 },
    pattern: { shape: hatched.map((each) => (each ? '/' : '')), fgcolor: current, size: 6, solidity: 0.35 },
  };
}

/** `#rrggbb` with an opacity. */
export function transparent(colour: string, opacity: number): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  return `rgba(${red},${green},${blue},${opacity})`;
}
