/**
 * The registry of decoders: each format family's declaration, with what it begins with, what decodes it under
 * which licence, and the way in. Recognition (signature.ts), docs/decoding.md and tests follow from it.
 */
import { aac } from "./aac/adts";
import { ac3 } from "./ac3/ac3";
import { aiff } from "./pcm/aiff";
import { caf } from "./caf/caf";
import { flac } from "./flac/flac";
import { mp3 } from "./mp3/mp3";
import { mp4 } from "./mp4/mp4";
import { ogg } from "./ogg/ogg";
import { musepack } from "./musepack/musepack";
import { matroska } from "./matroska/matroska";
import type { AudioDecoder } from "./stream";
import { tta } from "./tta/tta";
import { wav } from "./pcm/wav";
import { wavpack } from "./wavpack/wavpack";
import { wma } from "./wma/wma";
import type { AudioFormat } from "../../shared/audioFormats";

/** By the id that the format has in the list of formats. */
export const DECODERS: Readonly<Record<AudioFormat["id"], AudioDecoder>> = {
  wav,
  flac,
  mp3,
  ogg,
  aiff,
  caf,
  wma,
  wavpack,
  tta,
  ac3,
  mp4,
  aac,
  musepack,
  matroska,
};
