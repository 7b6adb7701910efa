/** Vorbis in Ogg, by libvorbis. Its wrapper parses Ogg itself, but not damaged or chained files: we hand it packets. */
import type { OggCodec } from "./oggCodec";
import { awaitDecoder, runDecoder } from "../runDecoder";
import { toWaveOrder } from "../waveOrder";

/** What decodeOggPages looks at; the package's types leave the method out. */
interface VorbisPage {
  data: Uint8Array;
  codecFrames: { data: Uint8Array; header: { vorbisSetup: Uint8Array } }[];
  isLastPage: boolean;
}

interface PacketDecoder {
  decodeOggPages(pages: VorbisPage[]): Promise<{ channelData: Float32Array[]; samplesDecoded: number }>;
}

/** The wrapper's input buffer. */
const MAX_PACKET_BYTES = 128 * 1024;
const NO_SETUP = { vorbisSetup: new Uint8Array(0) };

export const vorbis: OggCodec = {
  isHeader: (packet) => isVorbisHeader(packet, 1),
  headerCount: () => 3,
  async start([identification, , setup]) {
    if (!identification || !setup || identification.length < 30 || !isVorbisHeader(setup, 5)) return null;
    const view = new DataView(identification.buffer, identification.byteOffset);
    const channels = view.getUint8(11);
    const sampleRate = view.getUint32(12, true);
    if (channels === 0 || sampleRate === 0 || setup.length > MAX_PACKET_BYTES) return null;
    const { OggVorbisDecoder } = await import("@wasm-audio-decoders/ogg-vorbis");
    const decoder = new OggVorbisDecoder();
    await decoder.ready;
    const packetDecoder = decoder as unknown as PacketDecoder;
    const firstPage: VorbisPage = { data: identification, codecFrames: [], isLastPage: false };
    let header = { vorbisSetup: setup };
    let before = [firstPage];
    return {
      format: { container: "Ogg", codec: "Vorbis", lossless: false, sampleRate, channels, bitDepth: null },
      preSkip: 0,
      trimsStart: true,
      async decode(packets) {
        const codecFrames = packets
          .filter((packet) => packet.length > 0 && packet.length <= MAX_PACKET_BYTES)
          .map((data) => ({ data, header }));
        if (codecFrames.length === 0) return { channels: [], length: 0 };
        const pages = [...before, { data: NO_SETUP.vorbisSetup, codecFrames, isLastPage: false }];
        before = [];
        header = NO_SETUP;
        const decoded = await awaitDecoder(() => packetDecoder.decodeOggPages(pages));
        return decoded && { channels: toWaveOrder(decoded.channelData), length: decoded.samplesDecoded };
      },
      free: () => {
        runDecoder(() => {
          decoder.free();
        });
      },
    };
  },
};

function isVorbisHeader(packet: Uint8Array, type: number): boolean {
  return packet[0] === type && String.fromCharCode(...packet.subarray(1, 7)) === "vorbis";
}
