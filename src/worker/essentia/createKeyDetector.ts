/**
 * Key detection by essentia.js' KeyExtractor, as a plain function. The caller sees to it that
 * samples are finite and not silent: NaN would make it hang, silence would be "A minor".
 */
import type { KeyName, Mode } from "../../shared/analysis";
import { EssentiaBroken } from "./EssentiaBroken";
import type { EssentiaAlgorithms, EssentiaModule } from "./essentiaModule";
import { modeName, sharpName } from "./keyNames";
import { loadEssentia } from "./loadEssentia";

/** Listens to one window of mono samples at `sampleRate` Hz; `strength` is at most 1. */
export type KeyDetector = (
  mono: Float32Array,
  sampleRate: number,
) => { key: KeyName; mode: Mode; strength: number };

/** About 186 ms: frames of 2048 at 11 kHz. */
const FRAME_SECONDS = 2048 / 11025;

/** `module` is essentia.js' essentia-wasm.web.wasm, compiled. One detector serves one thread. */
export async function createKeyDetector(module: WebAssembly.Module): Promise<KeyDetector> {
  const essentia = await loadEssentia(module);
  const algorithms = new essentia.EssentiaJS(false);
  let broken: EssentiaBroken | null = null;
  return (mono, sampleRate) => {
    if (broken) throw broken;
    try {
      return extractKey({ essentia, algorithms, mono, sampleRate });
    } catch (cause) {
      broken = new EssentiaBroken(cause);
      throw broken;
    }
  };
}

interface Listening {
  essentia: EssentiaModule;
  algorithms: EssentiaAlgorithms;
  mono: Float32Array;
  sampleRate: number;
}

/** All options are KeyExtractor's defaults but for the rate and the frames, which do not overlap. */
function extractKey({ essentia, algorithms, mono, sampleRate }: Listening): ReturnType<KeyDetector> {
  const frameSize = 2 ** Math.round(Math.log2(sampleRate * FRAME_SECONDS));
  const audio = essentia.arrayToVector(mono);
  const found = algorithms.KeyExtractor(
    ...([audio, true, frameSize, frameSize, 12, 3500, 60, 25, 0.2] as const),
    ...(["bgate", sampleRate, 0.0001, 440, "cosine", "hann"] as const),
  );
  audio.delete();
  return { key: sharpName(found.key), mode: modeName(found.scale), strength: found.strength };
}
