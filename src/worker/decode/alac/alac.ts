/**
 * ALAC, Apple's lossless codec: an own decoder after the format's description, since the kept libraries are
 * slow or not free enough. All arithmetic is that of 32-bit integers, so what comes out is exact.
 */
import { AlacBits, type GolombSetup } from "./alacBits";
import { undoDifference, undoPrediction } from "./alacPredictor";
import type { SampleLayout } from "../BlockBuffer";
import type { DecodedUnit, UnitDecoder } from "../unitDecoder";

interface AlacConfig {
  frameLength: number;
  bitDepth: number;
  golomb: GolombSetup & { historyFactor: number };
  channels: number;
  sampleRate: number;
}

const CONFIG_BYTES = 24;
const MAX_FRAME_LENGTH = 65536;
const MAX_CHANNELS = 8;

/** Kinds of elements in a frame. */
const SINGLE = 0;
const PAIR = 1;
const LOW_FREQUENCIES = 3;
const DATA = 4;
const FILL = 6;
const END = 7;
/** So many coefficients stand for {@link undoDifference} in place of the predictor. */
const DIFFERENCE_ONLY = 31;

/** Order of the file's channels in WAV's order, by their number: the file begins with the centre. */
const WAVE_ORDER: Partial<Record<number, readonly number[]>> = {
  3: [1, 2, 0],
  4: [1, 2, 0, 3],
  5: [1, 2, 0, 3, 4],
  6: [1, 2, 0, 5, 3, 4],
  7: [1, 2, 0, 6, 3, 4, 5],
  8: [3, 4, 0, 7, 5, 6, 1, 2],
};

/** What one channel's prediction needs. */
interface Prediction {
  /** Not 0: differences are undone before. */
  mode: number;
  shift: number;
  historyFactor: number;
  coefficients: Int16Array;
}

/** A decoder by the "magic cookie"; null when it is none, or asks for what the format does not have. */
export function openAlac(cookie: Uint8Array): AlacDecoder | null {
  const config = parseCookie(cookie);
  return config && new AlacDecoder(config);
}

function parseCookie(cookie: Uint8Array): AlacConfig | null {
  // QuickTime puts a box of the original format, and a header, before it.
  const start = isNamed(cookie, "frma") ? 24 : isNamed(cookie, "alac") ? 12 : 0;
  if (cookie.length < start + CONFIG_BYTES) return null;
  const view = new DataView(cookie.buffer, cookie.byteOffset + start, CONFIG_BYTES);
  const config: AlacConfig = {
    frameLength: view.getUint32(0),
    bitDepth: view.getUint8(5),
    golomb: {
      historyFactor: view.getUint8(6),
      initialMean: view.getUint8(7),
      maxBits: view.getUint8(8),
    },
    channels: view.getUint8(9),
    sampleRate: view.getUint32(20),
  };
  const { frameLength, bitDepth, channels, golomb } = config;
  const isUsable =
    view.getUint8(4) === 0 &&
    frameLength > 0 &&
    frameLength <= MAX_FRAME_LENGTH &&
    [16, 20, 24, 32].includes(bitDepth) &&
    channels > 0 &&
    channels <= MAX_CHANNELS &&
    golomb.maxBits > 0 &&
    golomb.maxBits <= 22;
  return isUsable ? config : null;
}

function isNamed(bytes: Uint8Array, name: string): boolean {
  return String.fromCharCode(...bytes.subarray(4, 8)) === name;
}

export class AlacDecoder implements UnitDecoder {
  readonly codec = "ALAC";
  readonly lossless = true;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitDepth: number;
  readonly #config: AlacConfig;
  readonly #bits = new AlacBits();
  /** All channels, one after the other in the file's order. */
  readonly #samples: Int32Array;
  readonly #lowBits: Uint16Array;
  readonly #layout: SampleLayout;
  #length = 0;

  constructor(config: AlacConfig) {
    const { frameLength, channels } = config;
    this.#config = config;
    this.sampleRate = config.sampleRate;
    this.channels = channels;
    this.bitDepth = config.bitDepth;
    this.#samples = new Int32Array(channels * frameLength);
    this.#lowBits = new Uint16Array(2 * frameLength);
    const order = WAVE_ORDER[channels];
    this.#layout = { start: 0, sampleStep: 1, channelStep: frameLength, ...(order && { order }) };
  }

