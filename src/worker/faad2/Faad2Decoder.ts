/**
 * One FAAD2 decoder over one stream of AAC access units: bytes in, interleaved floats out. A unit that it can't
 * decode is an answer, not an exception; after a trap in its code it goes on with a new instance.
 */
import { compileFaad2, instantiateFaad2, type Faad2Exports } from "./faad2Wasm";

/**
 * How the stream describes itself: by MPEG-4's AudioSpecificConfig, or by its first ADTS frame, which must then stay
 * whole (for streams that describe their channels within).
 */
export type AacSetup = { kind: "config"; bytes: Uint8Array } | { kind: "adts"; bytes: Uint8Array };

/** What came out of one unit. */
export interface AacFrame {
  /** Interleaved, full scale 1. Only valid until the next unit. */
  samples: Float32Array;
  /** Frames a channel. */
  length: number;
  /** Channels in `samples`; a mono stream comes as two equal ones. */
  channels: number;
  /** Hz. */
  sampleRate: number;
  /** Spectral band replication was in use (HE-AAC). */
  hasSbr: boolean;
  /** Parametric stereo was in use (HE-AAC v2). */
  hasStereoData: boolean;
  /** One of {@link CHANNEL_PLACE} a channel; 0 is unknown. */
  places: Uint8Array;
  /** Bytes of the unit that were used. */
  bytesUsed: number;
}

// NeAACDecFrameInfo and NeAACDecConfiguration as clang lays them out for wasm32.
const INFO = {
  bytesUsed: 0,
  samples: 4,
  channels: 8,
  error: 9,
  sampleRate: 12,
  sbr: 16,
  places: 23,
  ps: 87,
  length: 88,
};
const CONFIGURATION = { outputFormat: 8, keepsImplicitRate: 11 };
const FORMAT_FLOAT = 4;
/** Room for one unit; a unit of 8 channels has at most 6144 bytes. */
const MAX_UNIT_BYTES = 64 * 1024;

/** A stream on which FAAD2 traps again and again is given up. */
const MAX_RESTARTS = 100;

export class Faad2Decoder {
  readonly #module: WebAssembly.Module;
  readonly #setup: AacSetup;
  readonly #doublesRate: boolean;
  #faad2: Faad2Exports;
  #decoder = 0;
  #info = 0;
  #input = 0;
  #restarts = 0;

  private constructor(module: WebAssembly.Module, setup: AacSetup, doublesRate: boolean) {
    this.#module = module;
    this.#faad2 = instantiateFaad2(module);
    this.#setup = setup;
    this.#doublesRate = doublesRate;
  }

  /**
   * A decoder for a stream, or null when FAAD2 does not know its kind.
   *
   * @param doublesRate - whether a stream of at most 24 kHz that does not say so holds band replication.
   */
  static async open(setup: AacSetup, doublesRate: boolean): Promise<Faad2Decoder | null> {
    const opened = new Faad2Decoder(await compileFaad2(), setup, doublesRate);
    return opened.#start() ? opened : null;
  }

  /** Decodes one unit; null when it is broken. */
  decode(unit: Uint8Array): AacFrame | null {
    if (unit.length > MAX_UNIT_BYTES || this.#restarts > MAX_RESTARTS) return null;
    try {
      return this.#decode(unit);
    } catch (error) {
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      // Its memory may be in any state: the next unit meets a new instance.
      this.#restarts++;
      this.#faad2 = instantiateFaad2(this.#module);
      this.#start();
      return null;
    }
  }

  #start(): boolean {
    const faad2 = this.#faad2;
    this.#decoder = faad2.NeAACDecOpen();
    this.#info = faad2.malloc(INFO.length);
    this.#input = faad2.malloc(MAX_UNIT_BYTES);
    return this.#init(this.#setup, this.#doublesRate);
  }

  #init({ kind, bytes }: AacSetup, doublesRate: boolean): boolean {
    const faad2 = this.#faad2;
    const configuration = faad2.NeAACDecGetCurrentConfiguration(this.#decoder);
    const memory = new Uint8Array(faad2.memory.buffer);
    memory[configuration + CONFIGURATION.outputFormat] = FORMAT_FLOAT;
    memory[configuration + CONFIGURATION.keepsImplicitRate] = doublesRate ? 0 : 1;
    faad2.NeAACDecSetConfiguration(this.#decoder, configuration);
    if (bytes.length === 0 || bytes.length > MAX_UNIT_BYTES) return false;
    memory.set(bytes, this.#input);
    // The two answers for rate and channels go where the frame's account will be: it says the same.
    const [rate, channels] = [this.#info, this.#info + INFO.channels];
    try {
      const answer =
        kind === "config"
          ? faad2.NeAACDecInit2(this.#decoder, this.#input, bytes.length, rate, channels)
          : faad2.NeAACDecInit(this.#decoder, this.#input, bytes.length, rate, channels);
      if (answer < 0) return false;
      // It would keep the first frame for itself, as if a file could only begin with an encoder's silence.
      faad2.NeAACDecPostSeekReset(this.#decoder, 1);
      return true;
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) return false;
      throw error;
    }
  }

  #decode(unit: Uint8Array): AacFrame | null {
    const faad2 = this.#faad2;
    new Uint8Array(faad2.memory.buffer, this.#input, unit.length).set(unit);
    const samples = faad2.NeAACDecDecode(this.#decoder, this.#info, this.#input, unit.length);
    const info = new DataView(faad2.memory.buffer, this.#info, INFO.length);
    const count = info.getUint32(INFO.samples, true);
    const channels = info.getUint8(INFO.channels);
    if (samples === 0 || info.getUint8(INFO.error) !== 0 || count === 0 || channels === 0) return null;
    return {
      samples: new Float32Array(faad2.memory.buffer, samples, count),
      length: count / channels,
      channels,
      sampleRate: info.getUint32(INFO.sampleRate, true),
      hasSbr: info.getUint8(INFO.sbr) !== 0,
      hasStereoData: info.getUint8(INFO.ps) !== 0,
      places: new Uint8Array(faad2.memory.buffer, this.#info + INFO.places, channels),
      bytesUsed: info.getUint32(INFO.bytesUsed, true),
    };
  }
}
