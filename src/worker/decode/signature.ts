/**
 * What a file is, by its content alone: the name is never asked. Formats that we know but can't decode are
 * told apart from what is no audio at all.
 */
import type { AudioFormat } from "../../shared/audioFormats";
import type { FileSource } from "../FileSource";
import { isSameAdts, parseAdtsHeader } from "./aac/adtsFrames";
import { isEnhancedAc3, parseAc3Header } from "./ac3/ac3Frames";
import { id3v2Length, isSameStream, parseMpegHeader } from "./mp3/mp3Frames";
import { isPageAt } from "./ogg/oggPages";
import { DECODERS } from "./registry";
import type { Mark } from "./stream";

export type Sniffed =
  | { kind: "known"; id: AudioFormat["id"]; start: number }
  /** Audio that can't be decoded here, with its name. */
  | { kind: "foreign"; name: string }
  /** Only a tag, and nothing behind it. */
  | { kind: "tagOnly" }
  /** The file ends within its tag. */
  | { kind: "cutTag" }
  /** No audio; `looksLike` completes "it looks like …" when something is recognised. */
  | { kind: "notAudio"; looksLike: string | null };

/** How far into a file the first frame or page is searched for. */
const SEARCH_BYTES = 128 * 1024;
const FRAMES_IN_A_ROW = 3;

export async function sniff(source: FileSource): Promise<Sniffed> {
  let start = 0;
  let isTagCut = false;
  // Some programs put one ID3v2 tag before another.
  for (let tags = 0; tags < 4 && !isTagCut; tags++) {
    const length = id3v2Length(await source.read(start, 10));
    if (length === 0) break;
    // A tag that claims more than the file has: look for audio right behind its header.
    isTagCut = start + length > source.size;
    start += isTagCut ? 10 : length;
  }
  if (start >= source.size) return { kind: "tagOnly" };
  const head = await source.read(start, SEARCH_BYTES);
  const known = knownAt(head, start);
  if (known) return known;
  const foreign = foreignName(head);
  if (foreign) return { kind: "foreign", name: foreign };
  const frame = await findMpegFrame(source, head, start);
  if (frame !== null) return { kind: "known", id: "mp3", start: frame };
  const adts = findAdts(head);
  if (adts !== null) return { kind: "known", id: "aac", start: start + adts };
  const page = findOggPage(head);
  if (page !== null) return { kind: "known", id: "ogg", start: start + page };
  if (isTagCut) return { kind: "cutTag" };
  if (start > 0 && isOnlyPadding(head)) return { kind: "tagOnly" };
  return { kind: "notAudio", looksLike: lookOf(head) };
}

function knownAt(head: Uint8Array, start: number): Sniffed | null {
  const found = Object.values(DECODERS).find(
    ({ signatures, startsFile = false }) =>
      (start === 0 || !startsFile) && signatures.some((marks) => marks.every((mark) => hasMark(head, mark))),
  );
  if (found) return { kind: "known", id: found.id, start };
  if (isAdts(head, 0)) return { kind: "known", id: "aac", start };
  return isAc3Stream(head) ? { kind: "known", id: "ac3", start } : null;
}

/** Two frames of AC-3 in a row, or one up to the end. */
function isAc3Stream(head: Uint8Array): boolean {
  const first = parseAc3Header(head, 0);
  return first !== null && (head.length <= first.bytes || parseAc3Header(head, first.bytes) !== null);
}

interface Named extends Mark {
  name: string;
}

const FOREIGN: readonly Named[] = [
  { name: "Monkey's Audio", text: "MAC " },
  { name: "True Audio", text: "TTA2" },
  { name: "DTS", text: "\x7f\xfe\x80\x01" },
  // The same in words of the other byte order, and with 14 bits in each word of 16.
  { name: "DTS", text: "\xfe\x7f\x01\x80" },
  { name: "DTS", text: "\x1f\xff\xe8\x00" },
  { name: "DTS", text: "\xff\x1f\x00\xe8" },
  { name: "DTS-HD", text: "DTSHDHDR" },
  { name: "Dolby TrueHD", text: "\xf8\x72\x6f\xba", at: 4 },
  { name: "Meridian Lossless Packing (MLP)", text: "\xf8\x72\x6f\xbb", at: 4 },
  { name: "DSD", text: "DSD " },
  { name: "DSDIFF", text: "FRM8" },
  { name: "AMR", text: "#!AMR" },
  { name: "Sun/NeXT audio", text: ".snd" },
  { name: "Wave64", text: "riff\x2e\x91\xcf\x11" },
  { name: "big-endian WAV", text: "RIFX" },
  { name: "OptimFROG", text: "OFR " },
];

