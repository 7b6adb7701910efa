/**
 * What every journey begins and ends with: a folder of real music of its own, a window on it, a picture and
 * the last log lines when a step fails, and the verdict that the official runner hears at the end. A file's
 * tests are the steps of one journey: after a failed one the others are skipped.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { hasAudioExtension } from "../../src/shared/audioFormats";
import { openWorkbench, type OpenOptions, type OpenWindow } from "./openWorkbench";
import { PROJECT } from "./places";
import { cleanEnvironment } from "./processes";
import type { Workbench } from "./Workbench";

export interface Journey {
  readonly workbench: Workbench;
  /** Absolute folder that the window shows. */
  readonly folder: string;
  /** Ids of the running engine processes. */
  engines(): number[];
  /** All windows of the journey, the first being {@link Journey.workbench}'s. */
  readonly windows: readonly OpenWindow[];
}

export interface JourneyOptions extends Omit<OpenOptions, "folder"> {
  /** Names the pictures. */
  name: string;
  /** Fills the folder before the window opens. */
  prepare: (folder: string) => void;
  /** Windows on the folder, each with an editor of its own; one unless told. */
  windows?: number;
}

export const EXAMPLE = join(PROJECT, "example");

/** How many pieces the example has. */
export const EXAMPLE_FILES = readdirSync(EXAMPLE, { recursive: true, encoding: "utf8" }).filter(
  (path) => hasAudioExtension(path) && !path.includes(".playlista"),
).length;

/** The real pieces in their folders, as shipped with the project. */
export function copyExample(folder: string): void {
  mkdirSync(folder, { recursive: true });
  cpSync(EXAMPLE, folder, { recursive: true, filter: (source) => !/CREDITS\.md$|\.playlista/.test(source) });
}

/** Analyses the folder by the command line, as if on an earlier day; throws when a file fails. */
export function analyzeBefore(folder: string): void {
  const cli = join(PROJECT, "dist", "cli.js");
  const { status, stderr } = spawnSync(process.execPath, [cli, "analyze", "."], {
    cwd: folder,
    env: cleanEnvironment(),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`The command line ended with ${String(status)}: ${stderr}`);
}

/** Opens the journey's window before the file's tests and closes it with their verdict. */
export function startJourney(options: JourneyOptions): Journey {
  let windows: OpenWindow[] = [];
  let scratch = "";
  let failed = 0;
  const folder = (): string => join(scratch, "Music Folder");

  beforeAll(async () => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), "playlista-journey-")));
    mkdirSync(folder());
    options.prepare(folder());
    const open = (): Promise<OpenWindow> => openWorkbench({ ...options, folder: folder() });
    windows = await Promise.all(Array.from({ length: options.windows ?? 1 }, open));
  });

  beforeEach(({ skip }) => {
    if (failed > 0) skip("an earlier step of the journey failed");
  });

  afterEach(async ({ task }) => {
    if (task.result?.state !== "fail") return;
    failed++;
    for (const [index, { workbench }] of windows.entries()) {
      const picture = await workbench.screenshot(`failed-${options.name}${index > 0 ? `-${index + 1}` : ""}`);
      console.error(`Picture: ${picture}\n${workbench.lastLogLines(15).join("\n")}`);
    }
  });

  afterAll(async () => {
    const verdict = failed === 0 ? "passed" : `${options.name}: ${failed} failed`;
    await Promise.all(windows.map((window) => window.close(verdict)));
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  });

  const opened = (): OpenWindow => {
    const [window] = windows;
    if (!window) throw new Error("The window is not open.");
    return window;
  };
  return {
    get workbench() {
      return opened().workbench;
    },
    engines: () => opened().engines(),
    get windows() {
      return windows;
    },
    get folder() {
      return folder();
    },
  };
}
