/** Restricted Mode: stored analyses can be read; nothing is analysed and nothing is written. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { analyzeBefore, copyExample, startJourney } from "./journey";
import { expectedDescriptions, libraryStamp } from "./library";

const journey = startJourney({
  name: "restricted",
  restricted: true,
  prepare: (folder) => {
    copyExample(folder);
    analyzeBefore(folder);
  },
});

test("stored results are listed and opened in a folder that is not trusted", async () => {
  const { workbench, folder } = journey;
  await workbench.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
  const stamp = libraryStamp(folder);
  const files = readdirSync(join(folder, ".playlista"));
  await workbench.showContainer("Playlista");
  await workbench.expandTree("Library");
  const expected = await expectedDescriptions(folder);
  await eventually(async () => {
    const rows = await workbench.treeRows("Library");
    return Object.fromEntries(
      rows.filter(({ level }) => level > 1).map((row) => [row.name, row.description]),
    );
  }).toEqual(expected);
  await workbench.openFromTree("Library", "Greensleeves.flac");
  await eventually(() => workbench.analysis.paintedColumns()).toBeGreaterThan(0.9);
  await workbench.screenshot("restricted");
  expect(libraryStamp(folder)).toBe(stamp);
  expect(readdirSync(join(folder, ".playlista"))).toEqual(files);
});

test("no analysis can be started", async () => {
  const { workbench } = journey;
  await workbench.showContainer("Explorer");
  await workbench.rightClickInExplorer("Folk");
  expect(await workbench.isOffered("Analyze Audio")).toBe(false);
  await workbench.page.keyboard.press("Escape");
});
