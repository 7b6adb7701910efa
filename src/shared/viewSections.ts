/**
 * The bytes of each part of a view file. A section that is absent was not measured; one whose numbers do
 * not fit its length makes the whole file count as damaged.
 */
import { hundredthsOf, SILENT, type View } from "./view";
import type { ByteReader, ByteWriter } from "./viewBytes";

interface Section {
  /** False when the view has no such part. */
  write: (view: View, to: ByteWriter) => boolean;
  /** Puts the part into the view; false when the bytes are not such a part. */
  read: (from: ByteReader, view: View) => boolean;
}

const wave: Section = {
  write: ({ waveform }, to) => {
    if (!waveform) return false;
    to.u32(waveform.sampleRate);
    to.u32(waveform.samplesPerBin);
    to.f64(waveform.samples);
    to.u32(waveform.min.length);
    to.i16s(waveform.min);
    to.i16s(waveform.max);
    to.u16s(waveform.rms);
    return true;
  },
  read: (from, view) => {
    const sampleRate = from.u32();
    const samplesPerBin = from.u32();
    const samples = from.f64();
    const bins = from.u32();
    const [min, max, rms] = [from.i16s(bins), from.i16s(bins), from.u16s(bins)];
    view.waveform = { sampleRate, samplesPerBin, samples, min, max, rms };
    return isRead(from) && sampleRate > 0 && samplesPerBin > 0 && samples >= 0 && Number.isFinite(samples);
  },
};

const loud: Section = {
  write: ({ loudness }, to) => {
    if (!loudness) return false;
    to.f64(loudness.step);
    to.u32(loudness.momentary.length);
    to.i16s(loudness.momentary);
    to.i16s(loudness.shortTerm);
    return true;
  },
  read: (from, view) => {
    const step = from.f64();
    const count = from.u32();
    view.loudness = { step, momentary: from.i16s(count), shortTerm: from.i16s(count) };
    return isRead(from) && isLength(step);
  },
};

/** Above what any measures: memory is taken for each band, be there levels or not. */
const MOST_BANDS = 4096;

const spec: Section = {
  write: ({ spectrogram }, to) => {
    if (!spectrogram) return false;
    to.f64(spectrogram.start);
    to.f64(spectrogram.step);
    to.f64(spectrogram.lowest);
    to.f64(spectrogram.highest);
    to.u32(spectrogram.bands);
    to.u32(spectrogram.levels.length);
    to.u8s(spectrogram.levels);
    return true;
  },
  read: (from, view) => {
    const [start, step, lowest, highest] = [from.f64(), from.f64(), from.f64(), from.f64()];
    const bands = from.u32();
    const levels = from.u8s(from.u32());
    view.spectrogram = { start, step, lowest, highest, bands, levels };
    const isBanded =
      bands > 0 && bands <= MOST_BANDS && levels.length % bands === 0 && lowest >= 0 && highest > lowest;
    return isRead(from) && isLength(step) && start >= 0 && isLength(start + highest) && isBanded;
  },
};

const PITCH_CLASSES = 12;
/** A byte of chroma for 1. */
const CHROMA_TOP = 255;

const segm: Section = {
  write: ({ segments }, to) => {
    if (!segments) return false;
    const { step, loudness, centroid, chroma } = segments;
    to.f64(step);
    to.u32(loudness.length);
    to.i16s(loudness.map(hundredthsOf));
    to.u16s(centroid.map((hz) => (hz === null ? 0 : Math.max(1, Math.round(hz)))));
    for (const classes of chroma) {
      to.u8s(classes?.map((share) => Math.round(share * CHROMA_TOP)) ?? new Uint8Array(PITCH_CLASSES));
    }
    return true;
  },
  read: (from, view) => {
    const step = from.f64();
    const count = from.u32();
    const loudness = from.i16s(count);
    const centroid = from.u16s(count);
    const chroma = from.u8s(count * PITCH_CLASSES);
    if (!isRead(from) || !isLength(step)) return false;
    view.segments = {
      step,
      loudness: Array.from(loudness, (value) => (value === SILENT ? null : value / 100)),
      centroid: Array.from(centroid, (hz) => (hz === 0 ? null : hz)),
      chroma: Array.from(centroid, (_, i) => chromaAt(chroma, i * PITCH_CLASSES)),
    };
    return true;
  },
};

function chromaAt(bytes: Uint8Array, at: number): number[] | null {
  const classes = Array.from(
    bytes.subarray(at, at + PITCH_CLASSES),
    (byte) => Math.round((byte / CHROMA_TOP) * 1000) / 1000,
  );
  return classes.some((share) => share > 0) ? classes : null;
}

/** Everything was there, and nothing is left. */
function isRead(from: ByteReader): boolean {
  return from.isIntact && from.remaining === 0;
}

function isLength(value: number): boolean {
  return value > 0 && Number.isFinite(value);
}

/** By the name in the file, in the order written. */
export const SECTIONS = { wave, loud, spec, segm } as const satisfies Record<string, Section>;
