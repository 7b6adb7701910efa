/**
 * The sample description ("stsd"): how a track's sound is encoded, and the decoder's configuration. MP4 and
 * QuickTime agree on the beginning only; QuickTime has two longer versions and may hide the rest in "wave".
 */
import { boxesIn, type Box } from "./boxes";
import type { ByteWindow } from "./ByteWindow";
import { parseEsds } from "./esds";

export interface SampleEntry {
  /** Four characters: "mp4a", "alac", "sowt" … */
  type: string;
  channels: number;
  /** Bits. */
  sampleSize: number;
  /** Hz. */
  sampleRate: number;
  /** MPEG-4's number for what "mp4a" holds, or null. */
  objectType: number | null;
  /** AudioSpecificConfig, ALAC's cookie, or what else the decoder needs. */
  config: Uint8Array | null;
  /** Holds the sound's encryption, whatever the type says. */
  isProtected: boolean;
  /** Flags of a QuickTime "lpcm" entry (bit 0 float, 1 big endian, 2 signed), or null. */
  pcmFlags: number | null;
  /** PCM's bytes are said to lie the other way round than usual. */
  isLittleEndian: boolean;
}

const MAX_CONFIG_BYTES = 8192;
const ENTRY_BYTES = 28;
const PROTECTED = new Set(["enca", "drms", "drmi", "encs"]);

export async function readSampleEntry(window: ByteWindow, stsd: Box): Promise<SampleEntry | null> {
  for await (const { type, body, end } of boxesIn(window, stsd.body + 8, stsd.end)) {
    if (!(await window.need(body, ENTRY_BYTES))) return null;
    const version = window.u16(body + 8);
    const entry: SampleEntry = {
      type,
      channels: window.u16(body + 16),
      sampleSize: window.u16(body + 18),
      sampleRate: window.u16(body + 24),
      objectType: null,
      config: null,
      isProtected: PROTECTED.has(type),
      pcmFlags: null,
      isLittleEndian: false,
    };
    if (version === 2) await readVersion2(window, body, entry);
    const childrenAt = body + ENTRY_BYTES + (CHILD_OFFSET[version] ?? 0);
    await readChildren(window, childrenAt, Math.min(end, stsd.end), entry, 0);
    // ISO files of version 1 have nothing more than those of version 0.
    if (version === 1 && !entry.config) await readChildren(window, body + ENTRY_BYTES, end, entry, 0);
    return entry;
  }
  return null;
}

const CHILD_OFFSET: Partial<Record<number, number>> = { 1: 16, 2: 36 };

async function readVersion2(window: ByteWindow, body: number, entry: SampleEntry): Promise<void> {
  if (!(await window.need(body, ENTRY_BYTES + 36))) return;
  const high = window.u32(body + 32);
  // A 64-bit float; its bits are put together here because the window hands out integers.
  const bits = new DataView(new ArrayBuffer(8));
  bits.setUint32(0, high);
  bits.setUint32(4, window.u32(body + 36));
  entry.sampleRate = bits.getFloat64(0);
  entry.channels = window.u32(body + 40);
  entry.sampleSize = window.u32(body + 48);
  entry.pcmFlags = window.u32(body + 52);
}

async function readChildren(
  window: ByteWindow,
  start: number,
  end: number,
  entry: SampleEntry,
  depth: number,
): Promise<void> {
  for await (const box of boxesIn(window, start, end)) {
    if (box.end > end) return;
    // Full boxes: version and flags come before what they hold.
    if (box.type === "esds") {
      const parsed = parseEsds(await bodyOf(window, box, 4));
      entry.objectType = parsed?.objectType ?? null;
      entry.config = parsed?.config ?? null;
    } else if (box.type === "alac" || box.type === "dfLa" || box.type === "glbl") {
      entry.config ??= await bodyOf(window, box, box.type === "glbl" ? 0 : 4);
    } else if (box.type === "dOps") {
      entry.config ??= await bodyOf(window, box, 0);
    } else if (box.type === "enda" && (await window.need(box.body, 2))) {
      entry.isLittleEndian = window.u16(box.body) === 1;
    } else if (box.type === "pcmC" && (await window.need(box.body, 6))) {
      entry.isLittleEndian = (window.u8(box.body + 4) & 1) === 1;
      entry.sampleSize = window.u8(box.body + 5);
    } else if (box.type === "sinf") {
      entry.isProtected = true;
    } else if (box.type === "wave" && depth === 0) {
      await readChildren(window, box.body, box.end, entry, 1);
    }
  }
}

async function bodyOf(window: ByteWindow, { body, end }: Box, skip: number): Promise<Uint8Array> {
  return window.copy(body + skip, Math.max(0, Math.min(MAX_CONFIG_BYTES, end - body - skip)));
}
