/** The headers of Musepack's stream versions 7 and 8: how long the sound is, and how it is cut. */
import { AudioFailure } from "../../AudioFailure";
import { readVarint, type MusepackPacket } from "./musepackPackets";

export const MUSEPACK_FRAME_SAMPLES = 1152;
/** What the synthesis adds before the first sample. */
const MUSEPACK_DELAY = 481;

export interface MusepackLength {
  /** Samples without the encoder's silence; null when the file does not say. */
  samples: number | null;
  /** Frames in all; null when the file does not say. */
  frames: number | null;
}

export interface MusepackHead8 extends MusepackLength {
  /** The packet as it is handed to the decoder. */
  bytes: Uint8Array;
  /** Samples that the decoder drops at its start. */
  skipped: number;
  framesInPacket: number;
}

export function corruptMusepack(): AudioFailure {
  return new AudioFailure(
    "corrupt",
    "The Musepack file's header can't be understood. Copy or download it again.",
  );
}

/** From the "SH" packet of version 8. */
export function parseHead8({ bytes, headerBytes }: MusepackPacket): MusepackHead8 {
  // Four bytes of check sum and one of the version stand before the length.
  const length = readVarint(bytes, headerBytes + 5);
  const silence = length && readVarint(bytes, length.next);
  const isWhole = silence && bytes.length >= silence.next + 2;
  if (!isWhole || bytes[headerBytes + 4] !== 8) throw corruptMusepack();
  const power = (bytes[silence.next + 1] ?? 0) & 7;
  const total = length.value;
  return {
    bytes: bytes.slice(),
    samples: total === 0 ? null : Math.max(0, total - silence.value),
    frames: total === 0 ? null : Math.ceil((total + MUSEPACK_DELAY) / MUSEPACK_FRAME_SAMPLES),
    skipped: MUSEPACK_DELAY + silence.value,
    framesInPacket: 4 ** power,
  };
}

/** From the first 24 bytes of version 7, whose words are little endian. */
export function parseHead7(bytes: Uint8Array): MusepackLength {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames = view.getUint32(4, true);
  const word = view.getUint32(20, true);
  const isExact = word >>> 31 === 1;
  const inLast = (word >>> 20) & 0x7ff;
  if (frames === 0 || inLast > MUSEPACK_FRAME_SAMPLES) throw corruptMusepack();
  const samples = isExact
    ? (frames - 1) * MUSEPACK_FRAME_SAMPLES + inLast
    : frames * MUSEPACK_FRAME_SAMPLES - MUSEPACK_DELAY;
  return {
    samples,
    frames: isExact ? Math.ceil((samples + MUSEPACK_DELAY) / MUSEPACK_FRAME_SAMPLES) : frames,
  };
}
