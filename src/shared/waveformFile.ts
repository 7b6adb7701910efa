/**
 * The waveform as kept in `.playlista/views/<sha256>.bin` and sent to the page: for each bin the lowest,
 * the highest and the RMS sample over all channels. Little endian: "PLWV", version u16, reserved u16,
 * sampleRate u32, samplesPerBin u32, samples f64, bins u32, then min i16[bins], max i16[bins], rms u16[bins],
 * full scale at 32767.
 */
export interface Waveform {
  /** Hz. */
  sampleRate: number;
  samplesPerBin: number;
  /** Frames a channel in the whole file (the last bin may be partly filled). */
  samples: number;
  min: Int16Array;
  max: Int16Array;
  rms: Uint16Array;
}

const MAGIC = 0x56574c50; // "PLWV"
const VERSION = 1;
const HEADER_BYTES = 28;

export function encodeWaveform(waveform: Waveform): Uint8Array {
  const bins = waveform.min.length;
  const bytes = new Uint8Array(HEADER_BYTES + bins * 6);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint16(4, VERSION, true);
  view.setUint32(8, waveform.sampleRate, true);
  view.setUint32(12, waveform.samplesPerBin, true);
  view.setFloat64(16, waveform.samples, true);
  view.setUint32(24, bins, true);
  for (let i = 0; i < bins; i++) {
    view.setInt16(HEADER_BYTES + i * 2, waveform.min[i] ?? 0, true);
    view.setInt16(HEADER_BYTES + (bins + i) * 2, waveform.max[i] ?? 0, true);
    view.setUint16(HEADER_BYTES + (2 * bins + i) * 2, waveform.rms[i] ?? 0, true);
  }
  return bytes;
}

/** Null when the bytes are not a waveform of this version: it is then made anew by an analysis. */
export function decodeWaveform(bytes: Uint8Array): Waveform | null {
  if (bytes.byteLength < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bins = view.getUint32(24, true);
  const intact =
    view.getUint32(0, true) === MAGIC &&
    view.getUint16(4, true) === VERSION &&
    bytes.byteLength === HEADER_BYTES + bins * 6;
  if (!intact) return null;
  const min = new Int16Array(bins);
  const max = new Int16Array(bins);
  const rms = new Uint16Array(bins);
  for (let i = 0; i < bins; i++) {
    min[i] = view.getInt16(HEADER_BYTES + i * 2, true);
    max[i] = view.getInt16(HEADER_BYTES + (bins + i) * 2, true);
    rms[i] = view.getUint16(HEADER_BYTES + (2 * bins + i) * 2, true);
  }
  return {
    sampleRate: view.getUint32(8, true),
    samplesPerBin: view.getUint32(12, true),
    samples: view.getFloat64(16, true),
    min,
    max,
    rms,
  };
}
