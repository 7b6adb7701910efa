/** Decodes bytes the way the worker does, through a real file, and keeps all samples. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { FileFacts } from "../../../src/shared/analysis";
import { openAudio } from "../../../src/worker/decode/openAudio";
import type { DecodeSummary, StreamFormat } from "../../../src/worker/decode/stream";
import { FileSource } from "../../../src/worker/FileSource";

export interface Decoded {
  format: StreamFormat;
  /** As the file says it; null when it does not. */
  channelMask: number | null;
  channels: Float32Array[];
  summary: DecodeSummary;
  facts: FileFacts;
}

/** A path in a new folder that is removed when the test ends. */
export async function temporaryPath(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "playlista-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, name);
}

export async function decodeBytes(bytes: Uint8Array): Promise<Decoded> {
  const path = await temporaryPath("sound");
  await writeFile(path, bytes);
  return decodeFile(path);
}

export async function decodeFile(path: string): Promise<Decoded> {
  const source = await FileSource.open(path);
  try {
    const stream = await openAudio(source);
    try {
      const parts: Float32Array[][] = [];
      for await (const block of stream.blocks()) {
        parts.push(block.channels.map((channel) => channel.slice(0, block.length)));
      }
      const channels = Array.from({ length: stream.format.channels }, (_, c) => joined(parts, c));
      return {
        format: stream.format,
        channelMask: stream.channelMask ?? null,
        channels,
        summary: stream.summary(),
        facts: await source.facts(),
      };
    } finally {
      stream.close();
    }
  } finally {
    await source.close();
  }
}

function joined(parts: Float32Array[][], channel: number): Float32Array {
  const all = parts.map((part) => part[channel] ?? new Float32Array(0));
  const samples = new Float32Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    samples.set(part, at);
    at += part.length;
  }
  return samples;
}
