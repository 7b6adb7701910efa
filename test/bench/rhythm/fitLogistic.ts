/** Logistic regression by Newton steps, for a handful of features. */

export interface Case {
  /** The first is 1. */
  features: readonly number[];
  right: boolean;
  weight: number;
}

const STEPS = 30;
/** Pull of all weights but the first towards 0, in cases. */
const RIDGE = 1;

/** Weights whose sum over the features is the logit of being right. */
export function fitLogistic(cases: readonly Case[]): number[] {
  const size = cases[0]?.features.length ?? 0;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((weight, i) => (i === 0 ? 0 : -RIDGE * weight));
    const bend = weights.map((_, i) =>
      weights.map((__, j): number => (i === j && i > 0 ? RIDGE : i === j ? 1e-6 : 0)),
    );
    for (const { features, right, weight } of cases) {
      const logit = features.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
      const chance = 1 / (1 + Math.exp(-logit));
      for (const [i, value] of features.entries()) {
        slope[i] = (slope[i] ?? 0) + weight * value * (Number(right) - chance);
        const row = bend[i] ?? [];
        for (const [j, other] of features.entries()) {
          row[j] = (row[j] ?? 0) + weight * value * other * chance * (1 - chance);
        }
      }
    }
    const move = solve(bend, slope);
    weights = weights.map((weight, i) => weight + (move[i] ?? 0));
  }
  return weights;
}

/** Gauss elimination of a symmetric positive system. */
function solve(matrix: number[][], values: number[]): number[] {
  const size = values.length;
  for (let i = 0; i < size; i++) {
    const pivot = matrix[i]?.[i] ?? 1;
    for (let r = i + 1; r < size; r++) {
      const factor = (matrix[r]?.[i] ?? 0) / pivot;
      const row = matrix[r] ?? [];
      for (let c = i; c < size; c++) row[c] = (row[c] ?? 0) - factor * (matrix[i]?.[c] ?? 0);
      values[r] = (values[r] ?? 0) - factor * (values[i] ?? 0);
    }
  }
  for (let i = size - 1; i >= 0; i--) {
    let rest = values[i] ?? 0;
    for (let c = i + 1; c < size; c++) rest -= (matrix[i]?.[c] ?? 0) * (values[c] ?? 0);
    values[i] = rest / (matrix[i]?.[i] ?? 1);
  }
  return values;
}
