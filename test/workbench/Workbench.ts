/**
 * The window as its user has it: what can be seen, and what mouse and keyboard can do. Nothing in here goes
 * round the user's way (no commands called, no events made up).
 */
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { STATUS_ITEM } from "../../src/host/manifest";
import { eventually } from "./eventually";
import { AnalysisPage } from "./AnalysisPage";
import { RESULTS } from "./places";

/** A row of one of our trees, as shown. */
export interface TreeRow {
  name: string;
  description: string;
  level: number;
}

/** The workbench puts the extension's name before the item's own. */
const STATUS_ITEM_ID = `playlista.playlista.${STATUS_ITEM}`;

export class Workbench {
  readonly page: Page;
  readonly analysis: AnalysisPage;
  readonly #log: () => string;

  constructor(page: Page, log: () => string) {
    this.page = page;
    this.analysis = new AnalysisPage(page);
    this.#log = log;
    page.setDefaultTimeout(20_000);
  }

  /** Resolves when the window shows its folder and our extension's view container. */
  async isReady(): Promise<void> {
    await this.page.locator(".monaco-workbench .statusbar").waitFor({ timeout: 60_000 });
    // A reloaded window first draws the icons it remembers, drops them, and draws what is really there.
    const icon = this.#activityIcon("Playlista");
    const limit = Date.now() + 60_000;
    for (let seen = 0; seen < 10; seen = (await icon.isVisible()) ? seen + 1 : 0) {
      if (Date.now() > limit) throw new Error("The window has no Playlista icon in its activity bar.");
      await this.page.waitForTimeout(100);
    }
  }

  // Explorer

  explorerRow(name: string): Locator {
    return this.page
      .locator(".explorer-folders-view .monaco-list-row")
      .filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Opens a folder of the Explorer if it is closed. */
  async expandInExplorer(name: string): Promise<void> {
    const row = this.explorerRow(name);
    if ((await row.getAttribute("aria-expanded")) !== "true") await row.click();
    await eventually(() => row.getAttribute("aria-expanded")).toBe("true");
  }

  /** Selects the rows (the first by a click, the others with Ctrl or Cmd) and opens the context menu on the last. */
  async rightClickInExplorer(...names: string[]): Promise<void> {
    if (names.length > 1) await this.#selectInExplorer(names);
    await this.explorerRow(names.at(-1) ?? "").click({ button: "right" });
  }

  async #selectInExplorer(names: readonly string[]): Promise<void> {
    const [first = "", ...others] = names;
    await eventually(async () => {
      await this.explorerRow(first).click();
      await this.tab(first).and(this.page.locator('[aria-selected="true"]')).waitFor();
      for (const name of others) await this.explorerRow(name).click({ modifiers: ["ControlOrMeta"] });
      await this.page.waitForTimeout(300);
      return this.page.locator(".explorer-folders-view .monaco-list-row.selected").count();
    }).toBe(names.length);
  }

  /**
   * Right-clicks and takes an entry. A window that has only just opened may not offer it yet (its extensions
   * are read, its folder's trust is found out): then the menu is closed and opened again, as a user would.
   */
  async chooseInExplorer(names: readonly string[], label: string): Promise<void> {
    await eventually(async () => {
      await this.rightClickInExplorer(...names);
      if (await this.isOffered(label)) return true;
      await this.page.keyboard.press("Escape");
      return false;
    }).toBe(true);
    // A menu takes no button's release within its first 100 ms: it could be the end of the right-click.
    await this.#menu.getByRole("menuitem", { name: label, exact: true }).click({ delay: 150 });
    await this.#menu.waitFor({ state: "hidden" });
  }

