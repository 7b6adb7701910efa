/** Movie fragments ("moof"): the index in pieces, as streaming services and some recorders write it. */
import type { FileSource } from "../../FileSource";
import { boxesIn, findBoxes, type Box } from "./boxes";
import { ByteWindow } from "./ByteWindow";
import type { FragmentDefaults } from "./movie";
import type { AccessUnit, UnitAccount } from "./sampleTable";

/** Flags of "tfhd" and "trun" (ISO/IEC 14496-12, 8.8.7 and 8.8.8). */
const TFHD = { base: 0x1, description: 0x2, duration: 0x8, size: 0x10 };
const TRUN = { offset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, shift: 0x800 };

interface Clock {
  time: number;
}

interface Run {
  /** Where the sample data of this fragment is counted from. */
  base: number;
  /** Where the next run starts that does not say so. */
  position: number;
  duration: number;
  size: number;
}

/** The samples of one track in all fragments from `start` on. */
export async function* fragmentUnits(
  source: FileSource,
  start: number,
  defaults: FragmentDefaults,
  account: UnitAccount,
): AsyncGenerator<AccessUnit> {
  const clock: Clock = { time: 0 };
  const top = new ByteWindow(source, 256);
  const window = new ByteWindow(source, 8192);
  for await (const moof of boxesIn(top, start, source.size)) {
    if (moof.end > source.size) account.endsEarly = true;
    if (moof.type !== "moof") continue;
    for await (const traf of boxesIn(window, moof.body, Math.min(moof.end, source.size))) {
      if (traf.type === "traf") yield* trackUnits(window, source, { moof, traf }, defaults, clock);
    }
  }
}

async function* trackUnits(
  window: ByteWindow,
  source: FileSource,
  { moof, traf }: { moof: Box; traf: Box },
  defaults: FragmentDefaults,
  clock: Clock,
): AsyncGenerator<AccessUnit> {
  const { tfhd, tfdt } = await findBoxes(window, traf.body, traf.end, ["tfhd", "tfdt"]);
  if (!tfhd || !(await window.need(tfhd.body, 32)) || window.u32(tfhd.body + 4) !== defaults.trackId) return;
  const run = readHeader(window, tfhd, moof, defaults);
  if (tfdt && (await window.need(tfdt.body, 12))) {
    clock.time = window.u8(tfdt.body) === 1 ? window.u64(tfdt.body + 4) : window.u32(tfdt.body + 4);
  }
  for await (const box of boxesIn(window, traf.body, traf.end)) {
    if (box.type === "trun") yield* runUnits(window, source, box, run, clock);
  }
}

function readHeader(window: ByteWindow, tfhd: Box, moof: Box, defaults: FragmentDefaults): Run {
  const flags = window.u32(tfhd.body) & 0xffffff;
  let at = tfhd.body + 8;
  let base = moof.start;
  if (flags & TFHD.base) {
    base = window.u64(at);
    at += 8;
  }
  if (flags & TFHD.description) at += 4;
  let { duration, size } = defaults;
  if (flags & TFHD.duration) {
    duration = window.u32(at);
    at += 4;
  }
  if (flags & TFHD.size) size = window.u32(at);
  return { base, position: base, duration, size };
}

async function* runUnits(
  window: ByteWindow,
  source: FileSource,
  trun: Box,
  run: Run,
  clock: Clock,
): AsyncGenerator<AccessUnit> {
  if (!(await window.need(trun.body, 16))) return;
  const flags = window.u32(trun.body) & 0xffffff;
  const claimed = window.u32(trun.body + 4);
  let at = trun.body + 8;
  if (flags & TRUN.offset) {
    run.position = run.base + window.i32(at);
    at += 4;
  }
  if (flags & TRUN.firstFlags) at += 4;
  const fields = [TRUN.duration, TRUN.size, TRUN.flags, TRUN.shift].filter((field) => flags & field);
  const entryBytes = 4 * fields.length;
  const count =
    entryBytes > 0 ? Math.min(claimed, Math.floor((trun.end - at) / entryBytes)) : run.size > 0 ? claimed : 0;
  for (let i = 0; i < count; i++, at += entryBytes) {
    if (entryBytes > 0 && !window.has(at, entryBytes) && !(await window.need(at, entryBytes))) return;
    const duration = flags & TRUN.duration ? window.u32(at) : run.duration;
    const size = flags & TRUN.size ? window.u32(at + (flags & TRUN.duration ? 4 : 0)) : run.size;
    yield { position: run.position, size, time: clock.time, duration };
    run.position += size;
    clock.time += duration;
    if (run.position > source.size) return;
  }
}
