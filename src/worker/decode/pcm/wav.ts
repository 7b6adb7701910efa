/** WAV: our own reader, since PCM needs no library and this one streams. */
import { AudioFailure } from "../../AudioFailure";
import { readPcmBlocks } from "./pcmBlocks";
import { OWN } from "../decoderSources";
import { Account, type AudioDecoder, type DecodedStream } from "../stream";
import { readWavHeader } from "./wavHeader";
import { sampleReader } from "./wavSamples";

export const wav: AudioDecoder = {
  id: "wav",
  signatures: [
    [{ text: "RIFF" }, { text: "WAVE", at: 8 }],
    [{ text: "RF64" }, { text: "WAVE", at: 8 }],
    [{ text: "BW64" }, { text: "WAVE", at: 8 }],
  ],
  // With a tag before it, it is not worth a second way of reading: positions are counted from 0.
  startsFile: true,
  decoders: [OWN],
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
      ...(header.channelMask !== null && { channelMask: header.channelMask }),
      blocks: () => readPcmBlocks(source, header, read, account),
      summary: () => account.summary(),
      close: () => undefined,
    };
  },
};
