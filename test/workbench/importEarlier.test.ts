/** A database of the earlier Playlista is taken over: chosen, its folder confirmed, its preview read, then imported. */
import { statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { makeA1 } from "../unit/library/store/import/fixtures/earlierDatabases";
import { eventually } from "./eventually";
import { copyExample, startJourney } from "./journey";
import { readLibrary } from "./library";

const journey = startJourney({ name: "import-earlier", prepare: copyExample });
const SONG = "Folk/Greensleeves.flac";

test("a preview says what would come over; then the results are in the Library, marked as imported", async () => {
  const { workbench, folder } = journey;
  const { size } = statSync(join(folder, SONG));
  const features = { bpm: 98.5, key: 9, scale: 0, beat_confidence: 1 };
  const audio_features = [
    { ...features, file_hash: `Greensleeves.flac_${size}_1690000000.0`, file_path: `/music/${SONG}` },
    { ...features, file_hash: "gone.mp3_5_1690000000.0", file_path: "/music/gone.mp3" },
  ];
  await writeFile(join(folder, "audio_analysis.db"), await makeA1({ audio_features }));

  await workbench.runFromPalette("Playlista: Import Earlier Database…");
  await workbench.answerFileQuestion(basename(folder), "audio_analysis.db");
  await workbench.questionRows.filter({ hasText: "/music →" }).click();
  await eventually(() => workbench.editorText()).toContain("What would be imported from audio_analysis.db");
  expect(await workbench.editorText()).toContain(
    "2 files: 1 would be imported, 0 as failed there, 1 skipped.",
  );
  expect((await readLibrary(folder)).size).toBe(0);

  await workbench.pressInNotification("Import 1 result from", "Import");
  await eventually(async () => (await readLibrary(folder)).get(SONG)?.["state"]).toBe("imported");
  await workbench.showContainer("Playlista");
  await workbench.expandTree("Library");
  const rows = await workbench.treeRows("Library");
  expect(rows.find(({ name }) => name === "Greensleeves.flac")?.description).toBe("98.5 BPM · 8A · imported");
  await workbench.screenshot("imported");
});
