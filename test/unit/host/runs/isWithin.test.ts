import { expect, test } from "vitest";
import { isWithin } from "../../../../src/host/runs/isWithin";

test.for([
  ["/music/a.mp3", "/music/a.mp3", true],
  ["/music/a/b.mp3", "/music", true],
  ["/music/a/b.mp3", "/music/", true],
  ["/musicals/b.mp3", "/music", false],
  ["/a.mp3", "/", true],
  ["c:\\music\\a.mp3", "c:\\music", true],
  ["c:\\musicals\\a.mp3", "c:\\music", false],
  ["/music", "/music/a", false],
] as const)("%s in %s: %s", ([path, folder, expected]) => {
  expect(isWithin(path, folder)).toBe(expected);
});
