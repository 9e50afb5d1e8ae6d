/**
 * The inverse of a symmetric positive definite matrix, by Cholesky's factors.
 *
 * @param matrix - row after row; its lower triangle is read. Not modified.
 * @param size - how many rows.
 * @returns undefined where the matrix is not positive definite, or so nearly that no digit would be left. Time O(size³).
 * @see Source: Golub and Van Loan, "Matrix Computations", 4th edition, algorithm 4.2.2. Golden values: test/golden/explain,
 *   through Kernel SHAP.
 */
export function invertPositiveDefinite(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = choleskyFactor(matrix, size);
  if (factor === undefined) return undefined;
  const inverse = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const solution = inverse.subarray(column * size, (column + 1) * size);
    solution[column] = 1;
    solveLower(factor, solution);
    solveUpper(factor, solution);
  }
  return inverse;
}

/** L of L·Lᵀ, row after row. */
function choleskyFactor(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column]!;
      for (let k = 0; k < column; k++) rest -= factor[row * size + k]! * factor[column * size + k]!;
      if (column < row) factor[row * size + column] = rest / factor[column * size + column]!;
      else if (rest > matrix[row * size + row]! * size * Number.EPSILON) factor[row * size + row] = Math.sqrt(rest);
      else return undefined;
    }
  }
  return factor;
}

function solveLower(factor: Float64Array, solution: Float64Array): void {
  const size = solution.length;
  for (let row = 0; row < size; row++) {
    let rest = solution[row]!;
    for (let k = 0; k < row; k++) rest -= factor[row * size + k]! * solution[k]!;
    solution[row] = rest / factor[row * size + row]!;
  }
}

function solveUpper(factor: Float64Array, solution: Float64Array): void {
  const size = solution.length;
  for (let row = size - 1; row >= 0; row--) {
    let rest = solution[row]!;
    for (let k = row + 1; k < size; k++) rest -= factor[k * size + row]! * solution[k]!;
    solution[row] = rest / factor[row * size + row]!;
  }
}
