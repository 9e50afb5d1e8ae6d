/** plotly.js takes times without a zone as they are, so that UTC stays UTC in every browser. */
export function plotTime(iso: string): string {
  return new Date(iso).toISOString().slice(0, 16).replace('T', ' ');
}
