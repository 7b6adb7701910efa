/** The programs of the machine that the analysis bench measures beside ours, where they are installed. */
import { outputOf, PYTHON } from "../accuracy/peers/programs";
import { costOfProgram, type Cost } from "./analysisCost";
import type { BenchPiece } from "./analysisPiece";
import { FFMPEG } from "./encodes";

/** One thing that another tool computes. */
export interface PeerTask {
  /** The group that it stands beside. */
  group: Group;
  tool: string;
  /** What exactly is computed. */
  what: string;
  measure: (piece: BenchPiece) => Promise<Cost | null> | Cost | null;
}

export type Group =
  | "loudness, true peak"
  | "dynamics, stereo, waveform"
  | "rhythm"
  | "tonal"
  | "spectrum, timbre"
  | "decode WAV"
  | "decode MP3"
  | "whole, WAV"
  | "whole, MP3";

const ESSENTIA_HEAD = `
import sys, time, json, resource
import essentia
essentia.log.infoActive = False
essentia.log.warningActive = False
import essentia.standard as es
import numpy
def stereo(): return es.AudioLoader(filename=sys.argv[1])()[0]
# Ours begins with stereo too: the mix counts.
def mono(x): return es.MonoMixer()(x, 2)
def run(load, work):
    data = load()
    t = time.process_time()
    work(data)
    cpu = (time.process_time() - t) * 1000
    print(json.dumps({"cpuMs": cpu, "peakMB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))
`;

/** Its own frame loop, in C++ but for the loop, as its tutorials write it. */
const ESSENTIA_SPECTRUM = `
w, spec, mfcc = es.Windowing(type="hann"), es.Spectrum(), es.MFCC()
algorithms = [es.Centroid(range=22050), es.RollOff(), es.Flatness(), es.SpectralContrast(), es.ZeroCrossingRate()]
flux = es.Flux()
def work(x):
    for frame in es.FrameGenerator(mono(x), frameSize=2048, hopSize=1024):
        s = spec(w(frame))
        mfcc(s); flux(s)
        for a in algorithms[:4]: a(s)
        algorithms[4](frame)
run(stereo, work)`;

const ESSENTIA_TASKS: readonly (readonly [group: Group, what: string, script: string])[] = [
  ["loudness, true peak", "LoudnessEBUR128 (no true peak)", "run(stereo, lambda x: es.LoudnessEBUR128()(x))"],
  [
    "loudness, true peak",
    "TruePeakDetector, both channels",
    `def work(x):
    for c in (0, 1): es.TruePeakDetector()(numpy.ascontiguousarray(x[:, c]))
run(stereo, work)`,
  ],
  [
    "rhythm",
    "RhythmExtractor2013 multifeature",
    'run(stereo, lambda x: es.RhythmExtractor2013(method="multifeature")(mono(x)))',
  ],
  [
    "rhythm",
    "RhythmExtractor2013 degara",
    'run(stereo, lambda x: es.RhythmExtractor2013(method="degara")(mono(x)))',
  ],
  ["tonal", "KeyExtractor", "run(stereo, lambda x: es.KeyExtractor()(mono(x)))"],
  ["spectrum, timbre", "frames of 2048, hop 1024: seven descriptors and MFCC", ESSENTIA_SPECTRUM],
  [
    "whole, WAV",
    "MusicExtractor (more features)",
    "run(lambda: None, lambda _: es.MusicExtractor()(sys.argv[1]))",
  ],
];

const LIBROSA_HEAD = `
import sys, time, json, resource
import librosa, numpy
def run(work):
    y, sr = librosa.load(sys.argv[1], sr=22050)
    work(y[: sr * 5], sr)
    t = time.process_time()
    work(y, sr)
    cpu = (time.process_time() - t) * 1000
    print(json.dumps({"cpuMs": cpu, "peakMB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}))
`;

