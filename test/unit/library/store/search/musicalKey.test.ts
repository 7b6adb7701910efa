/** Keys as they are written are the keys that analysis names. */
import { expect, test } from "vitest";
import { camelotName, openKeyName } from "../../../../../src/shared/keyNames";
import { harmonicKeys, readKey } from "../../../../../src/library/store/search/musicalKey";
import { KEY_NAMES } from "../../../../../src/shared/analysis";

const ALL = KEY_NAMES.flatMap((key) => (["major", "minor"] as const).map((mode) => [key, mode] as const));

test.each(ALL)("%s %s is read from every way of writing it", (key, mode) => {
  const camelot = camelotName(key, mode);
  const short = mode === "minor" ? `${key}m` : key;
  for (const text of [camelot, camelot.toLowerCase(), openKeyName(key, mode), `${key} ${mode}`, short]) {
    expect(readKey(text)).toEqual([camelot]);
  }
});

test("flats are the sharps below them", () => {
  expect(readKey("Db major")).toEqual(readKey("C#"));
  expect(readKey("E♭m")).toEqual(readKey("D# minor"));
  expect(readKey("Cb")).toEqual(readKey("B"));
});

test("what mixes with a key is a fifth up, a fifth down and its relative", () => {
  expect(harmonicKeys("8A")).toEqual(["8A", "7A", "9A", "8B"]);
  expect(harmonicKeys("12B")).toEqual(["12B", "11B", "1B", "12A"]);
});

test.each(["", "H", "13A", "0A", "8C", "Am7", "A minor scale"])('"%s" is no key', (text) => {
  expect(readKey(text)).toBeNull();
});
