/** The edit list: which part of a track is meant to be heard (ISO/IEC 14496-12, 8.6.6). */
import { findBoxes, type Box } from "./boxes";
import type { ByteWindow } from "./ByteWindow";

export interface Edit {
  /** In units of the movie's timescale; 0 reaches to the end. */
  duration: number;
  /** In units of the track's timescale; −1 is a pause. */
  mediaTime: number;
}

/** A part of a track in units of its timescale. */
export interface MediaRange {
  start: number;
  end: number;
}

const MAX_EDITS = 1000;

export async function readEdits(window: ByteWindow, edts: Box): Promise<Edit[]> {
  const { elst } = await findBoxes(window, edts.body, edts.end, ["elst"]);
  if (!elst || !(await window.need(elst.body, 8))) return [];
  const isLong = window.u8(elst.body) === 1;
  const entryBytes = isLong ? 20 : 12;
  const count = Math.min(window.u32(elst.body + 4), Math.floor((elst.end - elst.body - 8) / entryBytes));
  const edits: Edit[] = [];
  for (let i = 0; i < Math.min(count, MAX_EDITS); i++) {
    const at = elst.body + 8 + i * entryBytes;
    if (!(await window.need(at, entryBytes))) break;
    const duration = isLong ? window.u64(at) : window.u32(at);
    const mediaTime = isLong ? window.i32(at + 8) * 2 ** 32 + window.u32(at + 12) : window.i32(at + 4);
    edits.push({ duration, mediaTime });
  }
  return edits;
}

/**
 * The parts to be heard in the order of the file, each once; null when no edit says so. Pauses are passed over,
 * as they shift sound against pictures and are no part of it.
 */
export function rangesOf(edits: Edit[], movieScale: number, mediaScale: number): MediaRange[] | null {
  const ranges = edits
    .filter(({ mediaTime }) => mediaTime >= 0)
    .map(({ duration, mediaTime }) => ({
      start: mediaTime,
      end: duration === 0 ? Infinity : mediaTime + Math.round((duration * mediaScale) / movieScale),
    }))
    .sort((a, b) => a.start - b.start);
  const merged: MediaRange[] = [];
  for (const range of ranges) {
    const last = merged.at(-1);
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else merged.push(range);
  }
  return merged.length > 0 ? merged : null;
}
