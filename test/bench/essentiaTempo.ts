/**
 * The yardstick: essentia.js' RhythmExtractor2013 with both of its methods. A new instance a file, because its
 * memory only grows.
 */
import type { EssentiaVector } from "../../src/worker/essentia/essentiaModule";
import { loadEssentia } from "../../src/worker/essentia/loadEssentia";
import { compileEssentia } from "../accuracy/listen";
import type { DecodedFile } from "./decodeFile";

interface RhythmExtractor {
  RhythmExtractor2013(
    signal: EssentiaVector,
    maxTempo: number,
    method: string,
    minTempo: number,
  ): { bpm: number; ticks: EssentiaVector; estimates: EssentiaVector; bpmIntervals: EssentiaVector };
}

interface EssentiaTempo {
  name: string;
  measure: (audio: DecodedFile) => Promise<number | null>;
}

export async function essentiaTempos(): Promise<EssentiaTempo[]> {
  const module = await compileEssentia();
  return ["multifeature", "degara"].map((method) => ({
    name: `essentia.js RhythmExtractor2013 ${method}`,
    measure: async (audio) => {
      const essentia = await loadEssentia(module);
      const algorithms = new essentia.EssentiaJS(false) as unknown as RhythmExtractor;
      const signal = essentia.arrayToVector(monoAt44100(audio));
      try {
        return algorithms.RhythmExtractor2013(signal, 208, method, 40).bpm;
      } catch {
        return null;
      }
    },
  }));
}

/** It takes 44.1 kHz only; between samples a line is good enough for onsets. */
function monoAt44100({ channels, sampleRate }: DecodedFile): Float32Array {
  const length = channels[0]?.length ?? 0;
  const step = sampleRate / 44100;
  return Float32Array.from({ length: Math.floor(length / step) }, (_, i) => {
    const at = i * step;
    const before = Math.floor(at);
    const share = at - before;
    let sum = 0;
    for (const samples of channels) {
      sum += (samples[before] ?? 0) * (1 - share) + (samples[before + 1] ?? 0) * share;
    }
    return sum / channels.length;
  });
}
