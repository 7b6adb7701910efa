/** What the parser is given to see of an ID3v2 tag: all of a usual one, and of a hostile one no more than is needed. */
import { describe, expect, it } from "vitest";
import { limitFrames, limitTag } from "../../../src/worker/id3Limit";

const MANY = "a\0".repeat(5000);

/** Its size is written as its version writes sizes. */
function frame(version: number, id: string, content: Buffer): Buffer {
  const [bits, bytes] = version === 2 ? [8, 3] : [version === 4 ? 7 : 8, 4];
  const size = Array.from(
    { length: bytes },
    (_, i) => (content.length >> (bits * (bytes - 1 - i))) & (2 ** bits - 1),
  );
  return Buffer.concat([Buffer.from(id), Buffer.from(size), Buffer.alloc(version === 2 ? 0 : 2), content]);
}

const latin = (text: string): Buffer => Buffer.from(`\0${text}`, "latin1");
const wide = (text: string): Buffer =>
  Buffer.concat([Buffer.from([1, 0xff, 0xfe]), Buffer.from(text, "utf16le")]);

/** The tag after the limit, as far as it differs. */
function limited(version: number, frames: readonly Buffer[]): { before: Buffer; after: Buffer } {
  const before = Buffer.concat(frames);
  const after = Buffer.from(before);
  limitFrames(after, version);
  return { before, after };
}

describe("limitFrames", () => {
  it("leaves a usual tag as it is, long texts in UTF-16 and pictures too", () => {
    const { before, after } = limited(3, [
      frame(3, "TIT2", wide("x".repeat(50_000))),
      frame(3, "APIC", Buffer.alloc(100_000)),
      frame(3, "COMM", latin(`eng\0${"/".repeat(10_000)}`)),
    ]);
    expect(after.equals(before)).toBe(true);
  });

  it.each([
    [2, "TCO"],
    [3, "TCON"],
    [4, "TCON"],
  ] as const)("hides all from the frame with too many values on, in version 2.%i", (version, id) => {
    const title = frame(version, id.length === 3 ? "TT2" : "TIT2", latin("Song"));
    for (const content of [latin(MANY), wide(MANY)]) {
      const { before, after } = limited(version, [title, frame(version, id, content), title]);
      expect(after.subarray(0, title.length).equals(title)).toBe(true);
      expect(after.subarray(title.length).equals(hidden(version, before.length - title.length, before))).toBe(
        true,
      );
    }
  });

  it("hides the rest of more than 16 MB in version 2.2, whose sizes end there, by two frames", () => {
    const { after } = limited(2, [frame(2, "TCO", latin(MANY)), Buffer.alloc(17_000_000)]);
    expect(after.subarray(0, 6)).toEqual(Buffer.from([0x58, 0x58, 0x58, 0xff, 0xff, 0xff]));
    expect(after.subarray(6 + 0xffffff, 9 + 0xffffff).toString()).toBe("XXX");
  });
});

/** One unknown frame over the last `length` bytes. */
function hidden(version: number, length: number, before: Buffer): Buffer {
  const header = version === 2 ? 6 : 10;
  const content = before.subarray(before.length - length + header);
  return frame(version, version === 2 ? "XXX" : "XXXX", content);
}

it("limitTag passes over an extended header", () => {
  const extended = Buffer.concat([Buffer.from([0, 0, 0, 10]), Buffer.alloc(6)]);
  const title = frame(3, "TIT2", latin("Song"));
  const tag = Buffer.concat([Buffer.alloc(10), extended, title, frame(3, "TCON", latin(MANY))]);
  limitTag(tag, { version: 3, hasExtendedHeader: true, size: tag.length - 10 });
  expect(tag.subarray(20, 20 + title.length).equals(title)).toBe(true);
  expect(tag.subarray(20 + title.length, 24 + title.length).toString()).toBe("XXXX");
});
