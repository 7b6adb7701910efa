/** Other people's programs that are measured beside ours on the same files. */

/** What a peer says of one file; null where it says nothing. */
export interface PeerAnswer {
  /** BPM. */
  tempo: number | null;
  /** Seconds. */
  beats: number[] | null;
  /** "Eb minor". */
  key: string | null;
}

export interface Peer {
  /** With its version: "aubio 0.4.9". */
  name: string;
  /** What it measures at all. */
  measures: readonly (keyof PeerAnswer)[];
  /** Answers for these files, in order: by absolute path of what our own decoders read. */
  measure(paths: readonly string[], onAnswer: (index: number, answer: PeerAnswer) => void): Promise<void>;
}

export const NO_ANSWER: PeerAnswer = { tempo: null, beats: null, key: null };