  decode(unit: Uint8Array): DecodedUnit | null {
    this.#bits.load(unit);
    this.#length = this.#config.frameLength;
    if (!this.#decodeElements()) return null;
    const factor = 2 ** (1 - this.bitDepth);
    return { samples: this.#samples, layout: this.#layout, length: this.#length, factor };
  }

  /** All elements of a frame up to its end mark, which a frame that was read rightly has. */
  #decodeElements(): boolean {
    const bits = this.#bits;
    for (let channel = 0; !bits.isOverrun;) {
      const kind = bits.take(3);
      if (kind === END) return channel === this.channels && !bits.isOverrun;
      if (kind === DATA) this.#skipData();
      else if (kind === FILL) this.#skipFill();
      else if (kind === SINGLE || kind === LOW_FREQUENCIES || kind === PAIR) {
        const count = kind === PAIR ? 2 : 1;
        if (channel + count > this.channels || !this.#decodeElement(channel, count)) return false;
        channel += count;
      } else return false;
    }
    return false;
  }

  #decodeElement(first: number, count: number): boolean {
    const bits = this.#bits;
    // The element's number, and 12 bits that are not in use.
    bits.skip(4 + 12);
    const hasLength = bits.take(1) === 1;
    const lowBits = bits.take(2) * 8;
    const isPlain = bits.take(1) === 1;
    const length = hasLength ? bits.take(32) : this.#config.frameLength;
    if (length === 0 || length > this.#config.frameLength || (first > 0 && length !== this.#length))
      return false;
    this.#length = length;
    if (isPlain) return this.#readPlain(first, count);
    const sampleBits = this.bitDepth - lowBits + count - 1;
    if (sampleBits < 1 || sampleBits > 32) return false;
    const mixBits = bits.take(8);
    const mixFactor = bits.takeSigned(8);
    const predictions = Array.from({ length: count }, () => this.#readPrediction());
    const lowBitsAt = bits.place;
    bits.skip(lowBits * count * length);
    for (const [i, prediction] of predictions.entries()) {
      if (!this.#readChannel(first + i, sampleBits, prediction)) return false;
    }
    if (count === 2 && mixFactor !== 0) this.#unmix(first, mixBits, mixFactor);
    if (lowBits > 0) this.#addLowBits(first, count, lowBits, lowBitsAt);
    return true;
  }

  #channel(index: number): Int32Array {
    const start = index * this.#config.frameLength;
    return this.#samples.subarray(start, start + this.#length);
  }

  #readPlain(first: number, count: number): boolean {
    const channels = Array.from({ length: count }, (_, i) => this.#channel(first + i));
    for (let i = 0; i < this.#length && !this.#bits.isOverrun; i++) {
      for (const channel of channels) channel[i] = this.#bits.takeSigned(this.bitDepth);
    }
    return !this.#bits.isOverrun;
  }

  #readPrediction(): Prediction {
    const bits = this.#bits;
    const mode = bits.take(4);
    const shift = bits.take(4);
    const historyFactor = (bits.take(3) * this.#config.golomb.historyFactor) >> 2;
    const coefficients = Int16Array.from({ length: bits.take(5) }, () => bits.takeSigned(16));
    return { mode, shift, historyFactor, coefficients };
  }

  #readChannel(index: number, sampleBits: number, prediction: Prediction): boolean {
    const channel = this.#channel(index);
    const { mode, shift, historyFactor, coefficients } = prediction;
    const setup = { ...this.#config.golomb, historyFactor };
    if (!this.#bits.takeResiduals(channel, this.#length, sampleBits, setup)) return false;
    if (mode !== 0) undoDifference(channel, this.#length, sampleBits);
    if (coefficients.length === DIFFERENCE_ONLY) undoDifference(channel, this.#length, sampleBits);
    else if (coefficients.length > 0) {
      undoPrediction(channel, this.#length, coefficients, { bits: sampleBits, shift });
    }
    return true;
  }

  /** From a weighted mean and a difference to left and right. */
  #unmix(first: number, mixBits: number, mixFactor: number): void {
    const left = this.#channel(first);
    const right = this.#channel(first + 1);
    for (let i = 0; i < this.#length; i++) {
      const difference = right[i] ?? 0;
      const sum = (left[i] ?? 0) + difference - (Math.imul(difference, mixFactor) >> mixBits);
      left[i] = sum;
      right[i] = sum - difference;
    }
  }

  /** The lowest bits of deep samples are noise, and stand apart as they are. */
  #addLowBits(first: number, count: number, lowBits: number, place: number): void {
    const bits = this.#bits;
    const end = bits.place;
    bits.seek(place);
    const total = this.#length * count;
    for (let i = 0; i < total; i++) this.#lowBits[i] = bits.take(lowBits);
    bits.seek(end);
    for (let c = 0; c < count; c++) {
      const channel = this.#channel(first + c);
      for (let i = 0, at = c; i < this.#length; i++, at += count) {
        channel[i] = ((channel[i] ?? 0) << lowBits) | (this.#lowBits[at] ?? 0);
      }
    }
  }

  #skipData(): void {
    const bits = this.#bits;
    bits.skip(4);
    const isAligned = bits.take(1) === 1;
    let count = bits.take(8);
    if (count === 255) count += bits.take(8);
    if (isAligned) bits.seek(Math.ceil(bits.place / 8) * 8);
    bits.skip(count * 8);
  }

  #skipFill(): void {
    let count = this.#bits.take(4);
    if (count === 15) count += this.#bits.take(8) - 1;
    this.#bits.skip(count * 8);
  }
}
