/**
 * The bytes of a journal: a header that names the snapshot it goes on from, then framed records, one a
 * transaction. Numbers are little-endian.
 *
 *   header  "PLSTJRNL" · format version u32 · generation u32 · nonce (16) · SHA-256 of these (8)
 *   record  "PLRC" · payload bytes u32 · number u32 (from 1) · SHA-256 of nonce, both and payload (8)
 *           · SHA-256 of nonce and all before this (8), not in format 1 · payload
 *
 * The nonce in each check keeps what an older file left on the disk from passing for a record. The second check
 * vouches for the length alone: a record that is shorter than it says was never finished, unless it is the length
 * that was damaged.
 */
import { createHash } from "node:crypto";

const MAGIC = "PLSTJRNL";
/** What new journals have. One of format 1 is read, and gone on with until the next snapshot. */
const FORMAT_VERSION = 2;
const NONCE_BYTES = 16;
const CHECK_BYTES = 8;
export const HEADER_BYTES = 8 + 4 + 4 + NONCE_BYTES + CHECK_BYTES;

const MARKER = Buffer.from("PLRC");
/** Up to the check of the payload, by its own. */
const PAYLOAD_CHECKED = 4 + 4 + 4 + CHECK_BYTES;
const FRAME_BYTES = { 1: PAYLOAD_CHECKED, 2: PAYLOAD_CHECKED + CHECK_BYTES } as const;
/**
 * A transaction of thousands of rows has a few megabytes; a larger one goes into a snapshot. Read as JSON, what somebody
 * made for it takes some thirty times as much memory.
 */
export const MAX_PAYLOAD_BYTES = 32 * 1024 * 1024;

/** A snapshot: its number, and random bytes in hex by which two of the same number differ. */
export interface Generation {
  number: number;
  nonce: string;
}

/** What a journal says of itself. */
export interface JournalHeader extends Generation {
  format: keyof typeof FRAME_BYTES;
}

/** What its records are written and read by. */
export type RecordFormat = Pick<JournalHeader, "format" | "nonce">;

/** Far from the end of what four bytes hold, so that counting on from it never comes there. */
const MAX_GENERATION = 2 ** 31;
const NONCE = /^[0-9a-f]{32}$/;

/** Whether a header can say it. */
export function isGeneration({ number, nonce }: { number: unknown; nonce: unknown }): boolean {
  const isCounted =
    Number.isSafeInteger(number) && (number as number) > 0 && (number as number) <= MAX_GENERATION;
  return isCounted && typeof nonce === "string" && NONCE.test(nonce);
}

export function newHeader({ number, nonce }: Generation): JournalHeader {
  return { number, nonce, format: FORMAT_VERSION };
}

export function encodeHeader({ number, nonce, format }: JournalHeader): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.write(MAGIC, 0, "latin1");
  header.writeUInt32LE(format, 8);
  header.writeUInt32LE(number, 12);
  header.write(nonce, 16, NONCE_BYTES, "hex");
  check(header.subarray(0, HEADER_BYTES - CHECK_BYTES)).copy(header, HEADER_BYTES - CHECK_BYTES);
  return header;
}

/** Null for what is no header of a format that is known here. */
export function decodeHeader(bytes: Buffer): JournalHeader | null {
  if (bytes.toString("latin1", 0, 8) !== MAGIC || isHeaderDamaged(bytes)) return null;
  const format = bytes.readUInt32LE(8);
  if (format !== 1 && format !== 2) return null;
  return { number: bytes.readUInt32LE(12), nonce: bytes.toString("hex", 16, 16 + NONCE_BYTES), format };
}

/** Whether where a header should be there is none that is whole. */
export function isHeaderDamaged(bytes: Buffer): boolean {
  const end = HEADER_BYTES - CHECK_BYTES;
  return (
    bytes.length < HEADER_BYTES || !check(bytes.subarray(0, end)).equals(bytes.subarray(end, HEADER_BYTES))
  );
}

export function encodeRecord({ format, nonce }: RecordFormat, number: number, payload: Buffer): Buffer {
  if (payload.length > MAX_PAYLOAD_BYTES) throw new Error(`a change of ${payload.length} bytes`);
  const frame = Buffer.alloc(FRAME_BYTES[format]);
  MARKER.copy(frame);
  frame.writeUInt32LE(payload.length, 4);
  frame.writeUInt32LE(number, 8);
  checkRecord(nonce, frame, payload).copy(frame, 12);
  if (format > 1) checkFrame(nonce, frame).copy(frame, PAYLOAD_CHECKED);
  return Buffer.concat([frame, payload]);
}

