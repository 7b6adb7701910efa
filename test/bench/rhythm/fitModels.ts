/**
 * Fits the models: each divides its belief over a list of tempos or places (softmax of scores), and what is raised
 * is the logarithm of the belief on the right ones. Plain gradient ascent (Adam), the same numbers every time.
 */
import { seededRandom } from "../../fixtures/sound/random";

/** Features of one of them. */
type Row = readonly number[] | Float32Array | Float64Array;

export interface Choice {
  /** Features of each of what there is to choose from. */
  features: readonly Row[];
  /** Which of them are right. */
  right: readonly boolean[];
  weight: number;
}

interface Scaled extends Choice {
  features: readonly Float64Array[];
}

interface Scale {
  means: number[];
  deviations: number[];
}

export interface Network extends Scale {
  hidden: number[][];
  biases: number[];
  output: number[];
  linear: number[];
}

export interface Training {
  /** Hidden units; 0 fits a linear model. */
  units: number;
  epochs: number;
  /** Pull of the weights towards 0. */
  decay: number;
  /** Share of the features that are hidden, others at each look: no few of them are relied on. */
  hidden?: number;
  seed: number;
}

const BATCH = 64;
const FASTEST = 0.01;
const SLOWEST = 0.0005;
/** Belief that moves by less is left as it is: most of what there is to choose from is out of the question. */
const NEGLIGIBLE = 2e-3;
/** Features are clipped to so many deviations. */
const CLIP = 4;

export function fitNetwork(choices: readonly Choice[], training: Training): Network {
  const scale = scaleOf(choices);
  const inputs = scale.means.length;
  const random = seededRandom(training.seed);
  const state = new Adam(new Parameters(inputs, training.units, random), training.decay);
  const seen = seenOf(inputs, training.hidden ?? 0, random);
  const scaled = choices
    .filter(({ right, weight }) => right.includes(true) && weight > 0)
    .map((choice): Scaled => ({ ...choice, features: choice.features.map((row) => scaledRow(row, scale)) }));
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    shuffle(scaled, random);
    const rate = FASTEST * (1 - epoch / training.epochs) + SLOWEST;
    for (let from = 0; from < scaled.length; from += BATCH) {
      state.step(scaled.slice(from, from + BATCH).map(seen), rate);
    }
  }
  return { ...scale, ...state.parameters.asLists() };
}

/** Score of one row of features. */
export function scoreOf({ hidden, biases, output, linear, ...scale }: Network, row: Row): number {
  const scaled = scaledRow(row, scale);
  const dot = (weights: readonly number[]) =>
    scaled.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
  return hidden.reduce(
    (sum, weights, h) => sum + Math.max(0, (biases[h] ?? 0) + dot(weights)) * (output[h] ?? 0),
    dot(linear),
  );
}

function scaleOf(choices: readonly Choice[]): Scale {
  const size = choices[0]?.features[0]?.length ?? 0;
  const sums = (value: (row: Row, i: number) => number) => {
    const sum = new Array<number>(size).fill(0);
    let weights = 0;
    for (const { features, weight } of choices) {
      for (const row of features) {
        weights += weight;
        for (let i = 0; i < size; i++) sum[i] = (sum[i] ?? 0) + weight * value(row, i);
      }
    }
    return sum.map((total) => total / weights);
  };
  const means = sums((row, i) => row[i] ?? 0);
  const powers = sums((row, i) => ((row[i] ?? 0) - (means[i] ?? 0)) ** 2);
  return { means, deviations: powers.map((power) => Math.sqrt(power) || 1) };
}

function scaledRow(row: Row, { means, deviations }: Scale): Float64Array {
  return Float64Array.from(row, (value, i) =>
    Math.max(-CLIP, Math.min(CLIP, (value - (means[i] ?? 0)) / (deviations[i] ?? 1))),
  );
}

/** Hides the same features of all that there is to choose from. */
function seenOf(inputs: number, hidden: number, random: () => number): (choice: Scaled) => Scaled {
  if (hidden === 0) return (choice) => choice;
  return ({ features, ...choice }) => {
    const isSeen = Array.from({ length: inputs }, () => random() >= hidden);
    return { ...choice, features: features.map((row) => row.map((value, i) => (isSeen[i] ? value : 0))) };
  };
}

function shuffle(list: Scaled[], random: () => number): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [list[i], list[j]] = [list[j] as Scaled, list[i] as Scaled];
  }
}

/** All weights in one row: hidden units × inputs, biases, output, linear. */
class Parameters {
  readonly values: Float64Array;
  readonly inputs: number;
  readonly units: number;

  constructor(inputs: number, units: number, random: () => number) {
    this.inputs = inputs;
    this.units = units;
    this.values = new Float64Array(inputs * units + 2 * units + inputs);
    const spread = () => 1.4 * (random() + random() + random() + random() + random() + random() - 3);
    for (let i = 0; i < inputs * units; i++) this.values[i] = spread() / Math.sqrt(inputs);
    for (let h = 0; h < units; h++)
      this.values[inputs * units + units + h] = (0.5 * spread()) / Math.sqrt(units);
  }

