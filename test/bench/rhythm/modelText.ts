/** Writes the fitted models as the source files that the measurement reads. */
import type { Network } from "./fitModels";

/** Several networks on the same scale are told as one whose answer is their mean. */
export function tempoText(first: readonly number[], networks: readonly Network[]): string {
  const [one] = networks;
  if (!one) throw new Error("no networks");
  const share = 1 / networks.length;
  const linear = one.linear.map(
    (_, i) => share * networks.reduce((sum, { linear }) => sum + (linear[i] ?? 0), 0),
  );
  const rows = networks.flatMap(({ hidden }) => hidden).map((weights) => `    ${list(weights)},`);
  return `/**
 * The weights of the two tempo models, written by test/bench/fitTempo.ts: do not edit. Features come in the order
 * of tempoFeatures.ts and are scaled by means and deviations for the second model.
 */

export interface TempoModel {
  /** Weight of each repetition feature in the first, linear model. */
  first: readonly number[];
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

export const TEMPO_MODEL: TempoModel = {
  first: ${list(first)},
  means: ${list(one.means)},
  deviations: ${list(one.deviations)},
  hidden: [
${rows.join("\n")}
  ],
  biases: ${list(networks.flatMap(({ biases }) => biases))},
  output: ${list(networks.flatMap(({ output }) => output.map((weight) => share * weight)))},
  linear: ${list(linear)},
};
`;
}

export function phaseText(weights: readonly number[]): string {
  return `/** The weights of the model of the beat's place, in the order of beatPhase.ts, written by test/bench/fitTempo.ts. */
export const PHASE_WEIGHTS: readonly number[] = ${list(weights)};
`;
}

function list(values: readonly number[]): string {
  return `[${values.map((value) => Number(value.toPrecision(3))).join(", ")}]`;
}
