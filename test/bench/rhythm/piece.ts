/** A piece of invented music as notes: what is written into MIDI and rendered. */

export interface Note {
  /** Seconds from the piece's beginning. */
  at: number;
  seconds: number;
  /** MIDI note; of drums the key of the General MIDI kit. */
  pitch: number;
  /** 1–127. */
  velocity: number;
}

export interface Voice {
  /** General MIDI, from 0; of drums the kit. */
  program: number;
  isDrums: boolean;
  notes: Note[];
}

export interface Piece {
  genre: string;
  /** BPM. */
  tempo: number;
  /** Seconds of the first beat; the others follow at the tempo. */
  start: number;
  seconds: number;
  voices: Voice[];
}

/** One of the list. */
export function oneOf<T>(list: readonly T[], random: () => number): T {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new Error("nothing to choose from");
  return one;
}
