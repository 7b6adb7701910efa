/**
 * The index of an MP4 or QuickTime file ("moov"): which tracks there are, and where the tables lie that say
 * where their samples are. Tables are not read here; they may be longer than memory.
 */
import type { FileSource } from "../../FileSource";
import { boxesIn, findBoxes, type Box } from "./boxes";
import { ByteWindow } from "./ByteWindow";
import { readEdits, type Edit } from "./edits";
import { readSampleEntry, type SampleEntry } from "./sampleEntry";
import { readEncoderDelay } from "./iTunes";

/** The boxes of a track's sample table; all but the description may be absent in a fragmented file. */
export type SampleTableBoxes = Partial<Record<"stts" | "stsc" | "stsz" | "stz2" | "stco" | "co64", Box>>;

export interface AudioTrack {
  id: number;
  /** Units a second of all times of this track. */
  timescale: number;
  /** In units of the movie's timescale. */
  edits: Edit[];
  entry: SampleEntry;
  table: SampleTableBoxes;
  /** How far the first units are moved on to the ones behind them, which then hide them; 0 for no such thing. */
  hiddenStart: number;
}

/** What "trex" sets for samples of fragments that do not say it themselves. */
export interface FragmentDefaults {
  trackId: number;
  duration: number;
  size: number;
}

export interface Movie {
  /** "qt  " for QuickTime, "M4A ", "isom" …; null without a "ftyp" box. */
  brand: string | null;
  timescale: number;
  audio: AudioTrack[];
  hasVideo: boolean;
  /** Frames of encoder delay by iTunes' own note, or null. */
  encoderDelay: number | null;
  /** Not null in a fragmented file. */
  fragments: FragmentDefaults[] | null;
  /** Where the boxes behind the index start. */
  end: number;
}

/** The file's index, or null when it has none (any more). */
export async function readMovie(source: FileSource): Promise<Movie | null> {
  const window = new ByteWindow(source, 1024);
  let brand: string | null = null;
  for await (const box of boxesIn(window, 0, source.size)) {
    if (box.type === "ftyp" && (await window.need(box.body, 4))) brand = window.type(box.body);
    if (box.type !== "moov") continue;
    if (box.end > source.size) return null;
    return await readIndex(new ByteWindow(source), box, brand);
  }
  return null;
}

async function readIndex(window: ByteWindow, moov: Box, brand: string | null): Promise<Movie> {
  const movie: Movie = {
    brand,
    timescale: 1000,
    audio: [],
    hasVideo: false,
    encoderDelay: null,
    fragments: null,
    end: moov.end,
  };
  for await (const box of boxesIn(window, moov.body, moov.end)) {
    if (box.end > moov.end) break;
    if (box.type === "mvhd") movie.timescale = (await readTimescale(window, box)) || 1000;
    else if (box.type === "trak") await readTrack(window, box, movie);
    else if (box.type === "mvex") movie.fragments = await readFragmentDefaults(window, box);
    else if (box.type === "udta") movie.encoderDelay = await readEncoderDelay(window, box);
  }
  return movie;
}

async function readTrack(window: ByteWindow, trak: Box, movie: Movie): Promise<void> {
  const { tkhd, mdia, edts } = await findBoxes(window, trak.body, trak.end, ["tkhd", "mdia", "edts"]);
  if (!tkhd || !mdia) return;
  const { mdhd, hdlr, minf } = await findBoxes(window, mdia.body, mdia.end, ["mdhd", "hdlr", "minf"]);
  if (!mdhd || !hdlr || !minf || !(await window.need(hdlr.body, 12))) return;
  const kind = window.type(hdlr.body + 8);
  if (kind === "vide") movie.hasVideo = true;
  if (kind !== "soun") return;
  const { stbl } = await findBoxes(window, minf.body, minf.end, ["stbl"]);
  if (!stbl) return;
  const { stsd, ctts, ...table } = await findBoxes(window, stbl.body, stbl.end, TABLE_TYPES);
  const entry = stsd ? await readSampleEntry(window, stsd) : null;
  const timescale = await readTimescale(window, mdhd);
  if (!entry || timescale === 0) return;
  const edits = edts ? await readEdits(window, edts) : [];
  const hiddenStart = ctts ? await readHiddenStart(window, ctts, timescale) : 0;
  movie.audio.push({ id: await readTrackId(window, tkhd), timescale, edits, entry, table, hiddenStart });
}

/** Before there were edit lists, iTunes left out an encoder's silence by shifting it in time ("ctts"). */
async function readHiddenStart(window: ByteWindow, { body, end }: Box, timescale: number): Promise<number> {
  if (body + 24 > end || !(await window.need(body, 24)) || window.u32(body + 4) < 2) return 0;
  const shift = window.i32(body + 12) - window.i32(body + 20);
  return shift > 0 && shift < timescale ? shift : 0;
}

const TABLE_TYPES = ["stsd", "ctts", "stts", "stsc", "stsz", "stz2", "stco", "co64"] as const;

/** "mvhd" and "mdhd" begin alike: version, two times, timescale. */
async function readTimescale(window: ByteWindow, box: Box): Promise<number> {
  if (!(await window.need(box.body, 24))) return 0;
  return window.u32(box.body + (window.u8(box.body) === 1 ? 20 : 12));
}

async function readTrackId(window: ByteWindow, tkhd: Box): Promise<number> {
  if (!(await window.need(tkhd.body, 24))) return 0;
  return window.u32(tkhd.body + (window.u8(tkhd.body) === 1 ? 20 : 12));
}

async function readFragmentDefaults(window: ByteWindow, mvex: Box): Promise<FragmentDefaults[]> {
  const defaults: FragmentDefaults[] = [];
  for await (const { type, body } of boxesIn(window, mvex.body, mvex.end)) {
    if (type !== "trex" || !(await window.need(body, 24))) continue;
    const [trackId, duration, size] = [window.u32(body + 4), window.u32(body + 12), window.u32(body + 16)];
    defaults.push({ trackId, duration, size });
  }
  return defaults;
}
