/** From margins to predictions, in place: row after row, the outputs of a row beside each other. */
export type Link = (margins: Float64Array, outputs: number) => Float64Array;

export const identity: Link = (margins) => margins;

/** The logistic function of `sigmoid` times each margin. */
export function logistic(sigmoid = 1): Link {
  return each((margin) => 1 / (1 + Math.exp(-sigmoid * margin)));
}

export const exponential: Link = each(Math.exp);

/** A function of each margin alone. */
export function each(of: (margin: number) => number): Link {
  return (margins) => {
    for (let i = 0; i < margins.length; i++) margins[i] = of(margins[i]!);
    return margins;
  };
}

/** A row's outputs as probabilities that sum to 1. */
export const softmax: Link = (margins, outputs) => {
  for (let begin = 0; begin < margins.length; begin += outputs) {
    const row = margins.subarray(begin, begin + outputs);
    const most = row.reduce((a, b) => Math.max(a, b));
    let sum = 0;
    for (let i = 0; i < outputs; i++) sum += row[i] = Math.exp(row[i]! - most);
    for (let i = 0; i < outputs; i++) row[i]! /= sum;
  }
  return margins;
};

/** Names of outputs: "label0" for one, as the service has it, the numbers of the classes for several. */
export function outputNamesOf(count: number): string[] {
  return count === 1 ? ['label0'] : Array.from({ length: count }, (_, index) => String(index));
}
