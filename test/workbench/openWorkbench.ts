/**
 * Opens a workbench window for a journey and connects to it. All windows but the restricted one are started by
 * `@vscode/test-electron`'s `runTests`, so that the suite's verdict goes the official way; the executable is VS
 * Code's own on a desktop and our launcher elsewhere. Either is driven through its debugging port.
 */
import { mkdirSync, mkdtempSync, readFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";
import { resolveCliArgsFromVSCodeExecutablePath, runTests } from "@vscode/test-electron";
import { chromium, type Browser, type Page } from "playwright-core";
import { LAUNCHER, SUITE } from "./build";
import { desktopExecutable } from "./desktop";
import { findEngines } from "./engines";
import { workbenchKind } from "./install";
import { PROJECT } from "./places";
import { cleanEnvironment, endGroup, spawnGroup } from "./processes";
import { freePort } from "./server";
import { writeSettings, type Theme } from "./settings";
import { Workbench } from "./Workbench";

export interface OpenOptions {
  /** Absolute folder that the window shows. */
  folder: string;
  /** A packaged extension to install; without it the extension runs from the project. */
  vsix?: string;
  /** Another packaged extension to install beside ours. */
  besides?: string;
  /** In Restricted Mode. */
  restricted?: boolean;
  theme?: Theme;
  /** More user settings. */
  settings?: Record<string, unknown>;
}

export interface OpenWindow {
  workbench: Workbench;
  /** Ids of the engine processes that belong to this window. */
  engines(): number[];
  /** Ends the window with the journeys' verdict, and throws if the official runner saw another. */
  close(verdict: string): Promise<void>;
}

/** A started editor: `ended` settles with its exit code. */
interface Started {
  ended: Promise<number>;
  kill(): Promise<void>;
}

const CONNECT_LIMIT_MS = 90_000;
const END_LIMIT_MS = 20_000;

async function editorExecutable(): Promise<string> {
  return workbenchKind() === "web" ? LAUNCHER : await desktopExecutable();
}

function install(executable: string, vsix: string, profile: string[]): void {
  const [command = "", ...args] =
    executable === LAUNCHER
      ? [executable]
      : resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  const { status, stderr } = spawnSync(command, [...args, ...profile, `--install-extension=${vsix}`], {
    env: cleanEnvironment(),
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error(`${vsix} could not be installed: ${stderr}`);
}

/** An extension of nothing, to develop while the packaged one is what runs. */
function emptyExtension(scratch: string): string {
  const folder = join(scratch, "empty-extension");
  mkdirSync(folder);
  const manifest = { name: "empty", publisher: "test", version: "0.0.1", engines: { vscode: "*" } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}

/** Only a window without a suite can be restricted: VS Code trusts every folder while it runs one. */
function startRestricted(executable: string, launchArgs: string[], extension: string): Started {
  const child = spawnGroup(
    executable,
    [...launchArgs, `--extensionDevelopmentPath=${extension}`, "--no-sandbox"],
    {
      env: cleanEnvironment(),
      stdio: "ignore",
    },
  );
  return {
    ended: new Promise((resolve) =>
      child.once("exit", (code) => {
        resolve(code ?? 1);
      }),
    ),
    kill: () => endGroup(child, 5000),
  };
}

function startSuite(
  executable: string,
  launchArgs: string[],
  extension: string,
  verdictFile: string,
): Started {
  const ended = runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: extension,
    extensionTestsPath: SUITE,
    launchArgs,
    extensionTestsEnv: { PLAYLISTA_VERDICT: verdictFile },
  }).catch((error: unknown) => {
    if (error instanceof Error && "code" in error && typeof error.code === "number") return error.code;
    throw error;
  });
  return { ended, kill: () => Promise.resolve() };
}

/** The window's page, once the editor's debugging port shows one. */
async function findPage(port: number): Promise<{ browser: Browser; page: Page } | null> {
  try {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { timeout: 5000 });
    const pages = browser.contexts().flatMap((context) => context.pages());
    const page = pages.find((one) => /payload=|workbench\.html/.test(one.url()));
    if (page) return { browser, page };
    await browser.close();
  } catch {
    // Not up yet.
  }
  return null;
}

async function connect(port: number, started: Started): Promise<{ browser: Browser; page: Page }> {
  const ended = started.ended.then((code) => `The window ended at once, with ${code}.`);
  const limit = Date.now() + CONNECT_LIMIT_MS;
  while (Date.now() < limit) {
    const found = await findPage(port);
    if (found) return found;
    const reason = await Promise.race([ended, wait(200, null)]);
    if (reason !== null) throw new Error(reason);
  }
  throw new Error(`The window did not open within ${CONNECT_LIMIT_MS} ms.`);
}

/** Opens a window on `options.folder`; the folder and the window's own files are the caller's and ours alone. */
export async function openWorkbench(options: OpenOptions): Promise<OpenWindow> {
  const scratch = mkdtempSync(join(tmpdir(), "playlista-window-"));
  const userDataDir = join(scratch, "user");
  const profile = [`--user-data-dir=${userDataDir}`, `--extensions-dir=${join(scratch, "extensions")}`];
  writeSettings(userDataDir, options.theme ?? "dark", options.settings);
  const executable = await editorExecutable();
  for (const vsix of [options.vsix, options.besides]) if (vsix) install(executable, vsix, profile);
  const extension = options.vsix ? emptyExtension(scratch) : PROJECT;
  const port = await freePort();
  const launchArgs = [options.folder, ...profile, `--remote-debugging-port=${port}`];
  const verdictFile = join(scratch, "verdict");
  const started = options.restricted
    ? startRestricted(executable, launchArgs, extension)
    : startSuite(executable, launchArgs, extension, verdictFile);
  const { browser, page } = await connect(port, started);
  const windowLog = join(userDataDir, "window.log");
  const workbench = new Workbench(page, () => (existsSync(windowLog) ? readFileSync(windowLog, "utf8") : ""));
  await workbench.isReady();

  const close = async (verdict: string): Promise<void> => {
    writeFileSync(verdictFile, verdict);
    if (options.restricted) await started.kill();
    const late = wait(END_LIMIT_MS, null, { ref: false });
    let code = await Promise.race([started.ended, late]);
    if (code === null) {
      await page.close();
      code = await started.ended;
    }
    await browser.close();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
    if (!options.restricted && (code === 0) !== (verdict === "passed"))
      throw new Error(`The journeys' verdict was "${verdict}", but VS Code's runner ended with ${code}.`);
  };
  return { workbench, engines: () => findEngines(scratch), close };
}
