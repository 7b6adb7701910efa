/** The client over real child processes; a small engine of our own stands in for the built one. */
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { EngineClient } from "../../../../src/host/engine/EngineClient";
import type { EngineTurn } from "../../../../src/host/engine/EngineClient";
import { engineErrorCode } from "../../../../src/host/engine/engineErrorCode";
import { EngineStoppedError } from "../../../../src/host/engine/EngineStoppedError";

const fakeEngine = fileURLToPath(new URL("./fakeEngine.mjs", import.meta.url));
/** The system refuses to fork this at once, as it does when memory is short. */
const unforkable = "engine\0.mjs";
const open: EngineClient[] = [];

/** `modulePaths`: the engine file at each start; the last one stays. */
function client(modulePaths = [fakeEngine]): EngineClient {
  const made = new EngineClient({
    get modulePath() {
      return (modulePaths.length > 1 ? modulePaths.shift() : modulePaths[0]) ?? fakeEngine;
    },
    log: () => undefined,
  });
  open.push(made);
  return made;
}

const store = (database: string) => ({ store: { database, root: "/" } });
const countOf = (engine: EngineClient) => engine.request("count", store("library"));

/** Makes the engine die at a request and hands over what is told of it. */
async function kill(engine: EngineClient): Promise<EngineTurn> {
  const stop = new Promise<EngineTurn>((resolve) => {
    const subscription = engine.onDidTurn((told) => {
      subscription.dispose();
      resolve(told);
    });
  });
  await expect(engine.request("count", store("die"))).rejects.toBeInstanceOf(EngineStoppedError);
  return stop;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((engine) => engine.close()));
});

test("no engine runs before the first request", async () => {
  const engine = client();
  expect(engine.isRunning).toBe(false);
  await countOf(engine);
  expect(engine.isRunning).toBe(true);
});

test("bytes arrive as bytes, notifications at their listeners", async () => {
  const engine = client();
  const lines: string[] = [];
  engine.onNotification("log", ({ message }) => lines.push(message));
  const bytes = await engine.request("getView", { ...store("library"), path: "/a.wav" });
  expect(bytes).toEqual(new Uint8Array([1, 2, 255]));
  await countOf(engine);
  expect(lines).toEqual(["waveform sent"]);
});

test("an answer that is an error is passed on, and the engine lives", async () => {
  const engine = client();
  const { failed: pid } = await countOf(engine);
  await expect(engine.request("count", store("fail"))).rejects.toThrow("the disk is full");
  expect((await countOf(engine)).failed).toBe(pid);
});

test("the reason of an answer that is an error is told by its code", async () => {
  const engine = client();
  const codes = ["inUse", "fail"].map((database) =>
    engine.request("count", store(database)).catch((error: unknown) => engineErrorCode(error)),
  );
  expect(await Promise.all(codes)).toEqual(["inUse", null]);
});

test("a dead engine is started again and says so", async () => {
  const engine = client();
  const { failed: pid } = await countOf(engine);
  expect(await kill(engine)).toBe("restarted");
  expect((await countOf(engine)).failed).not.toBe(pid);
});

test("an engine that dies a fourth time stays stopped until it is asked for again", async () => {
  const engine = client();
  for (let death = 1; death <= 3; death++) expect(await kill(engine)).toBe("restarted");
  expect(await kill(engine)).toBe("givenUp");
  await expect(countOf(engine)).rejects.toBeInstanceOf(EngineStoppedError);
  const turns: EngineTurn[] = [];
  engine.onDidTurn((turn) => turns.push(turn));
  engine.startAgain();
  expect(turns).toEqual(["startedAgain"]);
  expect((await countOf(engine)).failed).toBeGreaterThan(0);
});

test("closing ends the process, and that is no unexpected end", async () => {
  const engine = client();
  const stops: EngineTurn[] = [];
  engine.onDidTurn((stop) => stops.push(stop));
  const { failed: pid } = await countOf(engine);
  await engine.close();
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  expect(stops).toEqual([]);
});

test("an engine file that does not exist is given up, not started for ever", async () => {
  const engine = new EngineClient({
    modulePath: `${import.meta.dirname}/missing.mjs`,
    log: () => undefined,
  });
  const givenUp = new Promise<void>((resolve) => {
    engine.onDidTurn((turn) => {
      if (turn === "givenUp") resolve();
    });
  });
  await expect(countOf(engine)).rejects.toBeInstanceOf(EngineStoppedError);
  await givenUp;
  await expect(countOf(engine)).rejects.toBeInstanceOf(EngineStoppedError);
});

test("when memory was short at the engine's start, it is started again", async () => {
  const engine = client([unforkable, fakeEngine]);
  const turns: EngineTurn[] = [];
  engine.onDidTurn((turn) => turns.push(turn));
  await expect(countOf(engine)).rejects.toBeInstanceOf(EngineStoppedError);
  expect(turns).toEqual(["restarted"]);
  expect((await countOf(engine)).failed).toBeGreaterThan(0);
});

test("an engine that can't be forked is given up, and the user can have it tried again", async () => {
  const engine = client([unforkable, unforkable, unforkable, unforkable, fakeEngine]);
  const givenUp = new Promise<void>((resolve) => {
    engine.onDidTurn((turn) => {
      if (turn === "givenUp") resolve();
    });
  });
  await expect(countOf(engine)).rejects.toBeInstanceOf(EngineStoppedError);
  await givenUp;
  await expect(countOf(engine)).rejects.toBeInstanceOf(EngineStoppedError);
  engine.startAgain();
  expect((await countOf(engine)).failed).toBeGreaterThan(0);
});
