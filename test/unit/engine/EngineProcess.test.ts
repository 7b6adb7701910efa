/** The engine as a real forked process: asked over its channel, killed in the middle, left by its host. */
import { fork, type ChildProcess } from "node:child_process";
import { copyFile, readdir, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import type {
  AnalyzeParams,
  EngineNotifications,
  EngineRequests,
  EngineSettings,
  ExecutorKind,
  StoreLocation,
} from "../../../src/shared/engineProtocol";
import { DEFAULT_LIMITS } from "../../../src/shared/limits";
import { bundle } from "../library/fixtures/bundle";
import { makeA1 } from "../library/store/import/fixtures/earlierDatabases";
import { openStore } from "../library/fixtures/someStore";
import { makeFiles, makeFolder, makeSharedFolder, startedIn } from "../library/fixtures/someFiles";

const SETTINGS: EngineSettings = {
  executor: "threads",
  workers: 2,
  timeoutSeconds: 60,
  limits: DEFAULT_LIMITS,
  maxRetries: 3,
  essentia: false,
  exclude: ["skipped/**"],
};

let engineFile = "";

beforeAll(async () => {
  const folder = await makeSharedFolder();
  engineFile = await bundle(join(import.meta.dirname, "../../../src/engine/main.ts"), folder);
  await copyFile(join(import.meta.dirname, "../library/fixtures/worker.cjs"), join(folder, "analyzer.js"));
});

class Engine {
  readonly child: ChildProcess;
  readonly #connection;
  readonly heard: { [N in keyof EngineNotifications]: EngineNotifications[N][] } = {
    runProgress: [],
    trackChanged: [],
    storeChanged: [],
    verifyProgress: [],
    importProgress: [],
    log: [],
  };

  constructor() {
    this.child = fork(engineFile, [], { serialization: "advanced", silent: true });
    this.#connection = createMessageConnection(
      new IPCMessageReader(this.child),
      new IPCMessageWriter(this.child),
    );
    for (const name of [
      "runProgress",
      "trackChanged",
      "storeChanged",
      "verifyProgress",
      "importProgress",
      "log",
    ] as const) {
      this.#connection.onNotification(name, (params: unknown) => {
        (this.heard[name] as unknown[]).push(params);
      });
    }
    this.#connection.listen();
    onTestFinished(() => {
      this.#connection.dispose();
      this.child.kill("SIGKILL");
    });
  }

  ask<M extends keyof EngineRequests>(
    method: M,
    params: EngineRequests[M]["params"],
  ): Promise<EngineRequests[M]["result"]> {
    return this.#connection.sendRequest(method, params);
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  async ended(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    return new Promise((resolve) => this.child.once("exit", resolve));
  }
}

interface RunWishes {
  runId?: string;
  force?: boolean;
  askedAt?: string;
  isUnasked?: boolean;
  settings?: Partial<EngineSettings>;
}

/** What is asked for a run over paths in the folder's own store. */
function runOn(root: string, paths: string[], { settings, ...wishes }: RunWishes = {}): AnalyzeParams {
  return {
    runId: "1",
    store: storeIn(root),
    paths,
    force: false,
    askedAt: new Date().toISOString(),
    settings: { ...SETTINGS, ...settings },
    ...wishes,
  };
}

function storeIn(root: string): StoreLocation {
  return { database: join(root, ".playlista", "library.sqlite"), root };
}

