/** The whole chain on real music: right-click, analyse, read, reload, change, analyse what changed. */
import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fromRow } from "../../src/library/store/columns";
import { formatValue, valueAt } from "../../src/shared/format";
import { MEASUREMENTS, type MeasurementDeclaration } from "../../src/shared/measurements";
import { eventually } from "./eventually";
import { contentHashes } from "./audioFiles";
import { copyExample, EXAMPLE_FILES, startJourney } from "./journey";
import { expectedDescriptions, libraryStamp, readLibrary } from "./library";

const journey = startJourney({
  name: "analyze-folder",
  prepare: (folder) => {
    copyExample(join(folder, "Collection"));
  },
});
const PIECE = "Petzold - Minuet in G.mp3";
const PIECE_PATH = "Collection/Classical/Petzold - Minuet in G.mp3";
const CHANGED = "Collection/Grooves/Drum and Bass.ogg";
const RUN_LIMIT_MS = 90_000;

/** The files in the Library tree by name, with what stands beside them. */
async function shownTracks(): Promise<Record<string, string>> {
  const rows = await journey.workbench.treeRows("Library");
  const tracks = rows.filter(({ name }) => /\.\w+$/.test(name));
  return Object.fromEntries(tracks.map(({ name, description }) => [name, description]));
}

async function analyzeCollection(sums: string): Promise<string[]> {
  const { workbench } = journey;
  await workbench.showContainer("Explorer");
  const statusTexts = await workbench.watchStatusBar();
  await workbench.chooseInExplorer(["Collection"], "Analyze Audio");
  await eventually(() => workbench.statusBarText(), RUN_LIMIT_MS).toBe(sums);
  return statusTexts();
}

test("a right-click on a folder analyzes it, and the status bar counts up", async () => {
  const before = contentHashes(journey.folder);
  const texts = await analyzeCollection(`${EXAMPLE_FILES} analyzed`);
  const counts = texts.flatMap((text) => /^(\d+) \/ (\d+)$/.exec(text)?.[1] ?? []).map(Number);
  expect(counts.length).toBeGreaterThan(1);
  expect(counts).toEqual([...counts].sort((a, b) => a - b));
  expect(contentHashes(journey.folder)).toEqual(before);
  await journey.workbench.openNotifications();
  expect(await journey.workbench.notifications.count()).toBe(0);
  await journey.workbench.closeNotifications();
});

test("the Library tree fills with the numbers that the database holds", async () => {
  const { workbench, folder } = journey;
  await workbench.showContainer("Playlista");
  await workbench.widenSideBar(430);
  await workbench.expandTree("Library");
  await eventually(shownTracks).toEqual(await expectedDescriptions(folder));
  const descriptions = Object.values(await shownTracks());
  expect(descriptions).toHaveLength(EXAMPLE_FILES);
  expect(descriptions.join("\n")).toMatch(/^\d+\.\d BPM · \d+[AB] · −\d+\.\d LUFS$/m);
});

test("a click in the tree opens the analysis: a drawn waveform and every stored value", async () => {
  const { workbench, folder } = journey;
  await workbench.openFromTree("Library", PIECE);
  await eventually(() => workbench.analysis.paintedColumns()).toBeGreaterThan(0.9);
  const row = (await readLibrary(folder)).get(PIECE_PATH);
  const shown = await workbench.analysis.measuredValues();
  const stored = fromRow(row ?? {}, PIECE_PATH);
  for (const { label: group, values } of Object.values<MeasurementDeclaration>(MEASUREMENTS)) {
    for (const value of values) {
      // Made only where it is asked for.
      if (valueAt(stored, value.path.slice(0, value.path.indexOf("."))) === null) continue;
      const text = formatValue(stored, value);
      const seen = shown.get(`${group}: ${value.label}`);
      if (text !== null) expect(seen, value.path).toBe(value.unit ? `${text} ${value.unit}` : text);
      else expect(seen, value.path).toMatch(/^– /);
    }
  }
  await workbench.screenshot("analysis-dark");
});

test("after a reload the results are there, and nothing was analyzed or written again", async () => {
  const { workbench, folder } = journey;
  const stamp = libraryStamp(folder);
  await workbench.reload();
  await workbench.showContainer("Playlista");
  await workbench.expandTree("Library");
  await eventually(shownTracks).toEqual(await expectedDescriptions(folder));
  await eventually(() => workbench.analysis.paintedColumns()).toBeGreaterThan(0.9);
  expect(await workbench.statusBarText()).toBe("");
  expect(libraryStamp(folder)).toBe(stamp);
});

test("when one file changes, only that one is analyzed again", async () => {
  const { workbench, folder } = journey;
  const before = await readLibrary(folder);
  copyFileSync(
    join(folder, "Collection/Jazz and Ragtime/Joplin - The Entertainer.ogg"),
    join(folder, CHANGED),
  );
  await analyzeCollection(`1 analyzed · ${EXAMPLE_FILES - 1} unchanged`);
  const after = await readLibrary(folder);
  const analyzedAgain = [...after].filter(
    ([path, row]) => row["timing_analyzed_at"] !== before.get(path)?.["timing_analyzed_at"],
  );
  expect(analyzedAgain.map(([path]) => path)).toEqual([CHANGED]);
  await workbench.showContainer("Playlista");
  await eventually(shownTracks).toEqual(await expectedDescriptions(folder));
});

test("the same page in a light theme", async () => {
  const { workbench } = journey;
  await workbench.chooseTheme("Light Modern");
  await workbench.openFromTree("Library", PIECE);
  await eventually(() => workbench.analysis.paintedColumns()).toBeGreaterThan(0.9);
  await workbench.screenshot("analysis-light");
});
