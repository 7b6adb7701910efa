/** Which paths of a library Windows would ask another machine for. */
import { posix, win32 } from "node:path";
import { describe, expect, test } from "vitest";
import { isElsewhere } from "../../../src/shared/networkPath";

/** As they may be written in a database. */
const NETWORK = [
  "//evil/share/a.mp3",
  "\\\\evil\\share\\a.mp3",
  "\\\\?\\UNC\\evil\\share\\a.mp3",
  "//?/UNC/evil/share/a.mp3",
  "\\\\.\\pipe\\evil",
  "//evil@SSL@443/share/a.mp3",
];
const LOCAL = [
  "Jazz/a.mp3",
  "../../elsewhere/a.mp3",
  "..\\..\\..\\..\\evil\\share\\a.mp3",
  "C:/Music/a.mp3",
  "D:a.mp3",
  "/evil/share",
];

describe("on Windows", () => {
  test.each(NETWORK)("%s is elsewhere, whatever folder the library has", (stored) => {
    for (const root of ["C:\\Music", "\\\\nas\\music", "\\\\evil\\share\\a.mp3\\b"])
      expect(isElsewhere(win32.resolve(root, stored), root)).toBe(true);
    expect(isElsewhere(stored, "C:\\Music")).toBe(true);
  });

  test.each(LOCAL)("%s is none", (stored) => {
    expect(isElsewhere(win32.resolve("C:\\Music", stored), "C:\\Music")).toBe(false);
  });

  test.each([
    ["\\\\nas\\music", "Jazz/a.mp3", false],
    ["\\\\nas\\music\\", "Jazz/a.mp3", false],
    ["\\\\NAS\\Music", "\\\\nas\\music\\a.mp3", false],
    ["\\\\nas\\music", "//nas/music 2/a.mp3", true],
    ["\\\\nas\\music", "//nas/secret/a.mp3", true],
    ["\\\\nas\\music\\mine", "../../private/a.mp3", true],
  ])("from the library %s, %s: %s", (root, stored, is) => {
    expect(isElsewhere(win32.resolve(root, stored), root)).toBe(is);
  });

  test("a path that climbs out of the folder by itself is elsewhere", () => {
    expect(isElsewhere("\\\\nas\\music\\..\\..\\evil\\a.mp3", "\\\\nas\\music")).toBe(true);
  });
});

describe("elsewhere than on Windows", () => {
  test.each([...NETWORK, ...LOCAL])("%s is a file like any other", (stored) => {
    expect(isElsewhere(posix.resolve("/music", stored), "/music")).toBe(false);
  });
});
