/** The whole pass: one push for all measurements, the same at any cutting, safe from broken samples. */
import { describe, expect, it } from "vitest";
import { AnalysisPass } from "../../../src/analysis/analyze";
import { decodeView, encodeView } from "../../../src/shared/viewFile";
import { clickTrack } from "../../fixtures/sound/clicks";
import { cadence, silence, sine } from "../../fixtures/sound/tones";

function analyze(channels: readonly Float32Array[], sampleRate: number, blockLength = 4096) {
  const pass = new AnalysisPass({
    sampleRate,
    channels: channels.length,
  });
  const length = channels[0]?.length ?? 0;
  for (let from = 0; from < length; from += blockLength) {
    const block = channels.map((samples) => samples.subarray(from, from + blockLength));
    pass.push(block, Math.min(blockLength, length - from));
  }
  return pass.finish();
}

/** Chords with a beat: something for every measurement. */
function music(sampleRate: number): Float32Array {
  const chords = cadence({ tonic: 9, mode: "minor", sampleRate });
  const beat = clickTrack({ tempo: 120, seconds: 8.5, sampleRate, sound: "noise", offset: 0 });
  return chords.map((sample, i) => sample + (beat[i] ?? 0));
}

/** What a few seconds do not tell. */
const SHORT = { "rhythm.downbeats": "noBar", "rhythm.stability": "tooShort" };

describe("AnalysisPass", () => {
  it.each([8000, 11025, 44100, 96000, 192000])("measures everything at %i Hz", (sampleRate) => {
    const samples = music(sampleRate);
    const result = analyze([samples, samples], sampleRate);
    expect(result.missing).toEqual(SHORT);
    expect(result.rhythm.tempo).toBeCloseTo(120, 0);
    expect(result.tonal).toMatchObject({ key: "A", mode: "minor", camelot: "8A", openKey: "1m" });
    expect(result.loudness.integrated).toBeLessThan(-5);
    expect(result.view.waveform?.samples).toBe(samples.length);
  });

  it.each([1, 3, 6, 8])("takes %i channels", (count) => {
    const samples = music(22050);
    const result = analyze(
      Array.from({ length: count }, () => samples),
      22050,
    );
    const mono = { "stereo.correlation": "mono", "stereo.dualMono": "mono" };
    expect(result.missing).toEqual(count === 1 ? { ...SHORT, ...mono } : SHORT);
  });

  it("gives the same numbers however the file is cut into blocks", () => {
    const samples = music(44100);
    const whole = analyze([samples], 44100, samples.length);
    expect(analyze([samples], 44100, 1152)).toEqual(whole);
    expect(analyze([samples], 44100, 44101)).toEqual(whole);
  });

  it("hears stereo whose channels are each other's opposite", () => {
    const samples = music(22050);
    const opposite = samples.map((sample) => -sample);
    const { rhythm, tonal, spectral } = analyze([samples, opposite], 22050);
    expect(rhythm.tempo).not.toBeNull();
    expect(tonal).toMatchObject({ key: "A", mode: "minor" });
    expect(spectral.centroid?.mean).toBeGreaterThan(100);
  });

  it("calls no sound silent that lies above what a measurement hears", () => {
    const reasons = (hz: number, sampleRate: number) => {
      const { missing } = analyze(
        [sine({ seconds: 4, sampleRate, frequency: hz, amplitude: 0.5 })],
        sampleRate,
      );
      return missing;
    };
    const unheard = { "rhythm.tempo": "noBeat", "tonal.key": "notTonal" };
    expect(reasons(15000, 44100)).toMatchObject(unheard);
    expect(reasons(60000, 192000)).toMatchObject({
      ...unheard,
      "spectral.centroid": "inaudible",
      "timbre.mfccMean": "inaudible",
    });
    expect(Object.values(reasons(60000, 192000))).not.toContain("silence");
  });

  it("takes less than a megabyte for a file of a fraction of a second", () => {
    const samples = sine({ seconds: 0.2, sampleRate: 44100, frequency: 440, amplitude: 0.5 });
    // Tables are made once.
    analyze([samples], 44100);
    const before = process.memoryUsage().arrayBuffers;
    analyze([samples], 44100);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
  });

  it("draws all that there is over the same time", () => {
    const samples = music(44100);
    const { view } = analyze([samples, samples], 44100);
    const read = decodeView(encodeView(view));
    expect(read?.waveform).toEqual(view.waveform);
    expect(read?.spectrogram).toEqual(view.spectrogram);
    expect(read?.loudness?.momentary).toHaveLength(85);
    expect(read?.segments?.step).toBe(1);
    for (const list of ["loudness", "centroid", "chroma"] as const) {
      expect(read?.segments?.[list]).toHaveLength(9);
      expect(read?.segments?.[list][4]).not.toBeNull();
    }
  });

  it("takes a sample that is no number for silence", () => {
    const clean = music(22050);
    clean[5000] = 0;
    clean[6000] = 0;
    const broken = clean.slice();
    broken[5000] = NaN;
    broken[6000] = -Infinity;
    expect(analyze([broken], 22050)).toEqual(analyze([clean], 22050));
  });

  it("names the reason of every value that is null", () => {
    const { missing, loudness } = analyze([silence(5, 44100)], 44100);
    expect(new Set(Object.values(loudness))).toEqual(new Set([null]));
    expect(missing).toMatchObject({
      "loudness.integrated": "silence",
      "loudness.range": "silence",
      "loudness.truePeak": "silence",
      "rhythm.tempo": "silence",
      "rhythm.confidence": "silence",
      "tonal.key": "silence",
      "tonal.mode": "silence",
      "tonal.strength": "silence",
      "tonal.camelot": "silence",
      "tonal.openKey": "silence",
    });
    const blip = Float32Array.of(0.5);
    expect(new Set(Object.values(analyze([blip, blip], 44100).missing))).toEqual(new Set(["tooShort"]));
  });
});
