/**
 * What the page draws of one file, kept in `.playlista/views/<sha256>.bin`: waveform, loudness over time, spectrogram
 * and segments. Little endian: "PLVW", version u16, count of sections u16; then each section with its name (four
 * letters), its length in bytes u32 and its content (viewSections.ts). Unknown sections are passed over.
 */
import type { View } from "./view";
import { ByteReader, ByteWriter } from "./viewBytes";
import { SECTIONS } from "./viewSections";

const MAGIC = "PLVW";
const VERSION = 1;

export function encodeView(view: View): Uint8Array {
  const sections = Object.entries(SECTIONS).flatMap(([name, { write }]) => {
    const content = new ByteWriter();
    return write(view, content) ? [{ name, bytes: content.bytes() }] : [];
  });
  const writer = new ByteWriter();
  writer.name(MAGIC);
  writer.u16(VERSION);
  writer.u16(sections.length);
  for (const { name, bytes } of sections) {
    writer.name(name);
    writer.u32(bytes.length);
    writer.u8s(bytes);
  }
  return writer.bytes();
}

/** Null when the bytes are not a view of this version, or are damaged: an analysis then makes it anew. */
export function decodeView(bytes: Uint8Array): View | null {
  const reader = new ByteReader(bytes);
  if (reader.name() !== MAGIC || reader.u16() !== VERSION) return null;
  const view: View = { waveform: null, loudness: null, spectrogram: null, segments: null };
  for (let left = reader.u16(); left > 0; left--) {
    const name = reader.name();
    const content = reader.part(reader.u32());
    if (!reader.isIntact) return null;
    const section = Object.hasOwn(SECTIONS, name) ? SECTIONS[name as keyof typeof SECTIONS] : null;
    if (section && !section.read(content, view)) return null;
  }
  return reader.isIntact && reader.remaining === 0 ? view : null;
}
