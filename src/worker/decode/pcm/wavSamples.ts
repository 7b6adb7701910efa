/**
 * From the bytes of interleaved PCM to Float32 a channel, for each sample encoding of WAV. Typed arrays
 * over the bytes are far faster than a DataView; all machines that Node runs on commonly are little endian.
 */
import { cleanSamples } from "../stream";

/** Spreads `frames` interleaved frames that start at the buffer's first byte over the channels. */
export type SampleReader = (bytes: ArrayBuffer, frames: number, channels: Float32Array[]) => void;

const readUnsigned8: SampleReader = (bytes, frames, channels) => {
  const input = new Uint8Array(bytes);
  spread(input, frames, channels, (value) => (value - 128) / 128);
};

// The commonest encodings have loops of their own: one that takes all kinds of arrays is half as fast or less.
const readSigned16: SampleReader = (bytes, frames, channels) => {
  const input = new Int16Array(bytes);
  const step = channels.length;
  channels.forEach((channel, c) => {
    for (let i = 0, at = c; i < frames; i++, at += step) channel[i] = (input[at] ?? 0) / 32768;
  });
};

const readSigned24: SampleReader = (bytes, frames, channels) => {
  const input = new Uint8Array(bytes);
  const step = channels.length * 3;
  channels.forEach((channel, c) => {
    for (let i = 0, at = c * 3; i < frames; i++, at += step) {
      const value = ((input[at] ?? 0) << 8) | ((input[at + 1] ?? 0) << 16) | ((input[at + 2] ?? 0) << 24);
      channel[i] = value / 2147483648;
    }
  });
};

const readSigned32: SampleReader = (bytes, frames, channels) => {
  const input = new Int32Array(bytes);
  spread(input, frames, channels, (value) => value / 2147483648);
};

const readFloat32: SampleReader = (bytes, frames, channels) => {
  const input = new Float32Array(bytes);
  const step = channels.length;
  channels.forEach((channel, c) => {
    for (let i = 0, at = c; i < frames; i++, at += step) channel[i] = input[at] ?? 0;
  });
  for (const channel of channels) cleanSamples(channel, frames);
};

const readFloat64: SampleReader = (bytes, frames, channels) => {
  const input = new Float64Array(bytes);
  spread(input, frames, channels, (value) => value);
  for (const channel of channels) cleanSamples(channel, frames);
};

function spread(
  input: Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array,
  frames: number,
  channels: Float32Array[],
  convert: (value: number) => number,
): void {
  const step = channels.length;
  for (let c = 0; c < step; c++) {
    const channel = channels[c];
    if (!channel) continue;
    for (let i = 0, at = c; i < frames; i++, at += step) channel[i] = convert(input[at] ?? 0);
  }
}

/** ITU-T G.711, table 1a: 13-bit values, as a fraction of 16-bit full scale. */
function expandALaw(code: number): number {
  const inverted = code ^ 0x55;
  const exponent = (inverted & 0x70) >> 4;
  const mantissa = ((inverted & 0x0f) << 4) + 8;
  const size = exponent === 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
  return (inverted & 0x80 ? size : -size) / 32768;
}

/** ITU-T G.711, table 2a: 14-bit values, as a fraction of 16-bit full scale. */
function expandMuLaw(code: number): number {
  const inverted = ~code & 0xff;
  const size = ((((inverted & 0x0f) << 3) + 0x84) << ((inverted & 0x70) >> 4)) - 0x84;
  return (inverted & 0x80 ? -size : size) / 32768;
}

function readByTable(expand: (code: number) => number): SampleReader {
  const table = Float32Array.from({ length: 256 }, (_, code) => expand(code));
  return (bytes, frames, channels) => {
    const input = new Uint8Array(bytes);
    spread(input, frames, channels, (code) => table[code] ?? 0);
  };
}

export type SampleEncoding = "integer" | "float" | "aLaw" | "muLaw";

/** The reader for an encoding in a container of so many bytes a sample; null when there is no such thing. */
export function sampleReader(encoding: SampleEncoding, bytesPerSample: number): SampleReader | null {
  switch (encoding) {
    case "integer":
      return [null, readUnsigned8, readSigned16, readSigned24, readSigned32][bytesPerSample] ?? null;
    case "float":
      return bytesPerSample === 4 ? readFloat32 : bytesPerSample === 8 ? readFloat64 : null;
    case "aLaw":
      return bytesPerSample === 1 ? readByTable(expandALaw) : null;
    case "muLaw":
      return bytesPerSample === 1 ? readByTable(expandMuLaw) : null;
  }
}
