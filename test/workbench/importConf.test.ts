/** An earlier playlista.conf is taken over: every key is shown first, and only what is chosen is written. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventually } from "./eventually";
import { startJourney } from "./journey";

const CONF = `# The earlier Playlista's
USE_THREADED_PROCESSING=false
THREADED_WORKERS_DEFAULT="3"   # mine
ANALYSIS_TIMEOUT=900
FAILED_FILES_DIR=/music/failed
LASTFM_API_KEY=s3cr3t-value
LOG_LEVEL=DEBUG
`;

const journey = startJourney({
  name: "import-conf",
  prepare: (folder) => {
    writeFileSync(join(folder, "playlista.conf"), CONF);
  },
});

const settingsFile = (): string => join(journey.folder, ".vscode", "settings.json");

test("Import playlista.conf… shows what becomes of every key, and no secret", async () => {
  const { workbench } = journey;
  await workbench.runFromPalette("Playlista: Import playlista.conf…");
  await workbench.questionRows.filter({ hasText: "playlista.analysis.workers" }).waitFor();
  const rows = (await workbench.questionRows.allInnerTexts()).map((text) => text.replaceAll(/\\s+/g, " "));
  expect(rows).toHaveLength(3);
  for (const change of ["threads → processes", "0 → 3", "300 → 900"])
    expect(rows.some((row) => row.includes(change))).toBe(true);
  const text = await workbench.editorText();
  for (const word of ["FAILED_FILES_DIR", "Files are never moved.", "LASTFM_API_KEY", "LOG_LEVEL"])
    expect(text).toContain(word);
  expect(text).not.toContain("s3cr3t");
  await workbench.screenshot("import-conf");
  expect(existsSync(settingsFile())).toBe(false);
});

test("only what stays ticked is written, to the folder's settings", async () => {
  const { workbench, folder } = journey;
  const rows = workbench.questionRows;
  await rows.filter({ hasText: "playlista.analysis.executor" }).click();
  await workbench.page.keyboard.press("Enter");
  await eventually(() => existsSync(settingsFile()) && readFileSync(settingsFile(), "utf8")).toContain("900");
  expect(JSON.parse(readFileSync(settingsFile(), "utf8"))).toEqual({
    "playlista.analysis.workers": 3,
    "playlista.analysis.timeoutSeconds": 900,
  });
  expect(readFileSync(join(folder, "playlista.conf"), "utf8")).toBe(CONF);
});

test("imported again, what is set already is not offered again", async () => {
  const { workbench } = journey;
  await workbench.runFromPalette("Playlista: Import playlista.conf…");
  await workbench.questionRows.filter({ hasText: "playlista.analysis.executor" }).waitFor();
  expect(await workbench.questionRows.count()).toBe(1);
  await workbench.page.keyboard.press("Escape");
});
