/**
 * What decodes: our own code, an npm package, or a library that we build ourselves. Versions are not written
 * here; those installed are what docs/decoding.md shows.
 */

export interface DecoderSource {
  /** As people know it. */
  name: string;
  /** Its npm package; null for code of ours and for what lies in vendor/. */
  package: string | null;
  /** SPDX expression of all that is in it, compiled libraries too. */
  licence: string;
}

export const OWN: DecoderSource = { name: "own", package: null, licence: "AGPL-3.0-or-later" };
export const FAAD2: DecoderSource = { name: "FAAD2", package: null, licence: "GPL-2.0-or-later" };

export const FLAC: DecoderSource = {
  name: "libFLAC",
  package: "@wasm-audio-decoders/flac",
  licence: "MIT AND BSD-3-Clause",
};
export const VORBIS: DecoderSource = {
  name: "libvorbis",
  package: "@wasm-audio-decoders/ogg-vorbis",
  licence: "MIT AND BSD-3-Clause",
};
export const OPUS: DecoderSource = {
  name: "libopus",
  package: "opus-decoder",
  licence: "MIT AND BSD-3-Clause",
};
export const MPG123: DecoderSource = {
  name: "mpg123",
  package: "mpg123-decoder",
  licence: "MIT AND LGPL-2.1-only",
};
export const WMA: DecoderSource = {
  name: "FFmpeg's WMA",
  package: "@audio/decode-wma",
  licence: "LGPL-2.1-or-later",
};
export const WAVPACK: DecoderSource = {
  name: "libwavpack",
  package: "@audio/decode-wavpack",
  licence: "BSD-3-Clause",
};
export const MUSEPACK: DecoderSource = {
  name: "libmpcdec",
  package: "@audio/decode-mpc",
  licence: "BSD-3-Clause",
};
export const TTA: DecoderSource = { name: "TTA in JavaScript", package: "@audio/decode-tta", licence: "MIT" };
export const LIBA52: DecoderSource = {
  name: "liba52",
  package: "@audio/decode-ac3",
  licence: "GPL-2.0-or-later",
};