describe("over its channel", () => {
  test("the processes of an engine that is killed end with it", async () => {
    const root = await makeFolder();
    await makeFiles(root, { "1.wav": "hang" });
    const engine = new Engine();
    engine
      .ask("analyze", runOn(root, [root], { settings: { executor: "processes" } }))
      .catch(() => undefined);
    const workerId = () =>
      engine.heard.log.map(({ message }) => /^worker (\d+) ready/.exec(message)?.[1]).find((id) => id);
    await engine.until(() => workerId() !== undefined);
    const isAlive = (): boolean => {
      try {
        return process.kill(Number(workerId()), 0);
      } catch {
        return false;
      }
    };
    expect(isAlive()).toBe(true);
    engine.child.kill("SIGKILL");
    await engine.until(() => !isAlive());
  });

  test("a run is paused, one of its files cancelled, and it goes on to its end", async () => {
    const root = await makeFolder();
    const [slow = "", hanging = ""] = await makeFiles(root, {
      "1.wav": "slow",
      "2.wav": "hang",
      "3.wav": "ok",
    });
    const engine = new Engine();
    const run = engine.ask("analyze", runOn(root, [root], { settings: { workers: 1 } }));
    const { runProgress } = engine.heard;
    await engine.until(() => runProgress.some(({ active }) => active.includes(slow)));
    await engine.ask("pause", { runId: "1" });
    await engine.until(() => runProgress.at(-1)?.done === 1);
    expect(runProgress.at(-1)).toMatchObject({ isPaused: true, active: [], total: 3 });
    await engine.ask("resume", { runId: "1" });
    await engine.until(() => runProgress.some(({ active }) => active.includes(hanging)));
    await engine.ask("cancelFile", { runId: "1", path: hanging });
    expect(await run).toMatchObject({ asked: 3, succeeded: 2, failed: 0, cancelled: 1 });
    expect(runProgress.at(-1)).toMatchObject({ isPaused: false, done: 3 });
    expect(await engine.ask("pause", { runId: "1" })).toBeNull();
  });

  test("a database of an earlier Playlista is taken over after a preview; what is none is said in a sentence", async () => {
    const root = await makeFolder();
    const [song = ""] = await makeFiles(root, { "a/song.wav": "ok" });
    const { size } = await stat(song);
    const path = join(root, "audio_analysis.db");
    const row = {
      file_hash: `song.wav_${size}_1.5`,
      file_path: "/music/a/song.wav",
      bpm: 120.5,
      key: 9,
      scale: 0,
    };
    await writeFile(path, await makeA1({ audio_features: [row] }));
    const engine = new Engine();
    const store = storeIn(root);
    const params = { runId: "i", store, path, mapping: "suggested" as const };
    const preview = await engine.ask("importEarlier", { ...params, isPreview: true });
    expect(preview?.summary).toMatchObject({
      imported: 1,
      mapping: { from: "/music", to: root },
      isPreview: true,
    });
    expect(await engine.ask("getAnalysis", { store, path: song })).toBeNull();
    const done = await engine.ask("importEarlier", { ...params, isPreview: false });
    expect(done?.summary).toMatchObject({ imported: 1, isPreview: false });
    expect(engine.heard.trackChanged).toMatchObject([
      { path: song, track: { state: "imported", tempo: 120.5 } },
    ]);
    expect(engine.heard.importProgress.at(-1)).toEqual({ runId: "i", done: 1, total: 1 });
    expect(await engine.ask("analyze", runOn(root, [root]))).toMatchObject({ succeeded: 1, unchanged: 0 });
    expect(await engine.ask("getAnalysis", { store, path: song })).toMatchObject({ state: "analyzed" });
    const refused = await engine.ask("importEarlier", { ...params, path: song, isPreview: true });
    expect(refused).toMatchObject({
      summary: null,
      problem: expect.stringMatching(/earlier Playlista|neither/) as string,
    });
  });

  test("a folder is analysed, told file by file, and can be looked at", async () => {
    const root = await makeFolder();
    const [good = "", bad = ""] = await makeFiles(root, {
      "a/good.wav": "ok",
      "a/bad.wav": "fail",
      "skipped/c.wav": "ok",
    });
    const engine = new Engine();
    const store = storeIn(root);
    const summary = await engine.ask("analyze", runOn(root, [root]));
    expect(summary).toMatchObject({ asked: 2, succeeded: 1, failed: 1, unchanged: 0, cancelled: 0 });
    expect(engine.heard.trackChanged.map(({ path, track }) => [path, track?.state]).sort()).toEqual([
      [bad, "failed"],
      [good, "analyzed"],
    ]);
    expect(engine.heard.runProgress.at(-1)).toMatchObject({
      runId: "1",
      total: 2,
      done: 2,
      failed: 1,
      active: [],
    });
    expect(engine.heard.log.some(({ scope }) => scope === "parallel_analyzer")).toBe(true);

    const analysis = await engine.ask("getAnalysis", { store, path: good });
    expect(analysis).toMatchObject({ path: good, state: "analyzed", rhythm: { tempo: 124 } });
    expect(analysis?.versions.app).toBe("fixture");
    expect(new Uint8Array((await engine.ask("getView", { store, path: good })) ?? [])).toEqual(
      new Uint8Array([1, 2, 3]),
    );
    expect(await engine.ask("count", { store })).toEqual({ analyzed: 1, failed: 1, imported: 0 });
    expect(await engine.ask("listFolder", { store, folder: null, offset: 0, limit: 10 })).toEqual({
      folders: [{ path: dirname(good), tracks: 2, failed: 1 }],
      tracks: [],
      remaining: 0,
    });
    const [failed] = await engine.ask("listFailed", { store, limit: 10 });
    expect(failed).toMatchObject({ path: bad, errorCode: "corrupt" });
  });

  test("forgetting a folder is told track by track", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "a/1.wav": "ok" });
    const engine = new Engine();
    const store = storeIn(root);
    await engine.ask("analyze", runOn(root, [file]));
    await engine.ask("remove", { store, paths: [join(root, "a")] });
    expect(engine.heard.trackChanged.at(-1)).toEqual({ store, path: file, track: null });
    expect(await engine.ask("getAnalysis", { store, path: file })).toBeNull();
  });

  test("a run is cancelled by its id", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "hang" });
    const engine = new Engine();
    const run = engine.ask("analyze", runOn(root, [file], { runId: "mine" }));
    await engine.until(() => engine.heard.runProgress.some(({ active }) => active.includes(file)));
    await engine.ask("cancel", { runId: "another" });
    await engine.ask("cancel", { runId: "mine" });
    expect(await run).toMatchObject({ asked: 1, cancelled: 1 });
  });

  test("what another engine has written is told without a question", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "ok" });
    const [reader, writer] = [new Engine(), new Engine()];
    const store = storeIn(root);
    expect(await reader.ask("getAnalysis", { store, path: file })).toBeNull();
    await writer.ask("analyze", runOn(root, [file]));
    const { storeChanged, trackChanged } = reader.heard;
    await reader.until(() => storeChanged.length + trackChanged.length > 0);
    expect(await reader.ask("getAnalysis", { store, path: file })).not.toBeNull();
  });

  test("a database that cannot be written is answered with a sentence for the user", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "ok", ".playlista": "in the way" });
    const engine = new Engine();
    const run = engine.ask("analyze", runOn(root, [file]));
    await expect(run).rejects.toMatchObject({
      message: expect.stringMatching(/^Cannot write /) as string,
      data: { code: "cannotWrite" },
    });
  });
});

