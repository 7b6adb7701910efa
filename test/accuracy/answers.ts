/** What each tool says of each file of a corpus: ours by the whole analysis from the file's path, peers from a cache. */
import type { Analysis } from "../../src/shared/analysis";
import { askChildren, type Role } from "./children";
import type { CorpusFile } from "./corpus";
import { fileAnalyzer } from "./listen";
import type { Peer, PeerAnswer } from "./peers/Peer";
import { PeerCache } from "./peers/PeerCache";

export const OUR_ROLE = "playlista";
const LANES = 2;

/** One tool's answer of one file, as far as it can be scored; undefined is what the tool does not measure at all. */
export interface Answer {
  tempo?: number | null;
  beats?: readonly number[] | null;
  /** "Eb minor". */
  key?: string | null;
  integrated?: number | null;
  range?: number | null;
  truePeak?: number | null;
  /** Seconds. */
  duration?: number | null;
  /** Of the tempo, 0–1. */
  confidence?: number | null;
  /** Of the key, 0–1. */
  strength?: number | null;
}

export interface Tool {
  name: string;
  /** In the order of the files. */
  answers: Answer[];
}

/** What a child does: a path in, our whole Analysis out. */
export function ourRole(): Role {
  const analyze = fileAnalyzer();
  return (path) => analyze(path);
}

/** Ours, analysed now. */
export async function ourAnswers(files: readonly CorpusFile[]): Promise<Tool> {
  const options = { role: OUR_ROLE, lanes: LANES, jobsPerChild: Infinity };
  const analyses = await askChildren<Analysis>(
    files.map(({ path }) => path),
    options,
  );
  for (const [i, analysis] of analyses.entries()) {
    if (analysis?.state !== "analyzed") console.error(`not analysed: ${files[i]?.file ?? ""}`);
  }
  return { name: "Playlista", answers: analyses.map((analysis) => answerOf(analysis)) };
}

function answerOf(analysis: Analysis | null): Answer {
  const number = (path: string) => valueAt(analysis, path) as number | null | undefined;
  const key = valueAt(analysis, "tonal.key");
  const answer: { [K in keyof Answer]: Answer[K] | undefined } = {
    tempo: number("rhythm.tempo"),
    beats: valueAt(analysis, "rhythm.beats") as number[] | null | undefined,
    key: typeof key === "string" ? `${key} ${String(valueAt(analysis, "tonal.mode"))}` : null,
    integrated: number("loudness.integrated"),
    range: number("loudness.range"),
    truePeak: number("loudness.truePeak"),
    duration: number("format.duration"),
    confidence: number("rhythm.confidence"),
    strength: number("tonal.strength"),
  };
  const measured = Object.entries(answer).filter(([, of]) => of !== undefined);
  return Object.fromEntries(measured);
}

/** The value at "rhythm.tempo"; undefined where the result has no such path (yet). */
function valueAt(analysis: Analysis | null, path: string): unknown {
  let at: unknown = analysis;
  for (const name of path.split(".")) {
    if (typeof at !== "object" || at === null) return null;
    at = (at as Record<string, unknown>)[name];
  }
  return at;
}

/** A peer's, of which only what is new is asked. */
export async function peerAnswers(peer: Peer, files: readonly CorpusFile[]): Promise<Tool> {
  const cache = new PeerCache(peer.name);
  const unknown = files.filter(({ sha256 }) => cache.get(sha256) === null);
  if (unknown.length > 0) console.error(`${peer.name}: asking for ${unknown.length} files…`);
  await peer.measure(
    unknown.map(({ path }) => path),
    (index, answer) => {
      const file = unknown[index];
      if (file) cache.set(file.sha256, answer);
    },
  );
  return { name: peer.name, answers: files.map(({ sha256 }) => scored(peer, cache.get(sha256))) };
}

function scored({ measures }: Peer, answer: PeerAnswer | null): Answer {
  return Object.fromEntries(measures.map((name) => [name, answer?.[name] ?? null]));
}
