/** Opus in Ogg (RFC 7845), by libopus: always at 48 kHz, with the header's output gain applied. */
import type { OggCodec } from "./oggCodec";
import { runDecoder } from "../runDecoder";
import { toWaveOrder } from "../waveOrder";

const SAMPLE_RATE = 48000;

interface OpusHead {
  channels: number;
  preSkip: number;
  /** Factor. */
  gain: number;
  streamCount: number;
  coupledStreamCount: number;
  channelMappingTable: number[];
}

export const opus: OggCodec = {
  isHeader: (packet) => String.fromCharCode(...packet.subarray(0, 8)) === "OpusHead",
  headerCount: (first) => (parseHead(first) ? 2 : null),
  async start([first]) {
    const head = first ? parseHead(first) : null;
    if (!head) return null;
    const { channels, preSkip, gain, ...mapping } = head;
    const { OpusDecoder } = await import("opus-decoder");
    const decoder = new OpusDecoder({ channels, preSkip: 0, ...mapping });
    await decoder.ready;
    const maxPacketBytes = 32000 * 0.12 * channels;
    return {
      format: {
        container: "Ogg",
        codec: "Opus",
        lossless: false,
        sampleRate: SAMPLE_RATE,
        channels,
        bitDepth: null,
      },
      preSkip,
      trimsStart: false,
      decode(packets) {
        const usable = packets.filter((packet) => packet.length > 0 && packet.length <= maxPacketBytes);
        if (usable.length === 0) return Promise.resolve({ channels: [], length: 0 });
        const decoded = runDecoder(() => decoder.decodeFrames(usable));
        if (decoded && gain !== 1) for (const samples of decoded.channelData) amplify(samples, gain);
        return Promise.resolve(
          decoded && { channels: toWaveOrder(decoded.channelData), length: decoded.samplesDecoded },
        );
      },
      free: () => {
        runDecoder(() => {
          decoder.free();
        });
      },
    };
  },
};

function parseHead(packet: Uint8Array): OpusHead | null {
  if (packet.length < 19) return null;
  const view = new DataView(packet.buffer, packet.byteOffset, packet.length);
  const channels = view.getUint8(9);
  // Bits 4–7 are the version that breaks readers (RFC 7845, 5.1).
  if (channels === 0 || view.getUint8(8) >> 4 !== 0) return null;
  const preSkip = view.getUint16(10, true);
  const gain = 10 ** (view.getInt16(16, true) / 256 / 20);
  if (view.getUint8(18) === 0) {
    if (channels > 2) return null;
    const channelMappingTable = channels === 2 ? [0, 1] : [0];
    return { channels, preSkip, gain, streamCount: 1, coupledStreamCount: channels - 1, channelMappingTable };
  }
  if (packet.length < 21 + channels) return null;
  const streamCount = view.getUint8(19);
  const coupledStreamCount = view.getUint8(20);
  const channelMappingTable = [...packet.subarray(21, 21 + channels)];
  const streams = streamCount + coupledStreamCount;
  const isValid =
    streamCount > 0 &&
    coupledStreamCount <= streamCount &&
    streams <= 255 &&
    channelMappingTable.every((stream) => stream < streams || stream === 255);
  return isValid ? { channels, preSkip, gain, streamCount, coupledStreamCount, channelMappingTable } : null;
}

function amplify(samples: Float32Array, gain: number): void {
  for (let i = 0; i < samples.length; i++) samples[i] = (samples[i] ?? 0) * gain;
}
