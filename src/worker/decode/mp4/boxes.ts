/** Boxes ("atoms"), of which MP4 and QuickTime files are made (ISO/IEC 14496-12, 4.2). */
import type { ByteWindow } from "./ByteWindow";

export interface Box {
  type: string;
  /** Position of the header. */
  start: number;
  /** Position behind the header. */
  body: number;
  /** Position behind the box, as it claims: it may lie behind the file's end. */
  end: number;
}

/** More boxes side by side than any real file has. */
const MAX_BOXES = 200_000;

/** The box at `start`, or null when there is none that could be. A size of 0 reaches to `limit`. */
async function boxAt(window: ByteWindow, start: number, limit: number): Promise<Box | null> {
  if (start + 8 > limit || !(await window.need(start, 8))) return null;
  const type = window.type(start + 4);
  const size = window.u32(start);
  if (size === 0) return { type, start, body: start + 8, end: limit };
  if (size >= 8) return { type, start, body: start + 8, end: start + size };
  if (size !== 1 || start + 16 > limit || !(await window.need(start, 16))) return null;
  const longSize = window.u64(start + 8);
  return longSize >= 16 ? { type, start, body: start + 16, end: start + longSize } : null;
}

/** The boxes one after the other; ends at the first that can't be one. */
export async function* boxesIn(window: ByteWindow, start: number, limit: number): AsyncGenerator<Box> {
  let position = start;
  for (let count = 0; count < MAX_BOXES; count++) {
    const box = await boxAt(window, position, limit);
    if (!box) return;
    yield box;
    position = box.end;
  }
}

/** The first box of each of the named types. */
export async function findBoxes<T extends string>(
  window: ByteWindow,
  start: number,
  limit: number,
  types: readonly T[],
): Promise<Partial<Record<T, Box>>> {
  const found: Partial<Record<T, Box>> = {};
  for await (const box of boxesIn(window, start, limit)) {
    const type = types.find((one) => one === box.type);
    if (type !== undefined) found[type] ??= box;
  }
  return found;
}