  /** Score of a row; fills `activity` with that of the hidden units. */
  score(row: Float64Array, activity: Float64Array): number {
    const { values, inputs, units } = this;
    const biases = inputs * units;
    let sum = 0;
    for (let h = 0; h < units; h++) {
      const drive = (values[biases + h] as number) + dot(values, h * inputs, row);
      activity[h] = Math.max(0, drive);
      sum += (activity[h] as number) * (values[biases + units + h] as number);
    }
    return sum + dot(values, biases + 2 * units, row);
  }

  /** Adds `amount` times the gradient of a row's score. */
  addGradient(gradient: Float64Array, row: Float64Array, activity: Float64Array, amount: number): void {
    const { values, inputs, units } = this;
    const biases = inputs * units;
    const linear = biases + 2 * units;
    for (let h = 0; h < units; h++) {
      const active = activity[h] as number;
      if (active <= 0) continue;
      gradient[biases + units + h] = (gradient[biases + units + h] as number) + amount * active;
      const drive = amount * (values[biases + units + h] as number);
      gradient[biases + h] = (gradient[biases + h] as number) + drive;
      const first = h * inputs;
      for (let i = 0; i < inputs; i++) {
        gradient[first + i] = (gradient[first + i] as number) + drive * (row[i] as number);
      }
    }
    for (let i = 0; i < inputs; i++) {
      gradient[linear + i] = (gradient[linear + i] as number) + amount * (row[i] as number);
    }
  }

  asLists(): Pick<Network, "hidden" | "biases" | "output" | "linear"> {
    const { values, inputs, units } = this;
    const piece = (from: number, count: number) => [...values.subarray(from, from + count)];
    return {
      hidden: Array.from({ length: units }, (_, h) => piece(h * inputs, inputs)),
      biases: piece(inputs * units, units),
      output: piece(inputs * units + units, units),
      linear: piece(inputs * units + 2 * units, inputs),
    };
  }
}

/** With the weights from a place on; four sums at once do not wait for each other. */
function dot(weights: Float64Array, from: number, row: Float64Array): number {
  const fours = row.length & ~3;
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < fours; i += 4) {
    a += (weights[from + i] as number) * (row[i] as number);
    b += (weights[from + i + 1] as number) * (row[i + 1] as number);
    c += (weights[from + i + 2] as number) * (row[i + 2] as number);
    d += (weights[from + i + 3] as number) * (row[i + 3] as number);
  }
  for (let i = fours; i < row.length; i++) a += (weights[from + i] as number) * (row[i] as number);
  return a + b + (c + d);
}

class Adam {
  readonly parameters: Parameters;
  readonly #decay: number;
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #steps = 0;

  constructor(parameters: Parameters, decay: number) {
    this.parameters = parameters;
    this.#decay = decay;
    this.#first = new Float64Array(parameters.values.length);
    this.#second = new Float64Array(parameters.values.length);
  }

  step(batch: readonly Scaled[], rate: number): void {
    const { values } = this.parameters;
    const gradient = new Float64Array(values.length);
    const weight = batch.reduce((sum, choice) => sum + choice.weight, 0);
    for (const choice of batch) addChoice(this.parameters, choice, gradient);
    this.#steps++;
    const firstBias = 1 - 0.9 ** this.#steps;
    const secondBias = 1 - 0.995 ** this.#steps;
    for (let i = 0; i < values.length; i++) {
      const slope = (gradient[i] as number) / weight - this.#decay * (values[i] as number);
      this.#first[i] = 0.9 * (this.#first[i] as number) + 0.1 * slope;
      this.#second[i] = 0.995 * (this.#second[i] as number) + 0.005 * slope * slope;
      const scale = Math.sqrt((this.#second[i] as number) / secondBias) + 1e-8;
      values[i] = (values[i] as number) + (rate * (this.#first[i] as number)) / firstBias / scale;
    }
  }
}

function addChoice(
  parameters: Parameters,
  { features, right, weight }: Scaled,
  gradient: Float64Array,
): void {
  const activities = features.map(() => new Float64Array(parameters.units));
  const scores = features.map((row, j) => parameters.score(row, activities[j] as Float64Array));
  const most = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - most));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const good = shares.reduce((sum, share, j) => sum + (right[j] ? share : 0), 0);
  for (const [j, row] of features.entries()) {
    const share = shares[j] as number;
    const amount = weight * ((right[j] ? share / Math.max(1e-300, good) : 0) - share / all);
    if (Math.abs(amount) < NEGLIGIBLE * weight) continue;
    parameters.addGradient(gradient, row, activities[j] as Float64Array, amount);
  }
}
