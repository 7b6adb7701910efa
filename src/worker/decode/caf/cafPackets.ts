/**
 * AAC and ALAC in CAF: the packet table gives the units' sizes and says which of the frames are music; the
 * decoders are those of MP4.
 */
import type { FileSource } from "../../FileSource";
import { openAac, TRIAL_UNITS } from "../aac/aac";
import { openAlac } from "../alac/alac";
import { readVarint } from "../musepack/musepackPackets";
import { parseEsds } from "../mp4/esds";
import { cleanSamples, splitBlock, type Account, type AudioBlock } from "../stream";
import type { TrackCodec } from "../trackCodec";
import { fromUnits } from "../unitCodec";

const TABLE_HEADER_BYTES = 24;
/** Of a packet table: some days of sound. */
const MAX_TABLE_BYTES = 64 * 1024 * 1024;
const MAX_UNIT_BYTES = 1024 * 1024;
const BATCH_UNITS = 16;

export interface CafTable {
  /** Frames of music. */
  validFrames: number;
  /** Frames before the music. */
  primingFrames: number;
  sizes: Uint8Array;
  /** Bytes of every unit; 0 when each has its own size in the table. */
  unitBytes: number;
  units: number;
}

/** Null when the table is too short to be one. */
export async function readTable(
  source: FileSource,
  start: number,
  size: number,
  unitBytes: number,
): Promise<CafTable | null> {
  const bytes = await source.readAside(start, Math.min(size, MAX_TABLE_BYTES));
  if (bytes.length < TABLE_HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    units: Number(view.getBigInt64(0)),
    validFrames: Number(view.getBigInt64(8)),
    primingFrames: Math.max(0, view.getInt32(16)),
    sizes: bytes.subarray(TABLE_HEADER_BYTES),
    unitBytes,
  };
}

/** Sizes of the units, as far as the table goes. */
function* unitSizes({ sizes, unitBytes, units }: CafTable): Generator<number, undefined> {
  let at = 0;
  for (let i = 0; i < units; i++) {
    const size = unitBytes > 0 ? { value: unitBytes, next: 0 } : readVarint(sizes, at);
    if (!size) return;
    at = size.next;
    yield size.value;
  }
}

/** The decoder for a description and its cookie; null when there is none. */
export async function openUnits(
  source: FileSource,
  codec: string,
  cookie: Uint8Array,
  table: CafTable,
  dataStart: number,
): Promise<TrackCodec | null> {
  const decoder = codec === "alac" ? openAlac(cookie) : await openAacUnits(source, cookie, table, dataStart);
  return decoder && fromUnits(decoder, "CAF", table.primingFrames);
}

async function openAacUnits(
  source: FileSource,
  cookie: Uint8Array,
  table: CafTable,
  dataStart: number,
): ReturnType<typeof openAac> {
  // The cookie is the descriptor of MP4's "esds", or what it would hold.
  const config = parseEsds(cookie)?.config ?? cookie;
  const units: Uint8Array[] = [];
  let position = dataStart;
  for (const size of unitSizes(table)) {
    if (units.length >= TRIAL_UNITS || size > MAX_UNIT_BYTES) break;
    units.push(await source.readAside(position, size));
    position += size;
  }
  return openAac({ kind: "config", bytes: config }, units);
}

/** Decodes all units from `dataStart` on. */
export async function* readUnits(
  source: FileSource,
  table: CafTable,
  dataStart: number,
  codec: TrackCodec,
  account: Account,
): AsyncGenerator<AudioBlock> {
  let skip = codec.preSkip;
  let position = dataStart;
  let units: Uint8Array[] = [];
  const sizes = unitSizes(table);
  let read = 0;
  while (account.decodedSamples < table.validFrames) {
    const size = sizes.next().value ?? null;
    const isOver = size === null || size > MAX_UNIT_BYTES || position + size > source.size;
    if (!isOver) {
      units.push(await source.read(position, size));
      read++;
      position += size;
      account.audioBytes += size;
    }
    if (!isOver && units.length < BATCH_UNITS) continue;
    const { channels, length } = await decodeBatch(codec, units, account);
    units = [];
    const start = Math.min(skip, length);
    skip -= start;
    const end = Math.min(length, start + table.validFrames - account.decodedSamples);
    account.decodedSamples += end - start;
    yield* splitBlock(
      channels.map((channel) => channel.subarray(start, end)),
      end - start,
    );
    if (isOver) break;
  }
  account.endsEarly = read < table.units && account.decodedSamples < table.validFrames;
  // Some programs count the last unit as a full one.
  const isWhole = !account.endsEarly && account.summary().damage.length === 0;
  if (isWhole) account.promisedSamples = account.decodedSamples;
}

async function decodeBatch(
  codec: TrackCodec,
  units: Uint8Array[],
  account: Account,
): Promise<{ channels: Float32Array[]; length: number }> {
  const brokenBefore = codec.brokenFrames ?? 0;
  const decoded = await codec.decode(units);
  if (!decoded || (codec.brokenFrames ?? 0) > brokenBefore) account.noteDamage();
  for (const channel of decoded?.channels ?? []) cleanSamples(channel, channel.length);
  return decoded ?? { channels: [], length: 0 };
}
