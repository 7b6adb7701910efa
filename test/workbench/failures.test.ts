/** Bad files among good ones: each is listed with its own reason, the others are analysed, one notification. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { contentHashes } from "./audioFiles";
import { copyExample, EXAMPLE_FILES, startJourney } from "./journey";
import { expectedDescriptions, readLibrary } from "./library";

const journey = startJourney({
  name: "failures",
  prepare: (folder) => {
    const music = join(folder, "Music");
    copyExample(music);
    const whole = readFileSync(join(music, "Folk", "Greensleeves.flac"));
    writeFileSync(join(music, "a text.mp3"), "This is no music at all.\n".repeat(40));
    writeFileSync(join(music, "empty.wav"), "");
    writeFileSync(join(music, "cut off.flac"), whole.subarray(0, Math.floor(whole.length * 0.6)));
    writeFileSync(join(music, "Größe ♫ 春の海 — “x”.flac"), whole);
  },
});

test("a run over bad files ends with its sums and one notification", async () => {
  const { workbench, folder } = journey;
  const before = contentHashes(folder);
  await workbench.chooseInExplorer(["Music"], "Analyze Audio");
  await eventually(() => workbench.statusBarText(), 90_000).toBe(`${EXAMPLE_FILES + 2} analyzed · 2 failed`);
  await workbench.openNotifications();
  await eventually(() => workbench.notifications.count()).toBe(1);
  expect(await workbench.notifications.innerText()).toContain(
    `2 of ${EXAMPLE_FILES + 4} files could not be analyzed.`,
  );
  const library = await readLibrary(folder);
  expect(library.get("Music/a text.mp3")).toMatchObject({ state: "failed", error_code: "notAudio" });
  expect(library.get("Music/empty.wav")).toMatchObject({ state: "failed", error_code: "empty" });
  expect(library.get("Music/cut off.flac")?.["warnings"]).toContain('"truncated"');
  expect(contentHashes(folder)).toEqual(before);
});

test("Show Failed lists each failed file with its code and reason", async () => {
  const { workbench, folder } = journey;
  await workbench.pressInNotification("could not be analyzed", "Show Failed");
  await workbench.treeRow("Activity", "empty.wav").waitFor();
  const rows = await workbench.treeRows("Activity");
  const library = await readLibrary(folder);
  for (const name of ["a text.mp3", "empty.wav"]) {
    const stored = library.get(`Music/${name}`);
    expect(rows.find((row) => row.name === name)?.description).toBe(
      `${String(stored?.["error_code"])} · ${String(stored?.["error_message"])}`,
    );
  }
  await workbench.screenshot("failed-files");
});

test("the Library shows failed files with their reason among the good ones", async () => {
  const { workbench, folder } = journey;
  await workbench.expandTree("Library");
  const expected = await expectedDescriptions(folder);
  const rows = await workbench.treeRows("Library");
  for (const name of ["a text.mp3", "empty.wav", "cut off.flac", "Größe ♫ 春の海 — “x”.flac"])
    expect(rows.find((row) => row.name === name)?.description).toBe(expected[name]);
});

test("the page of a failed file says why", async () => {
  const { workbench, folder } = journey;
  await workbench.openFromTree("Activity", "a text.mp3");
  await workbench.analysis.panel.waitFor();
  const reason = (await readLibrary(folder)).get("Music/a text.mp3")?.["error_message"];
  expect(await workbench.analysis.panel.innerText()).toContain(String(reason));
  await workbench.screenshot("analysis-failed");
});
