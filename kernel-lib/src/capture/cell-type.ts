/** The lexical class of a present cell, as deequ's `StatefulDataType` tells it. */
export type CellType = 'integral' | 'fractional' | 'boolean' | 'text';

const integral = /^[-+]? ?\d+$/;
const fractional = /^[-+]? ?\d+(?:\.\d+|(?:\.\d+)?[Ee][-+]?\d+)$/;

/**
 * The lexical class of a cell: `3` and `+ 3` are integral, `3.0` and `1e-5` fractional, `true` and `false` boolean;
 * anything else is text, `NaN`, `inf`, `.5`, `5.`, `True` and the empty string included.
 *
 * @see Source: awslabs/deequ, `StatefulDataType`.
 */
export function cellType(text: string): CellType {
  if (integral.test(text)) return 'integral';
  if (fractional.test(text)) return 'fractional';
  return text === 'true' || text === 'false' ? 'boolean' : 'text';
}

/** The number that an integral or fractional cell stands for (the nearest double); undefined for other cells. */
export function cellNumber(text: string): number | undefined {
  if (!integral.test(text) && !fractional.test(text)) return undefined;
  return Number(text.replace(' ', ''));
}

/** A column's type in the service's files. */
export type ColumnType = 'Integral' | 'Fractional' | 'String' | 'Unknown';

/**
 * Whether a present cell is what a column of this type holds: whole numbers fit `Fractional`, and only what is no number
 * fits `String`. No value is known to fit `Unknown`, the type of a column without values.
 */
export function fitsType(text: string, type: ColumnType): boolean {
  const found = cellType(text);
  if (type === 'Integral') return found === 'integral';
  if (type === 'Fractional') return found === 'integral' || found === 'fractional';
  return type === 'String' && (found === 'text' || found === 'boolean');
}

/** The regular expression, for a whole cell, of what fits a numeric type. */
export const typePattern: Readonly<Record<'Integral' | 'Fractional', string>> = {
  Integral: '[-+]? ?\\d+',
  Fractional: '[-+]? ?\\d+(\\.\\d+)?([Ee][-+]?\\d+)?',
};