describe("the settings of a run", () => {
  test("executor: sequential analyses in the engine's own process, threads do not", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "ok" });
    const engine = new Engine();
    const workerId = async (executor: ExecutorKind) => {
      await engine.ask("analyze", runOn(root, [file], { force: true, settings: { executor } }));
      return (await engine.ask("getAnalysis", { store: storeIn(root), path: file }))?.timing.workerId;
    };
    expect(await workerId("sequential")).toBe(0);
    expect(await workerId("threads")).toBeGreaterThan(0);
  });

  test("workers: so many files at once, also for the next run with another number", async () => {
    const root = await makeFolder();
    await makeFiles(root, { "1.wav": "ok", "2.wav": "ok", "3.wav": "ok" });
    const engine = new Engine();
    for (const workers of [1, 3, 2]) {
      const params = runOn(root, [root], { force: true, settings: { workers } });
      expect((await engine.ask("analyze", params)).workers).toBe(workers);
    }
  });

  test("time limit: a file that takes longer fails", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "hang" });
    const params = runOn(root, [file], { settings: { timeoutSeconds: 1 } });
    expect((await new Engine().ask("analyze", params)).firstFailure).toMatchObject({
      path: file,
      code: "timeout",
      message: expect.stringContaining("within 1 s") as string,
    });
  });

  test("largest file: a larger one fails, a smaller one does not", async () => {
    const root = await makeFolder();
    const [large = ""] = await makeFiles(root, { "1.wav": `ok${" ".repeat(1_000_000)}`, "2.wav": "ok" });
    const summary = await new Engine().ask(
      "analyze",
      runOn(root, [root], { settings: { limits: { ...DEFAULT_LIMITS, maxFileSizeMB: 1 } } }),
    );
    expect(summary).toMatchObject({ succeeded: 1, firstFailure: { path: large, code: "tooLarge" } });
  });

  test.for([
    ["maxDurationHours", "long", 10],
    ["maxChannels", "many", 2],
    ["maxSampleRate", "fast", 48_000],
  ] as const)("%s: a file beyond it fails, and does not where it is raised", async ([name, deed, limit]) => {
    const root = await makeFolder();
    await makeFiles(root, { "1.wav": deed, "2.wav": "ok" });
    const engine = new Engine();
    const with_ = (value: number) =>
      engine.ask(
        "analyze",
        runOn(root, [root], { settings: { limits: { ...DEFAULT_LIMITS, [name]: value } } }),
      );
    expect(await with_(limit)).toMatchObject({ failed: 1, firstFailure: { code: "tooLarge" } });
    expect(await with_(0)).toMatchObject({ failed: 0 });
  });

  test("retries: a failed file is tried again as often, and once more as soon as that is raised", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "fail" });
    const engine = new Engine();
    const tried = async (maxRetries: number) => {
      await engine.ask("analyze", runOn(root, [file], { settings: { maxRetries } }));
      return (await engine.ask("getAnalysis", { store: storeIn(root), path: file }))?.error?.attempts;
    };
    expect(await tried(0)).toBe(1);
    expect(await tried(0)).toBe(1);
    expect(await tried(1)).toBe(2);
    expect(await tried(1)).toBe(2);
  });

  test("files to pass over hold for a file that nobody picked, too", async () => {
    const root = await makeFolder();
    const files = await makeFiles(root, { "a/1.wav": "ok", "b/2.wav": "ok" });
    const settings = { exclude: ["a/**"] };
    const engine = new Engine();
    const unasked = runOn(root, files, { settings, isUnasked: true });
    expect((await engine.ask("analyze", unasked)).asked).toBe(1);
    expect((await engine.ask("analyze", runOn(root, files, { settings }))).asked).toBe(2);
  });

  test("files to pass over: a folder search does", async () => {
    const root = await makeFolder();
    await makeFiles(root, { "a/1.wav": "ok", "b/2.wav": "ok" });
    const params = runOn(root, [root], { settings: { exclude: ["a/**"] } });
    expect((await new Engine().ask("analyze", params)).asked).toBe(1);
    expect(await startedIn(join(root, "b"))).toEqual(["2.wav"]);
  });

  test("they hold to its end, whatever a later run is given while it waits", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "hang", "skipped/2.wav": "ok" });
    const engine = new Engine();
    const release = await (await openStore(root)).lock();
    const waiting = engine.ask("analyze", runOn(root, [root], { settings: { timeoutSeconds: 1 } }));
    await engine.until(() => engine.heard.runProgress.some(({ waitingFor }) => waitingFor !== null));
    const other = await makeFolder();
    await makeFiles(other, { "1.wav": "ok" });
    await engine.ask("analyze", runOn(other, [other], { runId: "2", settings: { executor: "sequential" } }));
    await release();
    expect(await waiting).toMatchObject({ asked: 1, firstFailure: { path: file, code: "timeout" } });
  });
});

