/** A file's samples all at once, through the project's own decoders: for benches, where files are short. */
import { openAudio } from "../../src/worker/decode/openAudio";
import { FileSource } from "../../src/worker/FileSource";

const LONGEST_SECONDS = 120;

export interface DecodedFile {
  /** One array a channel, of at most two minutes from the middle. */
  channels: Float32Array[];
  /** Hz. */
  sampleRate: number;
}

export async function decodeFile(path: string): Promise<DecodedFile> {
  const source = await FileSource.open(path);
  try {
    const stream = await openAudio(source);
    const { sampleRate } = stream.format;
    const parts: Float32Array[][] = [];
    for await (const { channels, length } of stream.blocks()) {
      parts.push(channels.map((samples) => samples.slice(0, length)));
    }
    stream.close();
    const whole = Array.from({ length: stream.format.channels }, (_, c) =>
      joined(parts.map((part) => part[c] ?? new Float32Array(0))),
    );
    return { channels: whole.map((samples) => middle(samples, LONGEST_SECONDS * sampleRate)), sampleRate };
  } finally {
    await source.close();
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function middle(samples: Float32Array, longest: number): Float32Array {
  const from = Math.max(0, (samples.length - longest) >> 1);
  return samples.subarray(from, from + longest);
}
