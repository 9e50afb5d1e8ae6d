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
