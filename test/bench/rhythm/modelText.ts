/** Writes the fitted models as the source files that the measurement reads. */
import { format, resolveConfig } from "prettier";
import type { Network } from "./fitModels";

/** Of the hidden units' weights, which are of features of deviation 1. */
const DECIMALS = 3;
/** Units whose weight in a network's score is less are left out: the decay has all but taken them away. */
const DEAD = 0.02;

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
  const units = networks.flatMap(unitsOf).filter(({ output }) => Math.abs(output) >= DEAD);
  const rows = units.map(
    ({ weights }) => `    ${list(weights.map((weight) => Number(weight.toFixed(DECIMALS))))},`,
  );
  return `{
  means: ${list(one.means)},
  deviations: ${list(one.deviations)},
  hidden: [
${rows.join("\n")}
  ],
  biases: ${list(units.map(({ bias }) => bias))},
  output: ${list(units.map(({ output }) => share * output))},
  linear: ${list(linear)},
}`;
}

interface Unit {
  weights: readonly number[];
  bias: number;
  output: number;
}

function unitsOf({ hidden, biases, output }: Network): Unit[] {
  return hidden.map((weights, h) => ({ weights, bias: biases[h] ?? 0, output: output[h] ?? 0 }));
}

/** As it is kept in the repository. */
export async function formatted(text: string, path: string): Promise<string> {
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

function list(values: readonly number[]): string {
  return `[${values.map((value) => Number(value.toPrecision(3))).join(", ")}]`;
}
