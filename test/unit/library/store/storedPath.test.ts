import { resolve } from "node:path";
import { expect, test } from "vitest";
import {
  fromStoredPath,
  isOutsideRoot,
  storedFolder,
  toStoredPath,
} from "../../../../src/library/store/storedPath";

const root = resolve("/music/library");

test("a file below the root is kept relative, so that the library can move", () => {
  const stored = toStoredPath(root, resolve(root, "Jazz/a.flac"));
  expect([stored, storedFolder(stored), isOutsideRoot(stored)]).toEqual(["Jazz/a.flac", "Jazz", false]);
  expect(fromStoredPath(resolve("/elsewhere"), stored)).toBe(resolve("/elsewhere/Jazz/a.flac"));
});

test("a file right in the root has no folder", () => {
  expect(storedFolder(toStoredPath(root, resolve(root, "a.flac")))).toBe("");
});

test.each(["/other/a.flac", "/music/a.flac", "/music/library 2/a.flac"])(
  "%s is outside, kept absolute",
  (path) => {
    const stored = toStoredPath(root, resolve(path));
    expect(isOutsideRoot(stored)).toBe(true);
    expect(fromStoredPath(root, stored)).toBe(resolve(path));
  },
);

test("a folder whose name begins with two dots is not taken for the parent", () => {
  expect(toStoredPath(root, resolve(root, "..mixes/a.flac"))).toBe("..mixes/a.flac");
});
