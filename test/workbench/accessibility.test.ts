/** The analysis page in every kind of theme, by the rules of axe-core; and by keyboard alone. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import type { AxeResults, RunOptions } from "axe-core";
import { eventually } from "./eventually";
import { analyzeBefore, copyExample, startJourney } from "./journey";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const THEMES = ["Dark Modern", "Light Modern", "Dark High Contrast", "Light High Contrast"];

const journey = startJourney({
  name: "accessibility",
  prepare: (folder) => {
    copyExample(folder);
    analyzeBefore(folder);
  },
});

/** What axe finds wrong in the page: one line a rule, with the places. */
async function violations(): Promise<string[]> {
  const frame = await journey.workbench.analysis.frame();
  await frame.evaluate(AXE);
  const options: RunOptions = { resultTypes: ["violations"] };
  const results = await frame.evaluate((asked) => {
    const { axe } = window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } };
    return axe.run(asked);
  }, options);
  return results.violations.map(
    ({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.html).join(" | ")})`,
  );
}

test("the page opens from the Library", async () => {
  const { workbench } = journey;
  await workbench.showContainer("Playlista");
  await workbench.expandTree("Library");
  await workbench.openFromTree("Library", "Greensleeves.flac");
  await eventually(() => workbench.analysis.paintedColumns()).toBeGreaterThan(0.9);
});

test.each(THEMES)("the page has no accessibility violations in %s", async (theme) => {
  await journey.workbench.chooseTheme(theme);
  expect(await violations()).toEqual([]);
  await journey.workbench.screenshot(`theme-${theme.toLowerCase().replaceAll(" ", "-")}`);
});

/** Presses a key that moves the focus and says what has it now. */
async function focusAfter(key: string): Promise<string> {
  await journey.workbench.page.keyboard.press(key);
  const frame = await journey.workbench.analysis.frame();
  return frame.evaluate(() => {
    const { activeElement } = document;
    return (activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "").trim();
  });
}

test("every control of the page is reached by Tab, in order, and has a name", async () => {
  await journey.workbench.analysis.title.click();
  const names = [await focusAfter("Shift+Tab")];
  while (names.at(-1) !== "Show as table" && names.length < 20) names.push(await focusAfter("Tab"));
  expect(names).toEqual([
    "Play",
    ...["Re-analyze", "Copy Values"],
    ...["Part of the file in view", "Zoom Out (−)", "Zoom In (+)", "Show Whole File", "Position"],
    ...["Spectrogram", "Loudness", "Chroma", "Show as table"],
  ]);
});

test("the lanes open as a table by keyboard", async () => {
  const { workbench } = journey;
  await workbench.page.keyboard.press("Enter");
  await workbench.analysis.table.first().waitFor();
  expect(await workbench.analysis.table.first().getByRole("row").count()).toBeGreaterThan(5);
});

test("a lane folds by keyboard, and its picture has a name that says what matters", async () => {
  const { page } = journey.workbench;
  const chroma = (await journey.workbench.analysis.frame()).getByRole("img", { name: /^Pitch classes/ });
  expect(await chroma.getAttribute("aria-label")).toMatch(/: [A-G]#? (major|minor)/);
  expect(await focusAfter("Shift+Tab")).toBe("Chroma");
  await page.keyboard.press("Enter");
  await chroma.waitFor({ state: "hidden" });
  await page.keyboard.press("Enter");
  await chroma.waitFor();
});
