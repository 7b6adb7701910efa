/** Our own measurements as the analysis bench measures them: by group on decoded blocks, and whole from the file. */
import { AnalysisPass } from "../../src/analysis/analyze";
import { ChannelMix } from "../../src/analysis/dsp/ChannelMix";
import { MonoMix } from "../../src/analysis/dsp/MonoMix";
import { SpectrumStream } from "../../src/analysis/dsp/SpectrumStream";
import { DynamicsExtractor } from "../../src/analysis/dynamics/DynamicsExtractor";
import { LevelPass } from "../../src/analysis/levels/LevelPass";
import { LoudnessExtractor } from "../../src/analysis/loudness/LoudnessExtractor";
import { RhythmExtractor } from "../../src/analysis/rhythm/RhythmExtractor";
import { SpectralExtractor } from "../../src/analysis/spectral/SpectralExtractor";
import { SpectrogramExtractor } from "../../src/analysis/spectrogram/SpectrogramExtractor";
import { StereoExtractor } from "../../src/analysis/stereo/StereoExtractor";
import { TimbreExtractor } from "../../src/analysis/timbre/TimbreExtractor";
import { TonalExtractor } from "../../src/analysis/tonal/TonalExtractor";
import { WaveformExtractor } from "../../src/analysis/waveform/WaveformExtractor";
import { openAudio } from "../../src/worker/decode/openAudio";
import { FileSource } from "../../src/worker/FileSource";
import { ourRole } from "../accuracy/answers";
import { askChildren, type Role } from "../accuracy/children";
import { costOf, type Cost } from "./analysisCost";
import type { BenchPiece } from "./analysisPiece";
import { decodeFile } from "./decodeFile";

export const OUR_COST_ROLE = "our cost";
/** As decoders give them, about. */
const BLOCK = 4096;

interface Source {
  sampleRate: number;
  channels: number;
}

/** What takes blocks and answers at the end. */
interface Listener {
  push(block: readonly Float32Array[], length: number): void;
  finish(): unknown;
}

/** Each alone, with all that it needs: what they share in the whole analysis (the mono mix) counts in each. */
const GROUPS: Partial<Record<string, (source: Source) => Listener>> = {
  "loudness, true peak": (source) => new LoudnessExtractor(source),
  "dynamics, stereo, waveform": levels,
  rhythm: (source) => onMono(source, (mono) => new RhythmExtractor(mono)),
  tonal: (source) => onMono(source, (mono) => new TonalExtractor(mono)),
  "spectrum, timbre": (source) => spectra(source, [SpectralExtractor, TimbreExtractor]),
  "spectrum, timbre, spectrogram": (source) =>
    spectra(source, [SpectralExtractor, TimbreExtractor, SpectrogramExtractor]),
  "all groups, decoded": (source) => new AnalysisPass(source),
};

function levels(source: Source): Listener {
  const listeners = [
    new DynamicsExtractor(source),
    new StereoExtractor(source),
    new WaveformExtractor(source),
  ] as const;
  const pass = new LevelPass(source.channels, listeners);
  return {
    push: (block, length) => {
      pass.push(block, length);
    },
    finish: () => {
      pass.finish();
      return listeners.map((listener) => listener.finish());
    },
  };
}

function onMono(
  source: Source,
  make: (sampleRate: number) => { push(mono: Float32Array): void; finish(): unknown },
): Listener {
  const mix = new MonoMix(source);
  const extractor = make(mix.sampleRate);
  return {
    push: (block, length) => {
      mix.push(block, length, (mono) => {
        extractor.push(mono);
      });
    },
    finish: () => extractor.finish(),
  };
}

type Spectrum = Parameters<Parameters<SpectrumStream["push"]>[1]>[0];
type OnSpectra = new (spectra: SpectrumStream) => { push(spectrum: Spectrum): void; finish(): unknown };

function spectra(source: Source, kinds: readonly OnSpectra[]): Listener {
  const mix = new ChannelMix(source);
  const mixed = new Float32Array(BLOCK);
  const stream = new SpectrumStream(source.sampleRate);
  const listeners = kinds.map((Kind) => new Kind(stream));
  return {
    push: (block, length) => {
      mix.mix(block, 0, length, mixed);
      stream.push(mixed.subarray(0, length), (spectrum) => {
        for (const listener of listeners) listener.push(spectrum);
      });
    },
    finish: () => listeners.map((listener) => listener.finish()),
  };
}

/** What ours can be asked for, and by which of the two files. */
export const OUR_TASKS: readonly (readonly [group: string, file: "wav" | "mp3"])[] = [
  ["loudness, true peak", "wav"],
  ["dynamics, stereo, waveform", "wav"],
  ["rhythm", "wav"],
  ["tonal", "wav"],
  ["spectrum, timbre", "wav"],
  ["spectrum, timbre, spectrogram", "wav"],
  ["all groups, decoded", "wav"],
  ["decode WAV", "wav"],
  ["decode MP3", "mp3"],
  ["whole, WAV", "wav"],
  ["whole, MP3", "mp3"],
];

/** CPU of one of ours in a process of its own. */
export async function ourCost(group: string, path: string): Promise<Cost | null> {
  const options = { role: OUR_COST_ROLE, lanes: 1, jobsPerChild: 1 };
  const [cost = null] = await askChildren<Cost>([JSON.stringify({ group, path })], options);
  return cost;
}

/** The file of the piece that a task listens to. */
export function fileOf(piece: BenchPiece, file: "wav" | "mp3"): { path: string; seconds: number } {
  return file === "wav"
    ? { path: piece.wav, seconds: piece.seconds }
    : { path: piece.mp3, seconds: piece.mp3Seconds };
}

/** Runs before the one that counts: a worker has many files, and the engine compiles the code anew for the first few. */
const WARM_UPS = 4;

/** What a child does: which task and on which file in, the Cost of a run in warm code out. */
export function ourCostRole(): Role {
  const analyze = ourRole();
  return async (json) => {
    const { group, path } = JSON.parse(json) as { group: string; path: string };
    const make = GROUPS[group];
    const work = group.startsWith("whole")
      ? () => analyze(path)
      : make
        ? await listening(path, make)
        : () => decodeAll(path);
    for (let run = 0; run < WARM_UPS; run++) await work();
    return await costOf(work);
  };
}

async function listening(path: string, make: (source: Source) => Listener): Promise<() => unknown> {
  const { channels, sampleRate } = await decodeFile(path);
  const length = channels[0]?.length ?? 0;
  const blocks: Float32Array[][] = [];
  for (let from = 0; from < length; from += BLOCK) {
    blocks.push(channels.map((samples) => samples.subarray(from, from + BLOCK)));
  }
  return () => {
    const listener = make({ sampleRate, channels: channels.length });
    for (const block of blocks) listener.push(block, block[0]?.length ?? 0);
    return listener.finish();
  };
}

async function decodeAll(path: string): Promise<void> {
  const source = await FileSource.open(path);
  try {
    const stream = await openAudio(source);
    for await (const { length } of stream.blocks()) if (length === 0) break;
    stream.close();
    // The hash is part of reading.
    await source.facts();
  } finally {
    await source.close();
  }
}
