/** What is written is read again, nothing else is, and no bytes whatever do harm. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SILENT, type View } from "../../../src/shared/view";
import { decodeView, encodeView } from "../../../src/shared/viewFile";

const NOTHING: View = { waveform: null, loudness: null, spectrogram: null, segments: null };

const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
const i16 = { min: -32768, max: 32767 };
const u16 = { min: 0, max: 65535 };

const waveform = fc
  .record({
    sampleRate: fc.integer({ min: 1, max: 768000 }),
    samplesPerBin: fc.integer({ min: 1, max: 2 ** 31 }),
    samples: fc.nat({ max: 2 ** 40 }),
    bins: fc.array(fc.tuple(fc.integer(i16), fc.integer(i16), fc.integer(u16)), { maxLength: 50 }),
  })
  .map(({ bins, ...rest }) => ({
    ...rest,
    min: Int16Array.from(bins, ([min]) => min),
    max: Int16Array.from(bins, ([, max]) => max),
    rms: Uint16Array.from(bins, ([, , rms]) => rms),
  }));

const loudness = fc
  .record({ step: positive, values: fc.array(fc.tuple(fc.integer(i16), fc.integer(i16)), { maxLength: 50 }) })
  .map(({ step, values }) => ({
    step,
    momentary: Int16Array.from(values, ([momentary]) => momentary),
    shortTerm: Int16Array.from(values, ([, shortTerm]) => shortTerm),
  }));

const spectrogram = fc
  .record({
    start: positive,
    step: positive,
    lowest: fc.double({ min: 0, max: 100, noNaN: true }),
    highest: fc.double({ min: 101, max: 24000, noNaN: true }),
    bands: fc.integer({ min: 1, max: 12 }),
    columns: fc.nat({ max: 10 }),
  })
  .chain(({ columns, ...rest }) =>
    fc
      .uint8Array({ minLength: columns * rest.bands, maxLength: columns * rest.bands })
      .map((levels) => ({ ...rest, levels: Uint8Array.from(levels) })),
  );

const segment = fc.record({
  loudness: fc.option(fc.integer({ min: -12000, max: 1000 }).map((value) => value / 100)),
  centroid: fc.option(fc.integer({ min: 1, max: 24000 })),
  chroma: fc.option(fc.array(fc.nat({ max: 255 }), { minLength: 12, maxLength: 12 })).map((bytes) => {
    return bytes?.some((byte) => byte > 0)
      ? bytes.map((byte) => Math.round((byte / 255) * 1000) / 1000)
      : null;
  }),
});
const segments = fc
  .record({ step: positive, list: fc.array(segment, { maxLength: 20 }) })
  .map(({ step, list }) => ({
    step,
    loudness: list.map((one) => one.loudness),
    centroid: list.map((one) => one.centroid),
    chroma: list.map((one) => one.chroma),
  }));

const anyView: fc.Arbitrary<View> = fc.record({
  waveform: fc.option(waveform),
  loudness: fc.option(loudness),
  spectrogram: fc.option(spectrogram),
  segments: fc.option(segments),
});

describe("a view's file", () => {
  it("is nothing when it claims more bands than there is memory for", () => {
    const none = { start: 0.1, step: 0.1, lowest: 30, highest: 20000, levels: new Uint8Array(0) };
    const claiming = (bands: number): View => ({ ...NOTHING, spectrogram: { ...none, bands } });
    expect(decodeView(encodeView(claiming(96)))).not.toBeNull();
    expect(decodeView(encodeView(claiming(4_000_000_000)))).toBeNull();
  });

  it("gives back what was written", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(decodeView(encodeView(view))).toEqual(view);
      }),
    );
  });

  it("gives back what is as large as a real one", () => {
    const levels = Uint8Array.from({ length: 96 * 2000 }, (_, i) => i % 256);
    const view = {
      ...NOTHING,
      waveform: {
        sampleRate: 44100,
        samplesPerBin: 512,
        samples: 1e7,
        min: Int16Array.from({ length: 20001 }, (_, i) => -i),
        max: Int16Array.from({ length: 20001 }, (_, i) => i),
        rms: Uint16Array.from({ length: 20001 }, (_, i) => 2 * i),
      },
      spectrogram: { start: 0.01, step: 0.02, lowest: 30, highest: 20000, bands: 96, levels },
    };
    expect(decodeView(encodeView(view))).toEqual(view);
  });

  it("is read where it lies in a larger buffer", () => {
    const bytes = encodeView({
      ...NOTHING,
      loudness: { step: 0.1, momentary: Int16Array.of(SILENT, -2300), shortTerm: Int16Array.of(1, 2) },
    });
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 3);
    expect(decodeView(larger.subarray(3, 3 + bytes.length))).toEqual(decodeView(bytes));
  });

  it("is nothing once a byte is missing or too many", () => {
    fc.assert(
      fc.property(anyView, fc.nat({ max: 1000 }), (view, cut) => {
        const bytes = encodeView(view);
        expect(decodeView(bytes.subarray(0, cut % bytes.length))).toBeNull();
        expect(decodeView(Uint8Array.of(...bytes, 0))).toBeNull();
      }),
    );
  });

  it("does no harm with bytes changed at random", () => {
    const change = fc.tuple(fc.nat({ max: 5000 }), fc.nat({ max: 255 }));
    fc.assert(
      fc.property(anyView, fc.array(change, { minLength: 1, maxLength: 8 }), (view, changes) => {
        const bytes = encodeView(view);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const read = decodeView(bytes);
        if (!read) return;
        // What passes can be written and read again, and is no larger than its bytes.
        expect(encodeView(read).length).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 500 },
    );
  });

  it("makes no array of a length that is merely claimed", () => {
    const bytes = encodeView({
      ...NOTHING,
      loudness: { step: 0.1, momentary: new Int16Array(2), shortTerm: new Int16Array(2) },
    });
    // The count of values lies after header, section name, length and step.
    new DataView(bytes.buffer).setUint32(8 + 8 + 8, 0xffffffff, true);
    expect(decodeView(bytes)).toBeNull();
  });

  it("passes over sections that it does not know", () => {
    const bytes = encodeView({ ...NOTHING, segments: { step: 1, loudness: [], centroid: [], chroma: [] } });
    bytes.set(new TextEncoder().encode("next"), 8);
    expect(decodeView(bytes)).toEqual(NOTHING);
  });

  it("is nothing in another version, and the waveforms of old are none", () => {
    const bytes = encodeView(NOTHING);
    bytes[4] = 2;
    expect(decodeView(bytes)).toBeNull();
    expect(decodeView(new TextEncoder().encode("PLWV and more"))).toBeNull();
    expect(decodeView(new Uint8Array(0))).toBeNull();
  });
});