describe("a run by force", () => {
  test("that is asked for again after an interruption leaves what it has done", async () => {
    const root = await makeFolder();
    const [done = "", left = ""] = await makeFiles(root, { "1.wav": "ok", "2.wav": "ok" });
    const engine = new Engine();
    await engine.ask("analyze", runOn(root, [root]));
    const askedAt = new Date().toISOString();
    await engine.ask("analyze", runOn(root, [done], { force: true, askedAt }));
    const summary = await engine.ask("analyze", runOn(root, [root], { force: true, askedAt }));
    expect(summary).toMatchObject({ succeeded: 1, unchanged: 1 });
    expect((await startedIn(root)).filter((name) => left.endsWith(name))).toHaveLength(2);
  });
});

describe("a cancel", () => {
  test("that comes right behind its run ends it before a file is touched", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "ok" });
    const engine = new Engine();
    const run = engine.ask("analyze", runOn(root, [file]));
    await engine.ask("cancel", { runId: "1" });
    expect(await run).toMatchObject({ succeeded: 0 });
    expect(await startedIn(root)).toEqual([]);
  });
});

describe("what goes wrong", () => {
  test("by a bug is answered with a sentence, and its trace is in the log", async () => {
    const engine = new Engine();
    const broken = { store: null } as unknown as { store: StoreLocation };
    const answer = await engine.ask("count", broken).catch((error: unknown) => error);
    expect(answer).toMatchObject({
      data: { code: "bug" },
      message: expect.not.stringMatching(/ at |\n/) as string,
    });
    expect(engine.heard.log).toEqual([
      {
        level: "error",
        scope: "engine",
        message: expect.stringMatching(/^count failed: TypeError.*\n +at /) as string,
      },
    ]);
  });

  test("when results are to be forgotten while another process that can't be asked writes is said with its name", async () => {
    const root = await makeFolder();
    const release = await (await openStore(root)).lock();
    await expect(
      new Engine().ask("remove", { store: storeIn(root), paths: [join(root, "1.wav")] }),
    ).rejects.toMatchObject({
      message: expect.stringContaining(`process ${process.pid}`) as string,
      data: { code: "inUse" },
    });
    await release();
  });
});

