/** MPEG audio whose frames a container has cut already, by mpg123. */
import { parseMpegHeader } from "./mp3Frames";
import type { TrackCodec } from "../trackCodec";
import { runDecoder } from "../runDecoder";

/** `layer`: 1 to 3. */
export async function startMpeg(layer: number, sampleRate: number, channels: number): Promise<TrackCodec> {
  const { MPEGDecoder } = await import("mpg123-decoder");
  const decoder = new MPEGDecoder({ enableGapless: false });
  await decoder.ready;
  const stream: TrackCodec = {
    brokenFrames: 0,
    format: {
      container: "Matroska",
      codec: `MP${layer}`,
      lossless: false,
      sampleRate,
      channels,
      bitDepth: null,
    },
    preSkip: 0,
    decode(frames) {
      const usable = frames.filter((frame) => parseMpegHeader(frame, 0)?.sampleRate === sampleRate);
      stream.brokenFrames = (stream.brokenFrames ?? 0) + frames.length - usable.length;
      if (usable.length === 0) return Promise.resolve({ channels: [], length: 0 });
      const decoded = runDecoder(() => decoder.decodeFrames(usable));
      if (!decoded) return Promise.resolve(null);
      stream.brokenFrames += decoded.errors.length;
      return Promise.resolve({
        channels: decoded.channelData.slice(0, channels),
        length: decoded.samplesDecoded,
      });
    },
    free: () => {
      runDecoder(() => {
        decoder.free();
      });
    },
  };
  return stream;
}
