/** Standard MIDI files: pieces one after the other in one file, and the notes of a file that another program wrote. */
import type { Note, Piece, Voice } from "./piece";

/** A tick is a millisecond: a quarter of 1000 ticks takes a second. */
const TICKS = 1000;
const DRUMS = 9;
/** Seconds of silence behind a piece, in which its last notes die away. */
export const GAP = 1.5;

interface Event {
  tick: number;
  /** Of events at one tick: notes end, then programs change, then notes begin. */
  order: number;
  bytes: readonly number[];
}

/** The pieces one after the other, each in its seconds and GAP more. */
export function midiOf(pieces: readonly Piece[]): Uint8Array {
  const events: Event[] = [];
  let begin = 0;
  for (const piece of pieces) {
    events.push(...eventsOf(piece, begin));
    begin += piece.seconds + GAP;
  }
  events.push({ tick: Math.round(begin * TICKS), order: 3, bytes: [0xff, 0x2f, 0] });
  events.sort((a, b) => a.tick - b.tick || a.order - b.order);
  const track = [0, 0xff, 0x51, 3, 0x0f, 0x42, 0x40];
  let last = 0;
  for (const { tick, bytes } of events) {
    track.push(...variableLength(tick - last), ...bytes);
    last = tick;
  }
  const text = (name: string) => Array.from(name, (letter) => letter.charCodeAt(0));
  const long = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
  return Uint8Array.from([
    ...text("MThd"),
    ...long(6),
    ...[0, 0, 0, 1, TICKS >> 8, TICKS & 255],
    ...text("MTrk"),
    ...long(track.length),
    ...track,
  ]);
}

function eventsOf({ voices, seconds }: Piece, begin: number): Event[] {
  const events: Event[] = [];
  const melodic = Array.from({ length: 16 }, (_, channel) => channel).filter((channel) => channel !== DRUMS);
  for (const voice of voices) {
    const channel = voice.isDrums ? DRUMS : melodic.shift();
    if (channel === undefined) continue;
    const first = Math.round(begin * TICKS);
    events.push({ tick: first, order: 1, bytes: [0xc0 + channel, voice.program] });
    for (const { at, seconds: lasts, pitch, velocity } of voice.notes) {
      const tick = first + Math.max(0, Math.round(at * TICKS));
      const end = first + Math.round(Math.min(seconds, at + lasts) * TICKS);
      events.push({ tick, order: 2, bytes: [0x90 + channel, pitch, velocity] });
      events.push({ tick: Math.max(tick + 1, end), order: 0, bytes: [0x80 + channel, pitch, 0] });
    }
  }
  return events;
}

function variableLength(value: number): number[] {
  const bytes = [value & 127];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 127) | 128);
  return bytes;
}

/** The voices of a MIDI file, one for each channel and program, their times in quarters. */
export function voicesOf(file: Uint8Array): Voice[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const division = view.getUint16(12);
  const voices = new Map<string, Voice>();
  for (let at = 14; at + 8 <= file.length;) {
    const length = view.getUint32(at + 4);
    readTrack(file.subarray(at + 8, at + 8 + length), division, voices);
    at += 8 + length;
  }
  return [...voices.values()];
}

function readTrack(track: Uint8Array, division: number, voices: Map<string, Voice>): void {
  const programs = new Array<number>(16).fill(0);
  const open = new Map<number, Note>();
  let tick = 0;
  let status = 0;
  let at = 0;
  const byte = () => track[at++] ?? 0;
  const length = () => {
    let value = 0;
    for (;;) {
      const next = byte();
      value = (value << 7) | (next & 127);
      if (next < 128) return value;
    }
  };
  while (at < track.length) {
    tick += length();
    if ((track[at] ?? 0) >= 128) status = byte();
    if (status === 0xff || status === 0xf0 || status === 0xf7) {
      if (status === 0xff) byte();
      const skipped = length();
      at += skipped;
      continue;
    }
    const kind = status >> 4;
    const channel = status & 15;
    const first = byte();
    if (kind === 12) programs[channel] = first;
    if (kind === 12 || kind === 13) continue;
    const second = byte();
    if (kind !== 8 && kind !== 9) continue;
    const key = channel * 128 + first;
    const time = tick / division;
    const sounding = open.get(key);
    if (sounding) sounding.seconds = time - sounding.at;
    open.delete(key);
    if (kind === 8 || second === 0) continue;
    const note = { at: time, seconds: 0.1, pitch: first, velocity: second };
    open.set(key, note);
    const program = programs[channel] ?? 0;
    const name = `${channel} ${program}`;
    const voice = voices.get(name) ?? { program, isDrums: channel === DRUMS, notes: [] };
    voice.notes.push(note);
    voices.set(name, voice);
  }
}
