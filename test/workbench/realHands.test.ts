/** The journeys prove what a user can do only if nothing goes round the user's way. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { WORKBENCH } from "./places";

const SHORTCUTS = [
  ["execute", "Command"],
  ["dispatch", "Event"],
  ['from "vs', 'code"'],
  ['require("vs', 'code")'],
  ["force", ": true }"],
].map((halves) => halves.join(""));

test("no journey calls a command, makes up an event or clicks through what lies on top", () => {
  const files = readdirSync(WORKBENCH).filter((name) => name.endsWith(".ts"));
  const found = files.flatMap((name) => {
    const text = readFileSync(join(WORKBENCH, name), "utf8");
    return SHORTCUTS.filter((shortcut) => text.includes(shortcut)).map((shortcut) => `${name}: ${shortcut}`);
  });
  expect(files.length).toBeGreaterThan(5);
  expect(found).toEqual([]);
});
