/** A small network that says how like the right one something is: rectified hidden units beside a linear term. */

export interface Network {
  /** Features are scaled by these. */
  means: readonly number[];
  deviations: readonly number[];
  /** Weights of each hidden unit. */
  hidden: readonly (readonly number[])[];
  biases: readonly number[];
  /** Weight of each hidden unit in the score. */
  output: readonly number[];
  /** Weight of each feature in the score. */
  linear: readonly number[];
}

/** Features are clipped to so many deviations. */
const CLIP = 4;

/** The score of what has these features. */
export function networkScore(network: Network, features: readonly number[]): number {
  const { means, deviations, hidden, biases, output, linear } = network;
  const scaled = features.map((value, i) =>
    Math.max(-CLIP, Math.min(CLIP, (value - (means[i] ?? 0)) / (deviations[i] ?? 1))),
  );
  let sum = dot(scaled, linear);
  for (let h = 0; h < hidden.length; h++) {
    sum += Math.max(0, (biases[h] ?? 0) + dot(scaled, hidden[h] ?? [])) * (output[h] ?? 0);
  }
  return sum;
}

function dot(values: readonly number[], weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i] as number) * (weights[i] ?? 0);
  return sum;
}