interface JournalRecord {
  number: number;
  payload: Buffer;
}

export interface Scan {
  records: JournalRecord[];
  /** Bytes up to the end of the last whole record. */
  end: number;
  /**
   * What follows it: nothing, the beginning of one record that was never finished, or anything else. "damaged"
   * also when something before it is no record.
   */
  rest: "none" | "torn" | "damaged";
}

/** To check a record costs as much as to read so many bytes more. */
const COST_OF_CHECK = 1000;
/** Checks that any journal may ask for. */
const FREE_CHECKS = 1000;

/** Finds the whole records behind a header, those behind damage too; `last` is the number of the one before. */
export function scanRecords(bytes: Buffer, by: RecordFormat, from = HEADER_BYTES, last = 0): Scan {
  const records: JournalRecord[] = [];
  let end = from;
  let isDamaged = false;
  // A journal made to keep us busy: each marker in it may ask for a check of all that follows.
  let budget = 4 * bytes.length + FREE_CHECKS * COST_OF_CHECK;
  for (let at = from; at >= 0 && at < bytes.length && budget >= 0;) {
    const length = announcedAt(bytes, at, by);
    const record = length === null ? null : recordAt(bytes, at, length, by);
    if (record === null) {
      if (length !== null) budget -= length + COST_OF_CHECK;
      at = bytes.indexOf(MARKER, at + 1);
      continue;
    }
    // A batch that failed and was written again leaves the same records twice.
    if (record.number > last) {
      isDamaged ||= at !== end || record.number !== last + 1;
      records.push(record);
      last = record.number;
    }
    at += FRAME_BYTES[by.format] + record.payload.length;
    end = at;
  }
  return { records, end, rest: isDamaged ? "damaged" : restOf(bytes.subarray(end), by) };
}

/** The length of the payload, where a record may begin and end. */
function announcedAt(bytes: Buffer, at: number, { format }: RecordFormat): number | null {
  const left = bytes.length - at - FRAME_BYTES[format];
  if (left < 0 || bytes.compare(MARKER, 0, 4, at, at + 4) !== 0) return null;
  const length = bytes.readUInt32LE(at + 4);
  return length > MAX_PAYLOAD_BYTES || length > left ? null : length;
}

function recordAt(bytes: Buffer, at: number, length: number, by: RecordFormat): JournalRecord | null {
  const start = at + FRAME_BYTES[by.format];
  const payload = bytes.subarray(start, start + length);
  const frame = bytes.subarray(at, start);
  if (!isFrameSound(frame, by)) return null;
  if (!checkRecord(by.nonce, frame, payload).equals(frame.subarray(12, PAYLOAD_CHECKED))) return null;
  return { number: bytes.readUInt32LE(at + 8), payload };
}

/** Nothing that was acknowledged is in a record that reaches past the end, nor in bytes that never came. */
function restOf(rest: Buffer, by: RecordFormat): Scan["rest"] {
  if (rest.length === 0) return "none";
  if (rest.every((byte) => byte === 0)) return "torn";
  const shown = Math.min(MARKER.length, rest.length);
  if (rest.compare(MARKER, 0, shown, 0, shown) !== 0) return "damaged";
  const frameBytes = FRAME_BYTES[by.format];
  if (rest.length < frameBytes) return "torn";
  const isUnfinished = rest.readUInt32LE(4) > rest.length - frameBytes;
  return isUnfinished && isFrameSound(rest.subarray(0, frameBytes), by) ? "torn" : "damaged";
}

/** Format 1 says nothing of it. */
function isFrameSound(frame: Buffer, { format, nonce }: RecordFormat): boolean {
  return format === 1 || checkFrame(nonce, frame).equals(frame.subarray(PAYLOAD_CHECKED));
}

function checkFrame(nonce: string, frame: Buffer): Buffer {
  const hash = createHash("sha256").update(nonce).update(frame.subarray(0, PAYLOAD_CHECKED));
  return hash.digest().subarray(0, CHECK_BYTES);
}

function checkRecord(nonce: string, frame: Buffer, payload: Buffer): Buffer {
  const hash = createHash("sha256").update(nonce).update(frame.subarray(4, 12)).update(payload);
  return hash.digest().subarray(0, CHECK_BYTES);
}

function check(bytes: Buffer): Buffer {
  return createHash("sha256").update(bytes).digest().subarray(0, CHECK_BYTES);
}
