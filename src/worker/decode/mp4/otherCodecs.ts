/** FLAC and Opus in MP4, by the decoders that other containers of them use. */
import { FlacFrameDecoder } from "../flac/flacDecoder";
import { parseStreamInfo } from "../flac/flacFrames";
import { opus } from "../ogg/opus";
import { cleanSamples } from "../stream";
import type { DecodedUnit, UnitDecoder } from "../unitDecoder";

/** `config`: the metadata blocks of "dfLa"; null when they make no sense. */
export async function openFlac(config: Uint8Array): Promise<UnitDecoder | null> {
  const info = parseStreamInfo(config.subarray(4));
  if (!info) return null;
  const decoder = await FlacFrameDecoder.create();
  const join = joiner(info.channels);
  return {
    codec: "FLAC",
    lossless: true,
    sampleRate: info.sampleRate,
    channels: info.channels,
    bitDepth: info.bitDepth,
    async decode(unit) {
      return join(await decoder.decode([unit]));
    },
    close: () => {
      decoder.free();
    },
  };
}

/** `config`: the body of "dOps"; null when it makes no sense. */
export async function openOpus(config: Uint8Array): Promise<UnitDecoder | null> {
  const stream = config.length < 11 ? null : await opus.start([headOf(config)]);
  if (!stream) return null;
  const { sampleRate, channels } = stream.format;
  const join = joiner(channels);
  return {
    codec: "Opus",
    lossless: false,
    sampleRate,
    channels,
    bitDepth: null,
    delay: stream.preSkip,
    async decode(unit) {
      const decoded = await stream.decode([unit]);
      for (const samples of decoded?.channels ?? []) cleanSamples(samples, samples.length);
      return join(decoded);
    },
    close: () => {
      stream.free();
    },
  };
}

/** The header packet of Ogg, which has the same fields in the other byte order. */
function headOf(config: Uint8Array): Uint8Array {
  const from = new DataView(config.buffer, config.byteOffset, config.length);
  const head = new Uint8Array(8 + config.length);
  const to = new DataView(head.buffer);
  head.set(Uint8Array.from("OpusHead", (character) => character.charCodeAt(0)));
  head.set(config, 8);
  to.setUint8(8, 1);
  to.setUint16(10, from.getUint16(2), true);
  to.setUint32(12, from.getUint32(4), true);
  to.setInt16(16, from.getInt16(8), true);
  return head;
}

/** Puts channels behind one another in one array. */
function joiner(
  channels: number,
): (decoded: { channels: Float32Array[]; length: number } | null) => DecodedUnit | null {
  let samples = new Float32Array(0);
  return (decoded) => {
    if (!decoded || decoded.length === 0 || decoded.channels.length !== channels) return null;
    const { length } = decoded;
    if (samples.length < channels * length) samples = new Float32Array(channels * length);
    decoded.channels.forEach((channel, c) => {
      samples.set(channel.subarray(0, length), c * length);
    });
    return { samples, length, layout: { start: 0, sampleStep: 1, channelStep: length }, factor: 1 };
  };
}
