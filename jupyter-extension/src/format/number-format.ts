const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** What stands where there is no value. */
export const noValue = '–';

/** A count with thousands separated: `32,561`. */
export function formatCount(value: number | undefined): string {
  return value === undefined ? noValue : whole.format(value);
}

/** Four significant digits with thousands separated, the whole part never rounded: `189,778`, `38.58`, `1.2e-9`. */
export function formatNumber(value: number | undefined, digits: number = 4): string {
  if (value === undefined) return noValue;
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e12) return whole.format(value);
  if (size >= 1e12 || size < 1e-4) return value.toExponential(digits - 2).replace('e+', 'e');
  const maximumSignificantDigits = Math.max(digits, Math.ceil(Math.log10(size)));
  return significant(maximumSignificantDigits).format(value);
}

const formats = new Map<number, Intl.NumberFormat>();

/** Made once for a number of digits: making one takes longer than thousands of uses. */
function significant(maximumSignificantDigits: number): Intl.NumberFormat {
  let format = formats.get(maximumSignificantDigits);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { maximumSignificantDigits });
    formats.set(maximumSignificantDigits, format);
  }
  return format;
}

/** A fraction as a percentage, never rounded to 0 or 100 unless it is: `74.9 %`, `99.96 %`, `< 0.01 %`. */
export function formatFraction(value: number | undefined): string {
  if (value === undefined) return noValue;
  const percent = value * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  if (percent < 100 && percent > 99.99) return '> 99.99 %';
  const nearEnd = percent < 1 || (percent > 99 && percent < 100);
  return `${percent.toFixed(nearEnd ? 2 : 1)} %`;
}

/** A distance with a fixed number of decimals, so that a column of them lines up: `0.749`, `0.008`. */
export function formatDistance(value: number): string {
  return Math.abs(value) < 100 ? value.toFixed(3) : formatNumber(value);
}

/** A p-value: `0.0312`, `< 0.0001`. */
export function formatPValue(value: number | undefined): string {
  if (value === undefined) return noValue;
  return value < 0.0001 ? '< 0.0001' : formatNumber(value, 3);
}

/** A size on disk in units of 1000: `1.2 MB`. */
export function formatBytes(value: number): string {
  if (value < 1000) return `${value} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(value) / 3), units.length);
  return `${formatNumber(value / 1000 ** power, 3)} ${units[power - 1]}`;
}
