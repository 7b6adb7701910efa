/** essentia.js' algorithms as the analysis bench measures them, on the samples that ours gets. */
import type { EssentiaVector } from "../../src/worker/essentia/essentiaModule";
import { loadEssentia } from "../../src/worker/essentia/loadEssentia";
import { askChildren, type Role } from "../accuracy/children";
import { compileEssentia } from "../accuracy/listen";
import { monoAt44100 } from "../accuracy/peers/essentiaJs";
import { costOf, type Cost } from "./analysisCost";
import type { Group, PeerTask } from "./analysisPrograms";
import { decodeFile } from "./decodeFile";

export const ESSENTIA_JS_COST_ROLE = "essentia.js cost";

type Run = (essentia: Module, audio: { mono: Float32Array; channels: Float32Array[] }) => void;

interface Module {
  arrayToVector(samples: Float32Array): EssentiaVector;
  EssentiaJS: new (isDebug: boolean) => Record<string, (...args: unknown[]) => Record<string, unknown>>;
}

const call =
  (name: string, ...options: unknown[]): Run =>
  (essentia, { mono }) => {
    new essentia.EssentiaJS(false)[name]?.(essentia.arrayToVector(mono), ...options);
  };

/** Options must all be given, in its order; these are its defaults. */
const TASKS: readonly (readonly [group: Group, what: string, run: Run])[] = [
  [
    "loudness, true peak",
    "LoudnessEBUR128 (no true peak)",
    (essentia, { channels: [left, right] }) => {
      if (!left) return;
      const vectors = [essentia.arrayToVector(left), essentia.arrayToVector(right ?? left)];
      new essentia.EssentiaJS(false)["LoudnessEBUR128"]?.(...vectors, 0.1, 44100, false);
    },
  ],
  ["rhythm", "RhythmExtractor2013 multifeature", call("RhythmExtractor2013", 208, "multifeature", 40)],
  ["rhythm", "RhythmExtractor2013 degara", call("RhythmExtractor2013", 208, "degara", 40)],
  [
    "tonal",
    "KeyExtractor",
    call(
      ...(["KeyExtractor", true, 4096, 4096, 12, 3500, 60, 25, 0.2] as const),
      ...(["bgate", 44100, 0.0001, 440, "cosine", "hann"] as const),
    ),
  ],
  [
    "spectrum, timbre",
    "LowLevelSpectralExtractor (more features)",
    call("LowLevelSpectralExtractor", 2048, 1024, 44100),
  ],
];

export const ESSENTIA_JS_TASKS: readonly PeerTask[] = TASKS.map(([group, what]) => ({
  group,
  tool: "essentia.js 0.1.3",
  what,
  measure: async ({ wav }) => {
    const options = { role: ESSENTIA_JS_COST_ROLE, lanes: 1, jobsPerChild: 1 };
    const [cost = null] = await askChildren<Cost>([JSON.stringify({ what, wav })], options);
    return cost;
  },
}));

/** What a child does: which task and on which file in, a Cost out. */
export async function essentiaJsCostRole(): Promise<Role> {
  const compiled = await compileEssentia();
  return async (json) => {
    const { what, wav } = JSON.parse(json) as { what: string; wav: string };
    const run = TASKS.find(([, name]) => name === what)?.[2];
    if (!run) throw new Error(`no task "${what}"`);
    const audio = await decodeFile(wav);
    const { channels } = audio;
    const mono = monoAt44100(audio);
    // Once for a second, so that what is compiled on first use is.
    const brief = {
      mono: mono.subarray(0, 44100 * 4),
      channels: channels.map((of) => of.subarray(0, 44100 * 4)),
    };
    run((await loadEssentia(compiled)) as unknown as Module, brief);
    const essentia = (await loadEssentia(compiled)) as unknown as Module;
    return await costOf(() => {
      run(essentia, { mono, channels });
    });
  };
}
