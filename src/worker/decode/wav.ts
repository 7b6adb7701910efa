/** WAV: our own reader, since PCM needs no library and this one streams. */
import { AudioFailure } from "../AudioFailure";
import type { FileSource } from "../FileSource";
import { Account, MAX_BLOCK_FRAMES, type AudioBlock, type AudioDecoder, type DecodedStream } from "./stream";
import { readWavHeader, type WavHeader } from "./wavHeader";
import { sampleReader, type SampleReader } from "./wavSamples";

const BLOCK_BYTES = 256 * 1024;

export const wav: AudioDecoder = {
  id: "wav",
  async open(source): Promise<DecodedStream> {
    const header = await readWavHeader(source);
    const read = sampleReader(header.encoding, header.bytesPerSample);
    if (!read) {
      throw new AudioFailure(
        "unsupportedCodec",
        `The WAV file holds ${header.codec} of ${header.bitDepth} bits, which can't be decoded. Convert it to 16 or 24 bits.`,
      );
    }
    const frameBytes = header.bytesPerSample * header.channels;
    const account = new Account(header.sampleRate);
    if (header.promisedBytes !== null) {
      account.promisedSamples = Math.floor(header.promisedBytes / frameBytes);
    }
    return {
      format: {
        container: "WAVE",
        codec: header.codec,
        lossless: header.encoding === "integer" || header.encoding === "float",
        sampleRate: header.sampleRate,
        channels: header.channels,
        bitDepth: header.bitDepth,
      },
      blocks: () => readBlocks(source, header, read, account),
      summary: () => account.summary(),
      close: () => undefined,
    };
  },
};

async function* readBlocks(
  source: FileSource,
  header: WavHeader,
  read: SampleReader,
  account: Account,
): AsyncGenerator<AudioBlock> {
  const frameBytes = header.bytesPerSample * header.channels;
  const frames = Math.max(1, Math.min(MAX_BLOCK_FRAMES, Math.floor(BLOCK_BYTES / frameBytes)));
  // Whole elements of every width, so that typed arrays of the widest sample fit over it.
  const bytes = new Uint8Array(Math.ceil((frames * frameBytes) / 8) * 8);
  const channels = Array.from({ length: header.channels }, () => new Float32Array(frames));
  const total = Math.floor(header.dataBytes / frameBytes);
  while (account.decodedSamples < total) {
    const wanted = Math.min(frames, total - account.decodedSamples);
    const position = header.dataStart + account.decodedSamples * frameBytes;
    const got = await source.fill(position, bytes.subarray(0, wanted * frameBytes));
    const length = Math.floor(got / frameBytes);
    // Shorter than it was when it was opened.
    if (length === 0) break;
    read(bytes.buffer, length, channels);
    account.decodedSamples += length;
    account.audioBytes += length * frameBytes;
    yield { channels, length };
  }
  account.endsEarly = account.decodedSamples < (account.promisedSamples ?? total);
}
