/** The packets of an ASF file (Advanced Systems Format 1.2, chapter 5.2): the pieces of audio in them. */

/** A piece of a media object: what was handed to the multiplexer as one. */
export interface AsfPiece {
  stream: number;
  /** Number of the object it belongs to. */
  object: number;
  /** Its place in the object. */
  offset: number;
  /** Bytes of the whole object. */
  objectBytes: number;
  bytes: Uint8Array;
}

const FIELD_BYTES = [0, 1, 2, 4];

/** Reads fields of changing width; `isBroken` when one lies behind the end. */
class FieldReader {
  at = 0;
  isBroken = false;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** `type`: 0–3 for no, 1, 2 or 4 bytes. */
  field(type: number): number {
    const width = FIELD_BYTES[type & 3] ?? 0;
    const at = this.at;
    this.at += width;
    if (this.at > this.#view.byteLength) {
      this.isBroken = true;
      return 0;
    }
    if (width === 0) return 0;
    return width === 1
      ? this.#view.getUint8(at)
      : width === 2
        ? this.#view.getUint16(at, true)
        : this.#view.getUint32(at, true);
  }
}

/** The pieces in a packet; null when it makes no sense. */
export function parseAsfPacket(packet: Uint8Array): AsfPiece[] | null {
  const reader = new FieldReader(packet);
  const correction = reader.field(1);
  // Every packet of a file with error correction starts with its data: 0x82 and two zeros.
  if (correction & 0x80) {
    if (correction & 0x60) return null;
    reader.at += correction & 15;
  } else reader.at = 0;
  const flags = reader.field(1);
  const properties = reader.field(1);
  const packetLength = reader.field(flags >> 5);
  reader.field(flags >> 1);
  const padding = reader.field(flags >> 3);
  reader.at += 6;
  const end = (flags & 0x60 ? Math.min(packetLength, packet.length) : packet.length) - padding;
  // One byte for the stream's number and replicated data of at least 8 bytes are in all real files.
  if (reader.isBroken || end <= reader.at || (properties & 3) === 0) return null;
  const hasMany = (flags & 1) !== 0;
  const counts = hasMany ? reader.field(1) : 1;
  const pieces: AsfPiece[] = [];
  for (let i = counts & 63; i > 0; i--) {
    const isRead = readPiece(packet, reader, properties, hasMany ? counts >> 6 : 0, end, pieces);
    if (!isRead) return null;
  }
  return pieces;
}

function readPiece(
  packet: Uint8Array,
  reader: FieldReader,
  properties: number,
  lengthType: number,
  end: number,
  pieces: AsfPiece[],
): boolean {
  const stream = reader.field(1) & 0x7f;
  const object = reader.field(properties >> 4);
  const offset = reader.field(properties >> 2);
  const replicated = reader.field(properties);
  const isCompressed = replicated === 1;
  let objectBytes = 0;
  if (isCompressed) reader.at += 1;
  else if (replicated >= 8) {
    objectBytes = reader.field(3);
    reader.at += replicated - 4;
  } else return false;
  const length = lengthType === 0 ? end - reader.at : reader.field(lengthType);
  const start = reader.at;
  if (reader.isBroken || length < 0 || start + length > end) return false;
  reader.at += length;
  const bytes = packet.subarray(start, reader.at);
  if (isCompressed) splitCompressed(bytes, stream, offset, pieces);
  else pieces.push({ stream, object, offset, objectBytes, bytes });
  return true;
}

/** "Compressed" payloads: many small objects, each with a byte for its length before it. */
function splitCompressed(bytes: Uint8Array, stream: number, firstTime: number, pieces: AsfPiece[]): void {
  let at = 0;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    const part = bytes.subarray(at + 1, at + 1 + length);
    pieces.push({ stream, object: firstTime + at, offset: 0, objectBytes: part.length, bytes: part });
    at += 1 + length;
  }
}
