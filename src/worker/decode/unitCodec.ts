/** Gives decoders that take one unit at a time the face that Matroska's and CAF's streams ask for. */
import type { TrackCodec } from "./trackCodec";
import { BlockBuffer } from "./BlockBuffer";
import { joinBlocks } from "./joinBlocks";
import type { UnitDecoder } from "./unitDecoder";

/** `preSkip`: frames at the start that are not music. */
export function fromUnits(decoder: UnitDecoder, container: string, preSkip: number): TrackCodec {
  const { codec, lossless, sampleRate, channels, bitDepth } = decoder;
  const stream: TrackCodec = {
    brokenFrames: 0,
    format: { container, codec, lossless, sampleRate, channels, bitDepth },
    preSkip,
    async decode(units) {
      const buffer = new BlockBuffer(channels);
      let length = 0;
      for (const unit of units) {
        const decoded = await decoder.decode(unit);
        if (decoded) {
          buffer.add(decoded.samples, decoded.length, decoded.layout, decoded.factor);
          length += decoded.length;
        } else stream.brokenFrames = (stream.brokenFrames ?? 0) + 1;
      }
      return { channels: joinBlocks([...buffer.take()], channels), length };
    },
    free: () => {
      decoder.close?.();
    },
  };
  return stream;
}
