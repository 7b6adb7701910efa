/**
 * The note that iTunes leaves about an encoder's delay ("iTunSMPB"), for files without an edit list. It is a text
 * of hexadecimal numbers: "00000000 00000840 000001CA 00000000003F31F6": zero, delay, padding, samples.
 */
import { boxesIn, findBoxes, type Box } from "./boxes";
import type { ByteWindow } from "./ByteWindow";

const MAX_DELAY = 16384;
const NOTE_BYTES = 512;

/** Frames at the stream's rate, or null when there is no such note. */
export async function readEncoderDelay(window: ByteWindow, udta: Box): Promise<number | null> {
  const { meta } = await findBoxes(window, udta.body, udta.end, ["meta"]);
  if (!meta) return null;
  // A full box: version and flags come before what it holds.
  const { ilst } = await findBoxes(window, meta.body + 4, meta.end, ["ilst"]);
  if (!ilst) return null;
  for await (const item of boxesIn(window, ilst.body, ilst.end)) {
    if (item.type !== "----") continue;
    const { name, data } = await findBoxes(window, item.body, item.end, ["name", "data"]);
    if (!name || !data || (await text(window, name)) !== "iTunSMPB") continue;
    const [, delay] = /^\s*[\dA-F]+ ([\dA-F]+) [\dA-F]+/i.exec((await text(window, data)).slice(4)) ?? [];
    const frames = delay === undefined ? 0 : Number.parseInt(delay, 16);
    return frames > 0 && frames < MAX_DELAY ? frames : null;
  }
  return null;
}

async function text(window: ByteWindow, { body, end }: Box): Promise<string> {
  const bytes = await window.copy(body + 4, Math.min(NOTE_BYTES, end - body - 4));
  return String.fromCharCode(...bytes);
}
