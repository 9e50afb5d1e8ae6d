/** The colour between two `#rrggbb`, as plotly.js finds it in a colour scale; channels from 0 to 255. */
export function mix(from: string, to: string, share: number): readonly number[] {
  const [a, b] = [channels(from), channels(to)];
  return a.map((channel, index) => channel + share * ((b[index] ?? 0) - channel));
}

/** The contrast ratio of a `#rrggbb` on a background, from 1 to 21: WCAG 2.2, section 1.4.3. */
export function contrast(colour: string, background: readonly number[]): number {
  const [a, b] = [luminance(channels(colour)), luminance(background)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((channel) =>
    channel <= 0.04045 * 255 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
