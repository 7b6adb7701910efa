/**
 * essentia.js' RhythmExtractor2013 (multifeature) and KeyExtractor with their defaults, on mono at 44.1 kHz. Guarded
 * against its traps: no NaN goes in, silence and splinters are not asked about, and each file has a process of its
 * own, because its heap never shrinks and an exception leaves it broken.
 */
import type {
  EssentiaAlgorithms,
  EssentiaModule,
  FloatVector,
} from "../../../src/worker/essentia/essentiaModule";
import { loadEssentia } from "../../../src/worker/essentia/loadEssentia";
import { decodeFile, type DecodedFile } from "../../bench/decodeFile";
import { askChildren, type Role } from "../children";
import { compileEssentia } from "../listen";
import { resample } from "../resample";
import { NO_ANSWER, type Peer, type PeerAnswer } from "./Peer";

export const ESSENTIA_JS_ROLE = "essentia.js";
const SAMPLE_RATE = 44100;
const SHORTEST_SECONDS = 1;
/** −60 dBFS. */
const SILENCE = 1e-3;

export const essentiaJs: Peer = {
  name: "essentia.js 0.1.3",
  measures: ["tempo", "beats", "key"],
  measure: async (paths, onAnswer) => {
    const options = { role: ESSENTIA_JS_ROLE, lanes: 2, jobsPerChild: 1 };
    await askChildren<PeerAnswer>(paths, options, (index, answer) => {
      onAnswer(index, answer ?? NO_ANSWER);
    });
  },
};

/** What a child does: a path in, a PeerAnswer out. */
export async function essentiaJsRole(): Promise<Role> {
  const compiled = await compileEssentia();
  return async (path) => answer(compiled, monoAt44100(await decodeFile(path)));
}

async function answer(compiled: WebAssembly.Module, mono: Float32Array): Promise<PeerAnswer> {
  const loudest = mono.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
  if (loudest < SILENCE || mono.length < SHORTEST_SECONDS * SAMPLE_RATE) return NO_ANSWER;
  const rhythm = await attempt(compiled, (essentia, algorithms) => {
    const signal = essentia.arrayToVector(mono);
    const { bpm, ticks } = algorithms.RhythmExtractor2013(signal, 208, "multifeature", 40);
    const times = ticks as FloatVector;
    return { bpm, ticks: Array.from({ length: times.size() }, (_, i) => times.get(i)) };
  });
  return {
    tempo: rhythm && rhythm.bpm > 0 ? rhythm.bpm : null,
    beats: rhythm?.ticks ?? null,
    key: await essentiaJsKey(compiled, mono),
  };
}

/** "Eb minor" by KeyExtractor of finite samples at 44.1 kHz that are not silent; null when it throws. */
export async function essentiaJsKey(
  compiled: WebAssembly.Module,
  mono: Float32Array,
): Promise<string | null> {
  const found = await attempt(compiled, (essentia, algorithms) =>
    algorithms.KeyExtractor(
      ...([essentia.arrayToVector(mono), true, 4096, 4096, 12, 3500, 60, 25, 0.2] as const),
      ...(["bgate", SAMPLE_RATE, 0.0001, 440, "cosine", "hann"] as const),
    ),
  );
  return found ? `${found.key} ${found.scale}` : null;
}

/** Null when it throws. A new instance each time: what it leaves behind is never freed. */
async function attempt<T>(
  compiled: WebAssembly.Module,
  work: (essentia: EssentiaModule, algorithms: EssentiaAlgorithms) => T,
): Promise<T | null> {
  const essentia = await loadEssentia(compiled);
  try {
    return work(essentia, new essentia.EssentiaJS(false));
  } catch {
    return null;
  }
}

/** The mean of the channels, at the only rate that it knows, free of what is no number. */
export function monoAt44100({ channels, sampleRate }: DecodedFile): Float32Array {
  const length = channels[0]?.length ?? 0;
  const mono = new Float32Array(length);
  for (const samples of channels) {
    for (let i = 0; i < length; i++) {
      const sample = samples[i] ?? 0;
      mono[i] = (mono[i] ?? 0) + (Number.isFinite(sample) ? sample / channels.length : 0);
    }
  }
  return sampleRate === SAMPLE_RATE ? mono : resample(mono, sampleRate / SAMPLE_RATE);
}