  get #menu(): Locator {
    return this.page.locator(".context-view .monaco-menu").first();
  }

  /** Whether the open context menu has the entry and it can be chosen. */
  async isOffered(label: string): Promise<boolean> {
    await this.#menu.waitFor();
    const entry = this.#menu.getByRole("menuitem", { name: label, exact: true });
    return (await entry.count()) > 0 && (await entry.isEnabled());
  }

  // Status bar

  get statusItem(): Locator {
    return this.page.locator(`.statusbar-item[id="${STATUS_ITEM_ID}"]`);
  }

  /** The item's text without its icon; empty while it is not shown. */
  async statusBarText(): Promise<string> {
    if (!(await this.statusItem.isVisible())) return "";
    return (await this.statusItem.innerText()).trim();
  }

  /** Notes every text the status item takes, as fast as it changes, until the returned function is called. */
  async watchStatusBar(): Promise<() => Promise<string[]>> {
    await this.page.evaluate((id) => {
      const texts: string[] = [];
      const look = (): void => {
        const text = document.getElementById(id)?.innerText.trim();
        if (text && text !== texts.at(-1)) texts.push(text);
      };
      const observer = new MutationObserver(look);
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
      Object.assign(window, { playlistaStatus: { texts, observer } });
    }, STATUS_ITEM_ID);
    return () =>
      this.page.evaluate(() => {
        const { playlistaStatus } = window as unknown as {
          playlistaStatus: { texts: string[]; observer: MutationObserver };
        };
        playlistaStatus.observer.disconnect();
        return playlistaStatus.texts;
      });
  }

  // Our views

  #activityIcon(name: string): Locator {
    return this.page.locator(`.activitybar .action-item:has(.action-label[aria-label^="${name}"])`);
  }

  /** Shows a container of the activity bar ("Explorer", "Playlista"). */
  async showContainer(name: string): Promise<void> {
    const icon = this.#activityIcon(name);
    if (!(await icon.getAttribute("class"))?.includes("checked")) await icon.click();
    await this.page.locator(".sidebar .composite.title", { hasText: new RegExp(name, "i") }).waitFor();
  }

  /** Drags the side bar's edge until it is so wide, in pixels of the page. */
  async widenSideBar(width: number): Promise<void> {
    const box = await this.page.locator(".part.sidebar").boundingBox();
    if (!box) throw new Error("The side bar is not open.");
    const y = box.y + box.height / 2;
    await this.page.mouse.move(box.x + box.width, y);
    await this.page.mouse.down();
    await this.page.mouse.move(box.x + width, y, { steps: 5 });
    await this.page.mouse.up();
  }

  view(name: string): Locator {
    return this.page
      .locator(".sidebar .split-view-view > .pane")
      .filter({ has: this.page.locator(".pane-header .title", { hasText: new RegExp(`^${name}$`, "i") }) });
  }

  /** Folds a view, which leaves its room to the others. */
  async foldView(name: string): Promise<void> {
    await this.view(name).locator(".pane-header").click();
    await this.view(name).locator(".pane-header:not(.expanded)").waitFor();
  }

  treeRow(view: string, name: string): Locator {
    return this.view(view)
      .locator(".monaco-list-row")
      .filter({ has: this.page.locator(".label-name").getByText(name, { exact: true }) });
  }

  /** The rows of a tree that can be seen. */
  async treeRows(view: string): Promise<TreeRow[]> {
    return this.view(view)
      .locator(".monaco-list-row")
      .evaluateAll((rows) =>
        rows
          .map((row) => ({
            name: row.querySelector(".label-name")?.textContent ?? "",
            description: row.querySelector(".label-description")?.textContent ?? "",
            level: Number(row.getAttribute("aria-level")),
            top: row.getBoundingClientRect().top,
          }))
          .sort((a, b) => a.top - b.top)
          .map(({ name, description, level }) => ({ name, description, level })),
      );
  }

  /** Opens every folder of a tree, from the top down. */
  async expandTree(view: string): Promise<void> {
    const rows = this.view(view).locator(".monaco-list-row");
    await rows.first().waitFor();
    const closed = this.view(view).locator('.monaco-list-row[aria-expanded="false"]');
    while ((await closed.count()) > 0) {
      const before = await rows.count();
      await closed.first().locator(".label-name").click();
      await eventually(() => rows.count()).toBeGreaterThan(before);
    }
  }

  /** Clicks a button in a view's title, which shows while the mouse is on it. */
  async pressInTitle(view: string, button: string): Promise<void> {
    await this.view(view).locator(".pane-header").hover();
    await this.view(view).locator(`.pane-header .action-label[aria-label="${button}"]`).click();
  }

  /** Clicks a button in a row of a tree, which shows while the mouse is on it. */
  async pressInRow(view: string, name: string, button: string): Promise<void> {
    const row = this.treeRow(view, name);
    await row.hover();
    await row.locator(`.action-label[aria-label="${button}"]`).click();
  }

  async openFromTree(view: string, name: string): Promise<void> {
    await this.treeRow(view, name).locator(".label-name").click();
  }

  tab(name: string): Locator {
    return this.page.locator(".tab").filter({ hasText: name });
  }

  // Palette, dialogs, notifications

  /** F1, types a command's whole title, and takes the entry with just that title. */
  async runFromPalette(title: string): Promise<void> {
    const row = ".quick-input-list .monaco-list-row";
    const entry = this.page.locator(`${row}[aria-label="${title}"], ${row}[aria-label^="${title}, "]`);
    await this.#typeIntoPalette(title, entry);
    await entry.click();
  }

  /**
   * A busy window may take the focus back while one types (a page that has just opened does), which closes
   * the palette or loses letters: then it is closed and opened again, as a user would.
   */
  async #typeIntoPalette(title: string, entry: Locator): Promise<void> {
    const input = this.page.locator(".quick-input-widget input[type=text]");
    const limit = Date.now() + 60_000;
    for (;;) {
      try {
        await this.page.keyboard.press("F1");
        await input.waitFor({ timeout: 5000 });
        await this.page.keyboard.type(title);
        await entry.waitFor({ timeout: 5000 });
        return;
      } catch (error) {
        if (Date.now() > limit) throw error;
        await this.page.keyboard.press("Escape");
        await input.waitFor({ state: "hidden" });
      }
    }
  }

  /** The notifications in the open list. */
  get notifications(): Locator {
    return this.page.locator(".notifications-center .notification-list-item");
  }

  /** Opens the list of notifications by its bell: while it runs tests VS Code lets none pop up. */
  async openNotifications(): Promise<void> {
    const list = this.page.locator(".notifications-center");
    if (!(await list.isVisible())) await this.#bell.click();
    await list.waitFor();
  }

  async closeNotifications(): Promise<void> {
    const list = this.page.locator(".notifications-center");
    if (await list.isVisible()) await this.#bell.click();
    await list.waitFor({ state: "hidden" });
  }

  get #bell(): Locator {
    return this.page.locator('.statusbar-item[id="status.notifications"]');
  }

  async pressInNotification(text: string | RegExp, button: string): Promise<void> {
    await this.openNotifications();
    // What the bell says when it is pointed at lies over the lowest buttons.
    await this.page.mouse.move(400, 300);
    await this.notifications.filter({ hasText: text }).getByRole("button", { name: button }).click();
    await this.closeNotifications();
  }

  /** Walks through the open file question by mouse, from wherever it starts: up, into `folder`, to `name`. */
  async answerFileQuestion(folder: string, name: string): Promise<void> {
    const question = this.page.locator(".quick-input-widget");
    const row = (label: string): Locator => question.locator(`.monaco-list-row[aria-label="${label}"]`);
    await question.getByText("..", { exact: true }).waitFor();
    const limit = Date.now() + 20_000;
    // Another question may follow at once; a list of files has a way up.
    for (let absent = 0; absent < 3 && Date.now() < limit;) {
      const visible: string[] = [];
      for (const label of [name, folder, ".."]) if (await row(label).isVisible()) visible.push(label);
      const [next] = visible;
      if (next) await row(next).click({ timeout: 3000 });
      absent = next ? 0 : absent + 1;
      // The next listing comes a moment later.
      await this.page.waitForTimeout(500);
    }
    await row("..").waitFor({ state: "hidden" });
  }

  /** The rows of the open question, without those that have scrolled away. */
  get questionRows(): Locator {
    return this.page.locator(".quick-input-widget .quick-input-list .monaco-list-row");
  }

  /** The text of the open editor, as far as it is in view. */
  async editorText(): Promise<string> {
    const lines = this.page.locator(".editor-instance .view-lines .view-line");
    const texts = await lines.evaluateAll((all) =>
      all
        .map((line) => ({ top: line.getBoundingClientRect().top, text: line.textContent }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text.replaceAll("\u00a0", " ")),
    );
    return texts.join("\n");
  }

  /** Picks a colour theme by its name in the list ("Light Modern"). */
  async chooseTheme(label: string): Promise<void> {
    const rows = this.page.locator(".quick-input-list .monaco-list-row");
    const question = this.page.getByPlaceholder("Select Color Theme");
    await eventually(async () => {
      if (!(await question.isVisible())) await this.runFromPalette("Preferences: Color Theme");
      await question.waitFor();
      await question.fill("");
      await this.page.keyboard.type(label);
      await this.page.waitForTimeout(300);
      return rows.first().innerText();
    }, 60_000).toContain(label);
    await this.page.keyboard.press("Enter");
    await rows.first().waitFor({ state: "hidden" });
  }

  /** Reloads the window by hand and waits until the extension's parts are there again. */
  async reload(): Promise<void> {
    const reloaded = this.page.waitForEvent("domcontentloaded");
    await this.runFromPalette("Developer: Reload Window");
    await reloaded;
    await this.isReady();
  }

  // For people

  /** Takes a picture into test-results/workbench and returns its path. */
  async screenshot(name: string): Promise<string> {
    const path = join(RESULTS, `${name}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  /** The last lines of the window's log that tell of us. */
  lastLogLines(count: number): string[] {
    return this.#log()
      .split("\n")
      .filter((line) => /playlista|\[suite\]/i.test(line))
      .slice(-count);
  }
}
