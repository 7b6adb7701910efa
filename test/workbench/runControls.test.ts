/** A run held in the hand: paused, gone on, one file taken out, cancelled as a whole, and what failed tried again. */
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  ftruncateSync,
  openSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { SLOW_RUN } from "./crates";
import { copyExample, EXAMPLE_FILES, startJourney } from "./journey";

const LONG = "A long one.wav";
const BROKEN = "broken.mp3";
const FILES = EXAMPLE_FILES + 2;

/** Silence, which takes as long to measure as music: so long that one can reach for its row. */
function writeLongSilence(path: string, minutes: number): void {
  const bytes = minutes * 60 * 44_100 * 4;
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(36 + bytes, 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(2, 22);
  header.writeUInt32LE(44_100, 24);
  header.writeUInt32LE(44_100 * 4, 28);
  header.writeUInt16LE(4, 32);
  header.writeUInt16LE(16, 34);
  header.write("data", 36);
  header.writeUInt32LE(bytes, 40);
  const file = openSync(path, "w");
  writeSync(file, header);
  ftruncateSync(file, header.length + bytes);
  closeSync(file);
}

const journey = startJourney({
  name: "run-controls",
  settings: SLOW_RUN,
  prepare: (folder) => {
    const music = join(folder, "Music");
    copyExample(music);
    writeLongSilence(join(music, LONG), 60);
    writeFileSync(join(music, BROKEN), "This is no music at all.\n".repeat(40));
  },
});

test("a click on the row's button takes one file out of the run", async () => {
  const { workbench } = journey;
  await workbench.chooseInExplorer(["Music"], "Analyze Audio");
  await workbench.showContainer("Playlista");
  await workbench.treeRow("Activity", LONG).waitFor();
  await workbench.screenshot("run-with-buttons");
  await workbench.pressInRow("Activity", LONG, "Cancel This File");
  await workbench.treeRow("Activity", LONG).waitFor({ state: "detached" });
});

test("Pause Analysis lets nothing new begin", async () => {
  const { workbench } = journey;
  await workbench.pressInTitle("Activity", "Pause Analysis");
  await eventually(() => workbench.statusBarText()).toMatch(/^Paused, \d+ \/ \d+$/);
  // What was under way ends; then all is still.
  await eventually(async () =>
    (await workbench.treeRows("Activity")).filter(({ level }) => level > 1),
  ).toEqual([]);
  const paused = await workbench.statusBarText();
  expect(paused).toMatch(new RegExp(`^Paused, [1-9]\\d* / ${FILES}$`));
  await workbench.page.waitForTimeout(2500);
  expect(await workbench.statusBarText()).toBe(paused);
  await workbench.screenshot("run-paused");
});

test("Resume Analysis does the rest, and every file is accounted for", async () => {
  const { workbench } = journey;
  await workbench.pressInTitle("Activity", "Resume Analysis");
  await eventually(() => workbench.statusBarText(), 90_000).toBe(
    `${EXAMPLE_FILES} analyzed · 1 failed · 1 cancelled`,
  );
});

test("Retry Failed analyzes a file that has been mended, and the list of failed files goes", async () => {
  const { workbench, folder } = journey;
  const music = join(folder, "Music");
  copyFileSync(join(music, "Classical", "Petzold - Minuet in G.mp3"), join(music, BROKEN));
  // The same content is not measured twice.
  appendFileSync(join(music, BROKEN), "a copy");
  await workbench.pressInRow("Activity", "Failed files", "Retry Failed");
  await eventually(() => workbench.statusBarText(), 60_000).toBe("1 analyzed");
  await workbench.treeRow("Activity", "Failed files").waitFor({ state: "detached" });
});

test("the button of the run cancels all of it", async () => {
  const { workbench } = journey;
  await workbench.showContainer("Explorer");
  await workbench.chooseInExplorer(["Music"], "Analyze Audio");
  await workbench.showContainer("Playlista");
  await workbench.treeRow("Activity", LONG).waitFor();
  await workbench.pressInRow("Activity", "Analyzing", "Cancel Analysis");
  await eventually(() => workbench.statusBarText()).toMatch(/^(\d+ unchanged · )?\d+ cancelled$/);
});