describe("its end", () => {
  test("by a kill loses nothing that was told, and the next engine goes on at once", async () => {
    const root = await makeFolder();
    const files = await makeFiles(root, { "1.wav": "ok", "2.wav": "ok", "3.wav": "hang", "4.wav": "hang" });
    const first = new Engine();
    const run = first.ask("analyze", runOn(root, [root]));
    run.catch(() => undefined);
    await first.until(() => first.heard.trackChanged.length === 2);
    first.child.kill("SIGKILL");
    await first.ended();
    for (const file of files.slice(2)) await writeFile(file, "ok");
    const second = new Engine();
    const summary = await second.ask("analyze", runOn(root, [root], { runId: "2" }));
    expect(summary).toMatchObject({ asked: 4, unchanged: 2, succeeded: 2 });
    expect(second.heard.runProgress.every(({ waitingFor }) => waitingFor === null)).toBe(true);
    expect((await startedIn(root)).filter((name) => name === "1.wav")).toHaveLength(1);
  });

  test("with its host's stops the run, gives the lock back and is clean", async () => {
    const root = await makeFolder();
    await makeFiles(root, { "1.wav": "ok", "2.wav": "hang" });
    const engine = new Engine();
    const run = engine.ask("analyze", runOn(root, [root]));
    run.catch(() => undefined);
    await engine.until(() => engine.heard.trackChanged.length === 1);
    engine.child.disconnect();
    expect(await engine.ended()).toBe(0);
    expect((await readdir(join(root, ".playlista"))).sort()).toEqual([
      ".gitignore",
      "library.sqlite",
      "views",
    ]);
  });
});
