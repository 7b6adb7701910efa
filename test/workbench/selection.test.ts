/** Only what was picked: two selected files, the file of the active editor, a file chosen by its path. */
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { copyExample, startJourney } from "./journey";
import { readLibrary } from "./library";

const journey = startJourney({ name: "selection", prepare: copyExample });
const RUN_LIMIT_MS = 60_000;

async function storedPaths(): Promise<string[]> {
  return [...(await readLibrary(journey.folder)).keys()];
}

test("of a selection of two files exactly these are analyzed", async () => {
  const { workbench } = journey;
  await workbench.expandInExplorer("Classical");
  await workbench.expandInExplorer("Folk");
  await workbench.chooseInExplorer(["Petzold - Minuet in G.mp3", "Korobeiniki.opus"], "Analyze Audio");
  await eventually(() => workbench.statusBarText(), RUN_LIMIT_MS).toBe("2 analyzed");
  expect(await storedPaths()).toEqual(["Classical/Petzold - Minuet in G.mp3", "Folk/Korobeiniki.opus"]);
});

test("from the palette the active editor's file is analyzed", async () => {
  const { workbench } = journey;
  await workbench.explorerRow("Greensleeves.flac").dblclick();
  await workbench.tab("Greensleeves.flac").waitFor();
  await workbench.runFromPalette("Playlista: Analyze Audio");
  await eventually(() => workbench.statusBarText(), RUN_LIMIT_MS).toBe("1 analyzed");
  expect(await storedPaths()).toContain("Folk/Greensleeves.flac");
});

test("without an active audio file the palette's command asks for one", async () => {
  const { workbench } = journey;
  await workbench.runFromPalette("View: Close All Editors");
  await workbench.tab("Greensleeves.flac").waitFor({ state: "hidden" });
  await workbench.runFromPalette("Playlista: Analyze Audio");
  await workbench.answerFileQuestion("Grooves", "Drum and Bass.ogg");
  await eventually(storedPaths, RUN_LIMIT_MS).toContain("Grooves/Drum and Bass.ogg");
});
