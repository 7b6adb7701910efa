/** Questions asked of the library in the window: found while typing, kept as a filter, grouped, in SQL. */
import { test } from "vitest";
import { eventually } from "./eventually";
import { analyzeBefore, copyExample, EXAMPLE_FILES, startJourney } from "./journey";
import { readLibrary } from "./library";

const journey = startJourney({
  name: "search",
  prepare: (folder) => {
    copyExample(folder);
    analyzeBefore(folder);
  },
});

async function shown(): Promise<string[]> {
  return (await journey.workbench.treeRows("Library")).map(({ name }) => name);
}

/** The first line of each row of the open question. */
async function questionLabels(): Promise<string[]> {
  const rows = journey.workbench.questionRows;
  return rows.evaluateAll((all) => all.map((row) => row.querySelector(".label-name")?.textContent ?? ""));
}

async function ask(question: string): Promise<void> {
  const input = journey.workbench.page.locator(".quick-input-widget input[type=text]");
  await input.waitFor();
  await input.fill(question);
}

test("Search Library finds while one types, and says what is wrong", async () => {
  const { workbench } = journey;
  await workbench.showContainer("Playlista");
  await workbench.runFromPalette("Playlista: Search Library…");
  await workbench.page.getByPlaceholder("Words, or for example").waitFor();
  await ask("bmp:120");
  await eventually(async () => (await questionLabels()).join()).toContain('Did you mean "bpm"?');
  // Nothing was looked for, so nothing is counted.
  await workbench.page.locator(".quick-input-title").getByText("Search Library", { exact: true }).waitFor();
  await ask("folk sort:-bpm");
  await eventually(questionLabels).toEqual(["Korobeiniki.opus", "Greensleeves.flac"]);
  await workbench.screenshot("search");
});

test("the query is kept as the Library's filter until it is cleared", async () => {
  const { workbench } = journey;
  await workbench.page.locator(".quick-input-widget").getByLabel("Show in Library").click();
  await eventually(shown).toEqual(["Korobeiniki.opus", "Greensleeves.flac"]);
  const message = workbench.view("Library").locator(".message");
  await eventually(() => message.innerText()).toContain("Filter: folk sort:-bpm (2 found)");
  await workbench.screenshot("filtered");
  await workbench.pressInTitle("Library", "Clear Library Filter");
  await eventually(async () => (await shown()).includes("Folk")).toBe(true);
});

test("Group Library By shows the tracks by what they have in common", async () => {
  const { workbench, folder } = journey;
  await workbench.runFromPalette("Playlista: Group Library By…");
  await workbench.questionRows.filter({ hasText: "Key" }).click();
  const stored = [...(await readLibrary(folder)).values()].map((row) => String(row["tonal_camelot"]));
  const keys = [...new Set(stored)].sort(
    (a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1),
  );
  await eventually(shown).toEqual(keys);
  await workbench.expandTree("Library");
  await eventually(async () => (await shown()).length).toBe(keys.length + EXAMPLE_FILES);
  await workbench.screenshot("grouped");
});

test("a question in SQL opens its answer", async () => {
  const { workbench } = journey;
  await workbench.runFromPalette("Playlista: Query Library with SQL…");
  await eventually(() => workbench.page.locator(".quick-input-message").innerText()).toContain(
    "nothing is changed",
  );
  await ask("SELECT count(*) AS tracks FROM tracks");
  await workbench.page.keyboard.press("Enter");
  await workbench.questionRows.filter({ hasText: "Table" }).click();
  await eventually(() => workbench.editorText()).toContain(`------\n     ${EXAMPLE_FILES}`);
});
