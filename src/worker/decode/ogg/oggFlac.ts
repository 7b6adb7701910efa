/** FLAC in Ogg (the mapping at xiph.org/flac/ogg_mapping.html): each packet is a frame. */
import { FlacFrameDecoder } from "../flac/flacDecoder";
import { parseFrameHeader, parseStreamInfo, STREAMINFO_BYTES } from "../flac/flacFrames";
import type { OggCodec } from "./oggCodec";

/** "\x7fFLAC", version, number of further header packets, "fLaC", block header. */
const STREAMINFO_START = 17;

export const oggFlac: OggCodec = {
  isHeader: (packet) => packet[0] === 0x7f && String.fromCharCode(...packet.subarray(1, 5)) === "FLAC",
  headerCount(first) {
    if (first.length < STREAMINFO_START + STREAMINFO_BYTES) return null;
    const further = ((first[7] ?? 0) << 8) | (first[8] ?? 0);
    // 0 means unknown; there is always a comment header, and decode() passes over the others.
    return 1 + (further === 0 ? 1 : further);
  },
  async start([first]) {
    const info = first && parseStreamInfo(first.subarray(STREAMINFO_START));
    if (!info) return null;
    const decoder = await FlacFrameDecoder.create();
    return {
      format: {
        container: "Ogg",
        codec: "FLAC",
        lossless: true,
        sampleRate: info.sampleRate,
        channels: info.channels,
        bitDepth: info.bitDepth,
      },
      preSkip: 0,
      trimsStart: false,
      decode(packets) {
        const frames = packets.filter((packet) => parseFrameHeader(packet, 0)?.channels === info.channels);
        if (frames.length === 0) return Promise.resolve({ channels: [], length: 0 });
        return decoder.decode(frames);
      },
      free: () => {
        decoder.free();
      },
    };
  },
};
