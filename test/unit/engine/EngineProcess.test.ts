/** The engine as a real forked process: asked over its channel, killed in the middle, left by its host. */
import { fork, type ChildProcess } from "node:child_process";
import { copyFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import type {
  EngineNotifications,
  EngineRequests,
  EngineSettings,
  StoreLocation,
} from "../../../src/shared/engineProtocol";
import { bundle } from "../library/fixtures/bundle";
import { makeFiles, makeFolder, makeSharedFolder, startedIn } from "../library/fixtures/someFiles";

const SETTINGS: EngineSettings = {
  executor: "threads",
  workers: 2,
  timeoutSeconds: 60,
  maxFileSizeMB: 0,
  exclude: ["skipped/**"],
};
/** The smallest WebAssembly module: it stands in for essentia.js. */
const EMPTY_WASM = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

let engineFile = "";

beforeAll(async () => {
  const folder = await makeSharedFolder();
  engineFile = await bundle(join(import.meta.dirname, "../../../src/engine/main.ts"), folder);
  await copyFile(join(import.meta.dirname, "../library/fixtures/worker.cjs"), join(folder, "analyzer.js"));
  await writeFile(join(folder, "essentia.wasm"), EMPTY_WASM);
});

class Engine {
  readonly child: ChildProcess;
  readonly #connection;
  readonly heard: { [N in keyof EngineNotifications]: EngineNotifications[N][] } = {
    runProgress: [],
    trackChanged: [],
    log: [],
  };

  constructor() {
    this.child = fork(engineFile, [], { serialization: "advanced", silent: true });
    this.#connection = createMessageConnection(
      new IPCMessageReader(this.child),
      new IPCMessageWriter(this.child),
    );
    for (const name of ["runProgress", "trackChanged", "log"] as const) {
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

async function makeEngine(): Promise<Engine> {
  const engine = new Engine();
  await engine.ask("configure", SETTINGS);
  return engine;
}

function storeIn(root: string): StoreLocation {
  return { database: join(root, ".playlista", "library.sqlite"), root };
}

describe("over its channel", () => {
  test("a folder is analysed, told file by file, and can be looked at", async () => {
    const root = await makeFolder();
    const [good = "", bad = ""] = await makeFiles(root, {
      "a/good.wav": "ok",
      "a/bad.wav": "fail",
      "skipped/c.wav": "ok",
    });
    const engine = await makeEngine();
    const store = storeIn(root);
    const summary = await engine.ask("analyze", { runId: "1", store, paths: [root], force: false });
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
    expect(new Uint8Array((await engine.ask("getWaveform", { store, path: good })) ?? [])).toEqual(
      new Uint8Array([1, 2, 3]),
    );
    expect(await engine.ask("count", { store })).toEqual({ analyzed: 1, failed: 1 });
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
    const engine = await makeEngine();
    const store = storeIn(root);
    await engine.ask("analyze", { runId: "1", store, paths: [file], force: false });
    await engine.ask("remove", { store, paths: [join(root, "a")] });
    expect(engine.heard.trackChanged.at(-1)).toEqual({ store, path: file, track: null });
    expect(await engine.ask("getAnalysis", { store, path: file })).toBeNull();
  });

  test("a run is cancelled by its id", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "hang" });
    const engine = await makeEngine();
    const run = engine.ask("analyze", { runId: "mine", store: storeIn(root), paths: [file], force: false });
    await engine.until(() => engine.heard.runProgress.some(({ active }) => active.includes(file)));
    await engine.ask("cancel", { runId: "another" });
    await engine.ask("cancel", { runId: "mine" });
    expect(await run).toMatchObject({ asked: 1, cancelled: 1 });
  });

  test("what another engine has written is seen after a refresh", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "ok" });
    const [reader, writer] = [await makeEngine(), await makeEngine()];
    const store = storeIn(root);
    expect(await reader.ask("getAnalysis", { store, path: file })).toBeNull();
    await writer.ask("analyze", { runId: "1", store, paths: [file], force: false });
    expect(await reader.ask("refresh", { store })).toEqual({ changed: true });
    expect(await reader.ask("getAnalysis", { store, path: file })).not.toBeNull();
  });

  test("a database that cannot be written is answered with a sentence for the user", async () => {
    const root = await makeFolder();
    const [file = ""] = await makeFiles(root, { "1.wav": "ok", ".playlista": "in the way" });
    const engine = await makeEngine();
    const run = engine.ask("analyze", { runId: "1", store: storeIn(root), paths: [file], force: false });
    await expect(run).rejects.toMatchObject({
      message: expect.stringMatching(/^Cannot write /) as string,
      data: { code: "cannotWrite" },
    });
  });
});

describe("its end", () => {
  test("by a kill loses nothing that was told, and the next engine goes on at once", async () => {
    const root = await makeFolder();
    const files = await makeFiles(root, { "1.wav": "ok", "2.wav": "ok", "3.wav": "hang", "4.wav": "hang" });
    const first = await makeEngine();
    const store = storeIn(root);
    const run = first.ask("analyze", { runId: "1", store, paths: [root], force: false });
    run.catch(() => undefined);
    await first.until(() => first.heard.trackChanged.length === 2);
    first.child.kill("SIGKILL");
    await first.ended();
    for (const file of files.slice(2)) await writeFile(file, "ok");
    const second = await makeEngine();
    const summary = await second.ask("analyze", { runId: "2", store, paths: [root], force: false });
    expect(summary).toMatchObject({ asked: 4, unchanged: 2, succeeded: 2 });
    expect(second.heard.runProgress.every(({ waitingFor }) => waitingFor === null)).toBe(true);
    expect((await startedIn(root)).filter((name) => name === "1.wav")).toHaveLength(1);
  });

  test("with its host's stops the run, gives the lock back and is clean", async () => {
    const root = await makeFolder();
    await makeFiles(root, { "1.wav": "ok", "2.wav": "hang" });
    const engine = await makeEngine();
    const run = engine.ask("analyze", { runId: "1", store: storeIn(root), paths: [root], force: false });
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
