/** Peers that are programs of the machine, where they are installed: aubio, and native Essentia in a Python. */
import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeFile } from "../../bench/decodeFile";
import { wavBytes } from "../../fixtures/sound/wavBytes";
import { NO_ANSWER, type Peer, type PeerAnswer } from "./Peer";

const LANES = 2;

/** The Python that peers are looked for in. */
export const PYTHON = process.env["PLAYLISTA_PYTHON"] ?? "python3";

/** Standard output of a program, or null when it is not there or fails. */
export function outputOf(program: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(program, args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return status === 0 ? stdout.trim() : null;
}

/** Null where it is not installed. */
export function findAubio(): Peer | null {
  const version = outputOf("aubio", ["--version"]);
  if (version === null) return null;
  return {
    name: `aubio ${/[\d.]+/.exec(version)?.[0] ?? ""}`,
    measures: ["tempo", "beats"],
    measure: (paths, onAnswer) => measureWavs(paths, onAnswer, askAubio),
  };
}

/** Its tempo is that of its beats' median distance, which is right more often than what `aubio tempo` prints. */
async function askAubio(wav: string): Promise<PeerAnswer> {
  const output = await run("aubio", ["beat", "-i", wav]);
  const beats = output?.split("\n").filter(Boolean).map(Number) ?? null;
  const distances = (beats ?? []).slice(1).map((beat, i) => beat - (beats?.[i] ?? 0));
  const median = distances.sort((one, other) => one - other)[distances.length >> 1];
  return { tempo: median ? 60 / median : null, beats, key: null };
}

const ESSENTIA_SCRIPT = `
import sys, json
import essentia
essentia.log.infoActive = False
essentia.log.warningActive = False
import essentia.standard as es
answer = {"tempo": None, "beats": None, "key": None}
audio = es.MonoLoader(filename=sys.argv[1], sampleRate=44100)()
try:
    bpm, ticks, *_ = es.RhythmExtractor2013(method="multifeature")(audio)
    if bpm > 0: answer["tempo"] = float(bpm)
    answer["beats"] = [float(t) for t in ticks]
except RuntimeError: pass
try:
    key, scale, _ = es.KeyExtractor()(audio)
    answer["key"] = key + " " + scale
except RuntimeError: pass
print(json.dumps(answer))
`;

/** Null where no Python has it. */
export function findEssentia(): Peer | null {
  const version = outputOf(PYTHON, ["-c", "import essentia; print(essentia.__version__)"]);
  if (version === null) return null;
  return {
    name: `Essentia ${version}`,
    measures: ["tempo", "beats", "key"],
    measure: (paths, onAnswer) =>
      measureWavs(paths, onAnswer, async (wav) => {
        const output = await run(PYTHON, ["-c", ESSENTIA_SCRIPT, wav]);
        return output === null ? NO_ANSWER : (JSON.parse(output) as PeerAnswer);
      }),
  };
}

/** Gives each file as a WAV of our decoding, so that no peer is judged by its decoders. */
async function measureWavs(
  paths: readonly string[],
  onAnswer: (index: number, answer: PeerAnswer) => void,
  ask: (wav: string) => Promise<PeerAnswer>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "playlista-peer-"));
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < paths.length; index = next++) {
      const { channels, sampleRate } = await decodeFile(paths[index] ?? "");
      const wav = join(folder, `${index}.wav`);
      await writeFile(wav, wavBytes(channels, sampleRate, { float: 32 }));
      onAnswer(index, await ask(wav));
      await rm(wav);
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    let output = "";
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "ignore"] });
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
    child.on("error", () => {
      resolve(null);
    });
    child.on("close", (status) => {
      resolve(status === 0 ? output : null);
    });
  });
}
