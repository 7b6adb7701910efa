/** What the codecs inside MP4 have in common: one access unit in, the frames of that unit out. */
import type { SampleLayout } from "./BlockBuffer";

export interface DecodedUnit {
  /** Only valid until the next unit. */
  samples: Float32Array | Int32Array;
  /** Where in `samples` they lie; channels in WAV's order. */
  layout: SampleLayout;
  /** Frames a channel. */
  length: number;
  /** What a sample is multiplied by to have full scale at 1. */
  factor: number;
}

export interface UnitDecoder {
  codec: string;
  lossless: boolean;
  /** Hz, of the decoded samples. */
  sampleRate: number;
  channels: number;
  bitDepth: number | null;
  /** Frames at the start that are to be left out where no edit list says which; absent for none. */
  delay?: number;
  /** Null when the unit is broken; the next one may be given all the same. */
  decode(unit: Uint8Array): DecodedUnit | null | Promise<DecodedUnit | null>;
  /** Gives the decoder's memory back, where the garbage collector does not. */
  close?(): void;
}
