/**
 * "Use Fewer Workers" after a run that was short of memory, with the editor's own parts written down here: what is
 * shown, which button is pressed, and what stands in the settings.
 */
import { beforeEach, expect, test, vi } from "vitest";
import type { EngineClient } from "../../../../src/host/engine/EngineClient";
import { SETTINGS } from "../../../../src/host/manifest";
import { RunController } from "../../../../src/host/runs/RunController";
import { registerRunNotices } from "../../../../src/host/runs/runNotices";
import { Settings } from "../../../../src/host/settings";
import type { AnalyzeParams, RunSummary } from "../../../../src/shared/engineProtocol";

const WORKERS = "playlista.analysis.workers";

/** The settings here are the same for all files. */
const ANYWHERE = {} as never;

const editor = vi.hoisted(() => ({
  settings: new Map<string, unknown>(),
  folders: undefined as object[] | undefined,
  written: [] as unknown[][],
  offered: [] as string[][],
  said: [] as string[],
  pressed: undefined as string | undefined,
}));

vi.mock("vscode", () => ({
  l10n: {
    t: (text: string, ...parts: unknown[]) => text.replace(/\{(\d)\}/g, (_, i) => String(parts[Number(i)])),
  },
  ConfigurationTarget: { Global: 1, Workspace: 2 },
  Disposable: {
    from: (...parts: { dispose: () => void }[]) => ({
      dispose: () => {
        parts.forEach((part) => {
          part.dispose();
        });
      },
    }),
  },
  window: {
    showWarningMessage: (_: string, ...actions: string[]) => {
      editor.offered.push(actions);
      return Promise.resolve(editor.pressed);
    },
    setStatusBarMessage: (text: string) => editor.said.push(text),
  },
  workspace: {
    get workspaceFolders() {
      return editor.folders;
    },
    getConfiguration: () => ({
      get: (name: string) => editor.settings.get(name),
      update: (name: string, value: unknown, target: number) => {
        editor.written.push([name, value, target]);
        editor.settings.set(name, value);
        return Promise.resolve();
      },
    }),
  },
}));

beforeEach(() => {
  editor.settings = new Map(Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]));
  Object.assign(editor, { folders: [{}], written: [], offered: [], said: [], pressed: undefined });
});

/** An engine whose workers run out of memory at every file. */
class ShortOfMemory {
  readonly workers: number[] = [];
  readonly #listeners: ((told: unknown) => void)[] = [];

  readonly onNotification = ((name: string, listener: (told: unknown) => void) => {
    if (name === "trackChanged") this.#listeners.push(listener);
    return { dispose: () => undefined };
  }) as EngineClient["onNotification"];
  readonly onDidTurn: EngineClient["onDidTurn"] = () => ({ dispose: () => undefined });

  readonly request = ((_: string, { settings }: AnalyzeParams) => {
    this.workers.push(settings.workers);
    for (const listener of this.#listeners)
      listener({ track: { path: "/a/1.mp3", errorCode: "outOfMemory" } });
    const sums = { asked: 2, succeeded: 1, failed: 1, unchanged: 0, cancelled: 0, totalMs: 1 };
    const rest = { workers: settings.workers || 8, firstFailure: null, fellBack: false };
    return Promise.resolve({ ...sums, ...rest } satisfies RunSummary);
  }) as EngineClient["request"];
}

function makeRuns(): { engine: ShortOfMemory; runs: RunController } {
  const engine = new ShortOfMemory();
  const settings = new Settings(() => undefined);
  const runs = new RunController({
    engine,
    storeOf: () => ({ database: "/a/library.sqlite", root: "/a" }),
    fallBack: () => Promise.resolve(null),
    settingsOf: () => settings.forUri(ANYWHERE),
    setRunning: () => undefined,
    setPaused: () => undefined,
    remember: () => undefined,
    log: () => undefined,
  });
  registerRunNotices(runs, engine as unknown as EngineClient);
  return { engine, runs };
}

test("pressed, it halves the workers of this workspace, and the next run has no more", async () => {
  const { engine, runs } = makeRuns();
  editor.pressed = "Use Fewer Workers";
  await runs.analyze(["/a/1.mp3"], { force: false });
  expect(editor.offered).toEqual([["Use Fewer Workers", "Show Failed", "Show Log"]]);
  await vi.waitFor(() => {
    expect(editor.said).toEqual(["Playlista analyzes at most 4 at once from now on"]);
  });
  expect(editor.written).toEqual([[WORKERS, 4, 2]]);
  await runs.analyze(["/a/1.mp3"], { force: false });
  expect(engine.workers).toEqual([SETTINGS[WORKERS].default, 4]);
});

test("without a folder it writes the user's own setting", async () => {
  const { runs } = makeRuns();
  Object.assign(editor, { folders: undefined, pressed: "Use Fewer Workers" });
  await runs.analyze(["/a/1.mp3"], { force: false });
  await vi.waitFor(() => {
    expect(editor.written).toEqual([[WORKERS, 4, 1]]);
  });
});

test("a notice that is closed changes nothing", async () => {
  const { runs } = makeRuns();
  await runs.analyze(["/a/1.mp3"], { force: false });
  await vi.waitFor(() => {
    expect(editor.offered).toHaveLength(1);
  });
  expect(editor.written).toEqual([]);
});

test("with one worker left there is none to take", async () => {
  const { runs } = makeRuns();
  editor.settings.set(WORKERS, 1);
  await runs.analyze(["/a/1.mp3"], { force: false });
  expect(editor.offered).toEqual([["Show Failed", "Show Log"]]);
});
