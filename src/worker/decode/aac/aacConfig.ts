/** MPEG-4's AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1), as far as it tells rate, channels and band replication. */

export interface AacConfig {
  /** Audio object type: 2 is AAC-LC, 5 SBR, 29 SBR with parametric stereo, 42 USAC. */
  objectType: number;
  /** Hz, of the core. */
  sampleRate: number;
  /** Hz, of what is decoded by what is stated. */
  outputRate: number;
  /** 0 when they are described in the stream. */
  channels: number;
  /** It says that it holds band replication. */
  hasSbr: boolean;
}

/** Hz by index. */
export const AAC_RATES = [
  96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350,
] as const;

const SBR = 5;
const PARAMETRIC_STEREO = 29;
const SYNC_EXTENSION = 0x2b7;

/** Null when it is too short or names no rate. */
export function parseAacConfig(bytes: Uint8Array): AacConfig | null {
  if (bytes.length < 2) return null;
  const bits = new Bits(bytes);
  const objectType = bits.objectType();
  const sampleRate = bits.rate();
  const channels = channelsOf(bits.take(4));
  if (sampleRate === 0) return null;
  if (objectType === SBR || objectType === PARAMETRIC_STEREO) {
    return { objectType, sampleRate, outputRate: bits.rate() || 2 * sampleRate, channels, hasSbr: true };
  }
  // Three flags of the general configuration, then the sign that something newer follows.
  bits.take(3);
  const hasExtension = bits.take(11) === SYNC_EXTENSION && bits.objectType() === SBR && bits.take(1) === 1;
  const outputRate = hasExtension ? bits.rate() || 2 * sampleRate : sampleRate;
  return { objectType, sampleRate, outputRate, channels, hasSbr: hasExtension };
}

function channelsOf(configuration: number): number {
  return configuration === 7 ? 8 : configuration < 7 ? configuration : 0;
}

class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  take(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++, this.#at++) {
      value = value * 2 + (((this.#bytes[this.#at >> 3] ?? 0) >> (7 - (this.#at & 7))) & 1);
    }
    return value;
  }

  objectType(): number {
    const type = this.take(5);
    return type === 31 ? 32 + this.take(6) : type;
  }

  rate(): number {
    const index = this.take(4);
    return index === 15 ? this.take(24) : (AAC_RATES[index] ?? 0);
  }
}
