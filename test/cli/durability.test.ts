import { cpSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { EXAMPLE, finish, jsonLines, run, start, storedRows, temporaryFolder } from "./commandLine";

it("has every printed line in the database although it is killed right after the first", async () => {
  const cwd = temporaryFolder();
  cpSync(EXAMPLE, join(cwd, "music"), { recursive: true });
  const child = start(["analyze", "--json", "--workers", "1", "music"], { cwd });
  child.stdout?.once("data", () => child.kill("SIGKILL"));

  const { stdout, signal } = await finish(child);

  expect(signal).toBe("SIGKILL");
  const printed = jsonLines(stdout.slice(0, stdout.lastIndexOf("\n") + 1));
  expect(printed.length).toBeGreaterThan(0);
  const listed = jsonLines((await run(["list", "--json"], { cwd })).stdout);
  const stored = new Map(listed.map((result) => [result.path, result]));
  for (const result of printed) {
    const path = join(cwd, result.path);
    expect(stored.get(path)).toEqual({ ...result, path });
  }

  // What was done is not done again, and the lock of the dead is no hindrance.
  const after = jsonLines((await run(["analyze", "--json", "music"], { cwd })).stdout);
  const unchanged = after.filter((result) => result.state === "unchanged").map((result) => result.path);
  expect(unchanged).toEqual(expect.arrayContaining(printed.map((result) => result.path)));
  expect(after.filter((result) => result.state === "failed")).toEqual([]);
});

it("keeps what was done when it is interrupted, and ends with status 130", async () => {
  const cwd = temporaryFolder();
  cpSync(EXAMPLE, join(cwd, "music"), { recursive: true });
  const child = start(["analyze", "--json", "--workers", "1", "music"], { cwd });
  child.stdout?.once("data", () => child.kill("SIGINT"));

  const { status, stdout } = await finish(child);

  expect(status).toBe(130);
  const results = jsonLines(stdout);
  const analyzed = results.filter((result) => result.state === "analyzed");
  expect(analyzed.length).toBeGreaterThan(0);
  expect(results.length).toBeLessThan(8);
  expect((await storedRows(cwd)).map((row) => row["path"])).toEqual(
    expect.arrayContaining(analyzed.map((result) => result.path)),
  );
});

it("works on one library beside another process: no file is analyzed twice, and nothing is lost", async () => {
  const cwd = temporaryFolder();
  cpSync(EXAMPLE, join(cwd, "music"), { recursive: true });
  const first = start(["analyze", "--json", "--workers", "1", "music"], { cwd });
  const firstFinished = finish(first);
  await new Promise((resolve) => first.stdout?.once("data", resolve));

  const [second, listed] = await Promise.all([
    run(["analyze", "--json", "--workers", "1", "music"], { cwd }),
    run(["list", "--json"], { cwd }),
  ]);

  expect(jsonLines(listed.stdout).length).toBeGreaterThan(0);
  expect(second.status).toBe(0);
  expect((await firstFinished).status).toBe(0);
  const results = [...jsonLines((await firstFinished).stdout), ...jsonLines(second.stdout)];
  const analyzed = results.filter(({ state }) => state === "analyzed").map(({ path }) => path);
  expect(results.filter(({ state }) => state !== "analyzed" && state !== "unchanged")).toEqual([]);
  expect(analyzed.length).toBe(new Set(analyzed).size);
  expect((await storedRows(cwd)).map((row) => row["path"])).toEqual(analyzed.sort());
});
