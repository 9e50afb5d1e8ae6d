/** A number as Python prints a float, and so as the service's texts have it: `100.0`, `1e-05`, `1e+16`; but `Infinity`. */
export function pythonFloat(value: number): string {
  const size = Math.abs(value);
  if (Number.isFinite(value) && size !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
