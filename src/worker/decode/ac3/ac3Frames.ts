/** Frames of AC-3 (ATSC A/52): their headers and their check sums. */

export const AC3_FRAME_SAMPLES = 1536;
/** As much of a frame as `parseAc3Header` looks at. */
export const AC3_HEADER_BYTES = 8;

const RATES = [48000, 44100, 32000];
const KILOBITS = [32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640];
/** By the mode of audio coding, without low frequencies. */
const CHANNELS = [2, 1, 2, 3, 3, 4, 4, 5];
/** The same modes as WAV's channel masks: one surround channel is the back centre, two are the sides. */
const MASKS = [0x3, 0x4, 0x3, 0x7, 0x103, 0x107, 0x603, 0x607];
const LOW_FREQUENCIES = 0x8;
const MAX_PLAIN_VERSION = 10;

export interface Ac3Header {
  sampleRate: number;
  channels: number;
  /** Where the channels stand, as WAV's channel mask. */
  channelMask: number;
  /** Of the whole frame. */
  bytes: number;
}

/** The header at `at`; null when no frame of AC-3 starts there. */
export function parseAc3Header(bytes: Uint8Array, at: number): Ac3Header | null {
  if (bytes.length < at + AC3_HEADER_BYTES || bytes[at] !== 0x0b || bytes[at + 1] !== 0x77) return null;
  const rateCode = (bytes[at + 4] ?? 0) >> 6;
  const sizeCode = (bytes[at + 4] ?? 0) & 63;
  const version = (bytes[at + 5] ?? 0) >> 3;
  const rate = RATES[rateCode];
  const kilobits = KILOBITS[sizeCode >> 1];
  if (!rate || !kilobits || version > MAX_PLAIN_VERSION) return null;
  const mode = (bytes[at + 6] ?? 0) >> 5;
  const bits = (((bytes[at + 6] ?? 0) << 8) | (bytes[at + 7] ?? 0)) & 0x1fff;
  // Mixing levels of centre and surround, and the mark of Dolby Surround, stand before the flag if they apply.
  const skipped = (mode & 1 && mode !== 1 ? 2 : 0) + (mode & 4 ? 2 : 0) + (mode === 2 ? 2 : 0);
  const hasLowFrequencies = (bits >> (12 - skipped)) & 1;
  return {
    // Versions 9 and 10 halve and quarter the rate.
    sampleRate: rate >> Math.max(0, version - 8),
    channels: (CHANNELS[mode] ?? 2) + hasLowFrequencies,
    channelMask: (MASKS[mode] ?? 0) | (hasLowFrequencies ? LOW_FREQUENCIES : 0),
    bytes: frameBytes(rate, kilobits, sizeCode & 1),
  };
}

function frameBytes(rate: number, kilobits: number, isPadded: number): number {
  if (rate === 44100) return 2 * (Math.floor((320 * kilobits) / 147) + isPadded);
  return (kilobits * 192000) / rate;
}

/** Whether a frame of Enhanced AC-3, which is another codec, starts at `at`. */
export function isEnhancedAc3(bytes: Uint8Array, at: number): boolean {
  const version = (bytes[at + 5] ?? 0) >> 3;
  return bytes[at] === 0x0b && bytes[at + 1] === 0x77 && version > MAX_PLAIN_VERSION && version <= 16;
}

const CRC_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1;
  return crc;
});

/** Whether a whole frame is as it was written. */
export function isAc3Intact(frame: Uint8Array): boolean {
  let crc = 0;
  for (let i = 2; i < frame.length; i++) {
    crc = ((crc << 8) & 0xffff) ^ (CRC_TABLE[(crc >> 8) ^ (frame[i] ?? 0)] ?? 0);
  }
  return crc === 0;
}