const LIBROSA_TASKS: readonly (readonly [group: Group, what: string, script: string])[] = [
  ["rhythm", "beat_track, at 22 kHz", "run(lambda y, sr: librosa.beat.beat_track(y=y, sr=sr))"],
  ["tonal", "chroma_cqt (no key), at 22 kHz", "run(lambda y, sr: librosa.feature.chroma_cqt(y=y, sr=sr))"],
  [
    "spectrum, timbre",
    "mfcc, centroid, bandwidth, rolloff, flatness, contrast, zcr, at 22 kHz",
    `def work(y, sr):
    S = numpy.abs(librosa.stft(y))
    f = librosa.feature
    f.mfcc(S=librosa.power_to_db(f.melspectrogram(S=S**2, sr=sr)), sr=sr, n_mfcc=13)
    f.spectral_centroid(S=S, sr=sr); f.spectral_bandwidth(S=S, sr=sr); f.spectral_rolloff(S=S, sr=sr)
    f.spectral_flatness(S=S); f.spectral_contrast(S=S, sr=sr); f.zero_crossing_rate(y)
run(work)`,
  ],
];

/** All that is installed; what is not is named by `say`. */
export function findPrograms(say: (message: string) => void): PeerTask[] {
  const tasks = [...pythonTasks("essentia", "Essentia", ESSENTIA_HEAD, ESSENTIA_TASKS, say)];
  tasks.push(...pythonTasks("librosa", "librosa", LIBROSA_HEAD, LIBROSA_TASKS, say));
  tasks.push(...programTasks("aubio", ["--version"], AUBIO_TASKS, say));
  tasks.push(...programTasks(FFMPEG, ["-version"], FFMPEG_TASKS, say));
  return tasks;
}

function pythonTasks(
  module: string,
  name: string,
  head: string,
  tasks: readonly (readonly [group: Group, what: string, script: string])[],
  say: (message: string) => void,
): PeerTask[] {
  const version = outputOf(PYTHON, ["-c", `import ${module}; print(${module}.__version__)`]);
  if (version === null) {
    say(`${name}: absent (a Python that has it: PLAYLISTA_PYTHON)`);
    return [];
  }
  return tasks.map(([group, what, script]) => ({
    group,
    tool: `${name} ${version}`,
    what,
    measure: ({ wav }) => {
      const output = outputOf("env", ["OMP_NUM_THREADS=1", PYTHON, "-c", head + script, wav]);
      return output === null ? null : (JSON.parse(output.split("\n").at(-1) ?? "") as Cost);
    },
  }));
}

type Arguments = (piece: BenchPiece) => readonly string[];
type ProgramTask = readonly [group: Group, what: string, args: Arguments];

const AUBIO_TASKS: readonly ProgramTask[] = [
  ["rhythm", "tempo, decoding included", ({ wav }) => ["tempo", "-i", wav]],
  ["rhythm", "beat, decoding included", ({ wav }) => ["beat", "-i", wav]],
  ["spectrum, timbre", "mfcc, decoding included", ({ wav }) => ["mfcc", "-i", wav]],
];

const decodeOnly = (path: string): string[] => ["-threads", "1", "-i", path, "-f", "null", "-"];
const FFMPEG_TASKS: readonly ProgramTask[] = [
  ["decode WAV", "ffmpeg -f null", ({ wav }) => decodeOnly(wav)],
  ["decode MP3", "ffmpeg -f null", ({ mp3 }) => decodeOnly(mp3)],
  [
    "loudness, true peak",
    "ebur128=peak=true, decoding included",
    ({ wav }) => ["-threads", "1", "-i", wav, "-af", "ebur128=peak=true", "-f", "null", "-"],
  ],
];

function programTasks(
  program: string,
  version: readonly string[],
  tasks: readonly ProgramTask[],
  say: (message: string) => void,
): PeerTask[] {
  const output = outputOf(program, version);
  if (output === null) {
    say(`${program}: absent`);
    return [];
  }
  const tool = `${program} ${/\d[\d.]+/.exec(output)?.[0] ?? ""}`;
  return tasks.map(([group, what, args]) => ({
    group,
    tool,
    what,
    measure: (piece) => costOfProgram(program, args(piece)),
  }));
}
