/**
 * AAC access units by FAAD2, whatever they come in. Streams need not say that they hold band replication or
 * parametric stereo (HE-AAC): the first units are decoded once for trial to find out.
 */
import { Faad2Decoder, type AacFrame, type AacSetup } from "../../faad2/Faad2Decoder";
import { parseAacConfig } from "./aacConfig";
import { adtsConfig } from "./adtsFrames";
import type { SampleLayout } from "../BlockBuffer";
import type { DecodedUnit, UnitDecoder } from "../unitDecoder";

/** Units that are decoded for trial. */
export const TRIAL_UNITS = 8;
/** Up to this rate a stream may hold band replication without saying so. */
const MAX_IMPLICIT_RATE = 24000;

/** The rank in WAV's order of FAAD2's names for places: centre, left, right, sides, backs, back centre, LFE. */
const WAVE_RANK: Partial<Record<number, number>> = { 2: 0, 3: 1, 1: 2, 9: 3, 6: 4, 7: 5, 8: 6, 4: 7, 5: 8 };

interface Trial {
  sampleRate: number;
  channels: number;
  hasSbr: boolean;
  hasStereoData: boolean;
}

/**
 * Starts a decoder for a stream; null when it is a kind of AAC that FAAD2 does not know.
 *
 * @param units - the stream's first units.
 */
export async function openAac(setup: AacSetup, units: Uint8Array[]): Promise<AacDecoder | null> {
  const config = setup.kind === "config" ? parseAacConfig(setup.bytes) : adtsConfig(setup.bytes);
  const trial = await tryUnits(setup, units);
  if (!trial || !config) return null;
  const isDoubled = trial.hasSbr && !config.hasSbr && config.sampleRate <= MAX_IMPLICIT_RATE;
  const decoder = await Faad2Decoder.open(setup, isDoubled);
  if (!decoder) return null;
  // FAAD2 gives two channels for one, in case that parametric stereo comes.
  const isMono = config.channels === 1 && !trial.hasStereoData;
  return new AacDecoder(decoder, {
    codec: trial.hasStereoData ? "HE-AAC v2" : trial.hasSbr || config.hasSbr ? "HE-AAC" : "AAC",
    sampleRate: isDoubled ? 2 * config.sampleRate : trial.sampleRate || config.outputRate,
    channels: isMono ? 1 : trial.channels || Math.max(1, config.channels),
  });
}

/** What the units are like; zeros when none of them can be decoded, null when the stream can't be opened. */
async function tryUnits(setup: AacSetup, units: Uint8Array[]): Promise<Trial | null> {
  const decoder = await Faad2Decoder.open(setup, false);
  if (!decoder) return null;
  const trial: Trial = { sampleRate: 0, channels: 0, hasSbr: false, hasStereoData: false };
  for (const unit of units) {
    const frame = decoder.decode(unit);
    if (!frame) continue;
    trial.sampleRate = frame.sampleRate;
    trial.channels = frame.channels;
    trial.hasSbr ||= frame.hasSbr;
    trial.hasStereoData ||= frame.hasStereoData;
  }
  return trial;
}

export class AacDecoder implements UnitDecoder {
  readonly codec: string;
  readonly lossless = false;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitDepth = null;
  /** Bytes of the last unit that were used: a unit may hold several. */
  bytesUsed = 0;
  readonly #decoder: Faad2Decoder;
  #layout: SampleLayout | null = null;
  #places = "";

  constructor(
    decoder: Faad2Decoder,
    { codec, sampleRate, channels }: Pick<UnitDecoder, "codec" | "sampleRate" | "channels">,
  ) {
    this.#decoder = decoder;
    this.codec = codec;
    this.sampleRate = sampleRate;
    this.channels = channels;
  }

  decode(unit: Uint8Array): DecodedUnit | null {
    // Zeros are no audio; to FAAD2 they look like many channels.
    const frame = isZero(unit) ? null : this.#decoder.decode(unit);
    if (!frame || !this.#isOurs(frame)) return null;
    this.bytesUsed = frame.bytesUsed;
    return { samples: frame.samples, layout: this.#layoutOf(frame), length: frame.length, factor: 1 };
  }

  #isOurs({ channels, sampleRate }: AacFrame): boolean {
    return sampleRate === this.sampleRate && (channels === this.channels || this.channels === 1);
  }

  #layoutOf({ channels, places }: AacFrame): SampleLayout {
    const names = places.join();
    if (this.#layout && names === this.#places) return this.#layout;
    this.#places = names;
    const order = [...places.keys()].sort((a, b) => rankOf(places[a]) - rankOf(places[b]));
    return (this.#layout = { start: 0, sampleStep: channels, channelStep: 1, order });
  }
}

function rankOf(place: number | undefined): number {
  return WAVE_RANK[place ?? 0] ?? 9;
}

function isZero(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte !== 0) return false;
  return true;
}
