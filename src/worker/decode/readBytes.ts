/** Bytes of a header as numbers and as letters. */

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Letters from `start` on; four, as a chunk's name has, unless told. */
export function ascii(bytes: Uint8Array, start: number, length = 4): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}
