/**
 * Walks through a track's sample table in the order of the file: chunks, the samples in them, their sizes and
 * times. All tables are read through small windows, so that ten hours need no more memory than a minute.
 */
import type { FileSource } from "../../FileSource";
import type { Box } from "./boxes";
import { ByteWindow } from "./ByteWindow";
import type { SampleTableBoxes } from "./movie";
import { PCM_UNIT_FRAMES } from "./pcmTrack";
import { RunReader } from "./RunReader";
import { SizeReader } from "./SizeReader";

/** One sample of a track: what a decoder takes in one go. */
export interface AccessUnit {
  position: number;
  /** Bytes. */
  size: number;
  /** In units of the track's timescale. */
  time: number;
  duration: number;
}

/** What walking through an index tells besides its units. */
export interface UnitAccount {
  /** The index names more than there is. */
  endsEarly: boolean;
}

/** Sum of all durations in units of the track's timescale. */
export async function tableDuration(source: FileSource, table: SampleTableBoxes): Promise<number> {
  const sizes = await SizeReader.open(source, table);
  const times = await RunReader.open(source, table.stts, 8);
  return sizes && times ? times.sum(sizes.count) : 0;
}

/** Whether the table lists any samples at all: in fragmented files it does not. */
export async function hasSamples(source: FileSource, table: SampleTableBoxes): Promise<boolean> {
  const sizes = await SizeReader.open(source, table);
  return sizes !== null && (sizes.count > 0 || sizes.isCut);
}

/**
 * The samples in the order of the table; those of a chunk behind the file's end are given only once.
 *
 * @param frameBytes - for PCM, whose samples are single frames and come in portions; their sizes are not believed,
 * since QuickTime writes 1 for them.
 */
export async function* tableUnits(
  source: FileSource,
  table: SampleTableBoxes,
  account: UnitAccount,
  frameBytes: number | null,
): AsyncGenerator<AccessUnit> {
  const sizes = await SizeReader.open(source, table);
  const times = await RunReader.open(source, table.stts, 8);
  const chunks = await ChunkReader.open(source, table);
  const perChunk = await RunReader.open(source, table.stsc, 12);
  if (!sizes || !times || !chunks || !perChunk) {
    account.endsEarly = true;
    return;
  }
  let sample = 0;
  let time = 0;
  for (let chunk = 0; chunk < chunks.count && sample < sizes.count; chunk++) {
    let position = await chunks.at(chunk);
    const count = Math.min(await perChunk.valueFrom(chunk + 1), sizes.count - sample);
    for (let i = 0; i < count;) {
      const together = frameBytes === null ? 1 : Math.min(count - i, PCM_UNIT_FRAMES);
      const oneSize = frameBytes ?? (sizes.has(sample) ? sizes.at(sample) : await sizes.load(sample));
      if (oneSize === null) break;
      const size = together * oneSize;
      const duration = together > 1 ? await times.sum(together) : (times.nextReady ?? (await times.next()));
      yield { position, size, time, duration };
      position += size;
      time += duration;
      sample += together;
      i += together;
      if (position < source.size) continue;
      const rest = count - i;
      time += await times.sum(rest);
      sample += rest;
      break;
    }
  }
  if (sample < sizes.count || sizes.isCut) account.endsEarly = true;
}

/** "stco" or "co64": where chunks start. */
class ChunkReader {
  readonly count: number;
  readonly #window: ByteWindow;
  readonly #start: number;
  readonly #entryBytes: number;

  private constructor(window: ByteWindow, start: number, entryBytes: number, count: number) {
    this.#window = window;
    this.#start = start;
    this.#entryBytes = entryBytes;
    this.count = count;
  }

  static async open(source: FileSource, { stco, co64 }: SampleTableBoxes): Promise<ChunkReader | null> {
    const box: Box | undefined = stco ?? co64;
    if (!box) return null;
    const window = new ByteWindow(source);
    if (!(await window.need(box.body, 8))) return null;
    const entryBytes = stco ? 4 : 8;
    const room = Math.floor((Math.min(box.end, source.size) - box.body - 8) / entryBytes);
    return new ChunkReader(window, box.body + 8, entryBytes, Math.min(window.u32(box.body + 4), room));
  }

  async at(index: number): Promise<number> {
    const position = this.#start + index * this.#entryBytes;
    if (!(await this.#window.need(position, this.#entryBytes))) return Infinity;
    return this.#entryBytes === 4 ? this.#window.u32(position) : this.#window.u64(position);
  }
}
