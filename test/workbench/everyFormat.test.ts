/** Every format by real hands: analysed by a right-click, listed with its numbers, shown with format and warnings. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { EVERY_FORMAT, writeEveryFormat } from "../fixtures/everyFormat";
import { eventually } from "./eventually";
import { startJourney } from "./journey";
import { expectedDescriptions, readLibrary } from "./library";

const journey = startJourney({
  name: "every-format",
  prepare: (folder) => {
    writeEveryFormat(join(folder, "Formats"));
  },
});

test("a right-click on the folder analyzes every format", async () => {
  const { workbench, folder } = journey;
  await workbench.chooseInExplorer(["Formats"], "Analyze Audio");
  await eventually(() => workbench.statusBarText(), 90_000).toBe(`${EVERY_FORMAT.size} analyzed`);
  const library = await readLibrary(folder);
  for (const [name, { codec, isDamaged }] of EVERY_FORMAT) {
    const row = library.get(`Formats/${name}`);
    expect(row?.["format_codec"], name).toBe(codec);
    expect(row?.["warnings"] !== "[]", name).toBe(isDamaged);
  }
});

test("the Library lists each with its numbers", async () => {
  const { workbench, folder } = journey;
  await workbench.showContainer("Playlista");
  await workbench.widenSideBar(430);
  await workbench.foldView("Activity");
  await workbench.expandTree("Library");
  const expected = await expectedDescriptions(folder);
  const rows = await workbench.treeRows("Library");
  for (const name of EVERY_FORMAT.keys())
    expect(rows.find((row) => row.name === name)?.description, name).toBe(expected[name]);
});

test("each page says the format, and what is wrong with the file", async () => {
  const { workbench, folder } = journey;
  const library = await readLibrary(folder);
  for (const [name, { codec, isDamaged }] of EVERY_FORMAT) {
    await workbench.openFromTree("Library", name);
    await workbench.tab(name).waitFor();
    await eventually(() => workbench.analysis.formatLine()).toContain(codec);
    const { analysis } = workbench;
    await eventually(() => analysis.paintedColumns()).toBeGreaterThan(0.5);
    if (!isDamaged) continue;
    const [warning] = JSON.parse(String(library.get(`Formats/${name}`)?.["warnings"])) as {
      message: string;
    }[];
    expect(await analysis.findings(), name).toContain(warning?.message);
  }
  await workbench.screenshot("every-format");
});
