/** Writes the fitted models as the source files that the measurement reads. */
import type { Network } from "./fitModels";

export function tempoText(first: readonly number[], networks: readonly Network[]): string {
  return `/**
 * The weights of the two tempo models, written by test/bench/fitTempo.ts: do not edit. Features come in the order
 * of tempoFeatures.ts and noteFeatures.ts.
 */
import type { Network } from "./network";

/** Weight of each repetition feature in the first, linear model. */
export const FIRST_WEIGHTS: readonly number[] = ${list(first)};

export const TEMPO_NETWORK: Network = ${networkText(networks)};
`;
}

export function phaseText(networks: readonly Network[]): string {
  return `/** The weights of the model of the beat's place, in the order of beatPhase.ts, written by test/bench/fitTempo.ts. */
import type { Network } from "./network";

export const PHASE_NETWORK: Network = ${networkText(networks)};
`;
}

/** Several networks on the same scale are told as one whose answer is their mean. */
function networkText(networks: readonly Network[]): string {
  const [one] = networks;
  if (!one) throw new Error("no networks");
  const share = 1 / networks.length;
  const linear = one.linear.map(
    (_, i) => share * networks.reduce((sum, { linear }) => sum + (linear[i] ?? 0), 0),
  );
  const rows = networks.flatMap(({ hidden }) => hidden).map((weights) => `    ${list(weights)},`);
  return `{
  means: ${list(one.means)},
  deviations: ${list(one.deviations)},
  hidden: [
${rows.join("\n")}
  ],
  biases: ${list(networks.flatMap(({ biases }) => biases))},
  output: ${list(networks.flatMap(({ output }) => output.map((weight) => share * weight)))},
  linear: ${list(linear)},
}`;
}

function list(values: readonly number[]): string {
  return `[${values.map((value) => Number(value.toPrecision(3))).join(", ")}]`;
}