function foreignName(head: Uint8Array): string | null {
  const found = FOREIGN.find((mark) => hasMark(head, mark));
  if (!found && isEnhancedAc3(head, 0)) return "Enhanced AC-3";
  return found?.name ?? null;
}

/** Two ADTS frames in a row, or one up to the end. */
function isAdts(head: Uint8Array, at: number): boolean {
  const first = parseAdtsHeader(head, at);
  if (!first) return false;
  const next = parseAdtsHeader(head, at + first.bytes);
  return next ? isSameAdts(first, next) : at === 0 && head.length === first.bytes;
}

/** Place of the first of three ADTS frames in a row, for a stream that was cut out of another. */
function findAdts(head: Uint8Array): number | null {
  for (let at = head.indexOf(0xff); at >= 0; at = head.indexOf(0xff, at + 1)) {
    const first = parseAdtsHeader(head, at);
    if (first && isAdts(head, at) && isAdts(head, at + first.bytes)) return at;
  }
  return null;
}

/** Position of the first MPEG frame that others follow, so that random bytes don't pass for music. */
async function findMpegFrame(source: FileSource, head: Uint8Array, start: number): Promise<number | null> {
  for (let at = head.indexOf(0xff); at >= 0; at = head.indexOf(0xff, at + 1)) {
    if (parseMpegHeader(head, at) && (await isMpegChain(source, start + at, at === 0))) return start + at;
  }
  return null;
}

async function isMpegChain(source: FileSource, start: number, mayEnd: boolean): Promise<boolean> {
  let position = start;
  const first = parseMpegHeader(await source.read(position, 4), 0);
  for (let i = 0; i < FRAMES_IN_A_ROW; i++) {
    const bytes = await source.read(position, 4);
    // A file of fewer frames must start with them and end, or go on with a tag, where the last one does.
    if (mayEnd && i > 0 && (bytes.length === 0 || startsWith(bytes, "TAG") || startsWith(bytes, "APET")))
      return true;
    const header = parseMpegHeader(bytes, 0);
    if (!header || !first || !isSameStream(header, first)) return false;
    position += header.bytes;
  }
  return true;
}

function findOggPage(head: Uint8Array): number | null {
  for (let at = head.indexOf(0x4f); at >= 0; at = head.indexOf(0x4f, at + 1)) {
    if (isPageAt(head, at)) return at;
  }
  return null;
}

const LOOKS: readonly Named[] = [
  { name: "a PNG picture", text: "\x89PNG" },
  { name: "a JPEG picture", text: "\xff\xd8\xff" },
  { name: "a GIF picture", text: "GIF8" },
  { name: "a PDF document", text: "%PDF" },
  { name: "a ZIP archive", text: "PK\x03\x04" },
  { name: "a gzip archive", text: "\x1f\x8b" },
  { name: "a MIDI file, which holds notes and no sound", text: "MThd" },
  { name: "a program", text: "\x7fELF" },
];

function lookOf(head: Uint8Array): string | null {
  const found = LOOKS.find((mark) => hasMark(head, mark));
  if (found) return found.name;
  const sample = head.subarray(0, 512);
  const text = String.fromCharCode(...sample).toLowerCase();
  if (/^\s*(<!doctype html|<html)/.test(text)) return "a web page";
  const isText = sample.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13));
  return isText ? "plain text" : null;
}

function isOnlyPadding(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function hasMark(bytes: Uint8Array, { text, at }: Mark): boolean {
  return startsWith(bytes, text, at);
}

function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  if (bytes.length < at + text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
