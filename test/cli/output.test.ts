/** Where nobody takes what the command line says, and where it can't be said. */
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { EXAMPLE, finish, jsonLines, run, temporaryFolder } from "./commandLine";

const CLI = resolve("dist/cli.js");
const SONG = join(EXAMPLE, "Folk", "Greensleeves.flac");

function folderWithSongs(count: number): string {
  const cwd = temporaryFolder();
  for (let i = 0; i < count; i++) copyFileSync(SONG, join(cwd, `${i}.flac`));
  return cwd;
}

test("a reader that goes away ends a run, and what it has read is kept", async () => {
  const cwd = folderWithSongs(12);
  const child = spawn(process.execPath, [CLI, "analyze", "--json", "--workers", "1", "."], { cwd });
  child.stdout.once("data", () => child.stdout.destroy());
  const { status, stderr } = await finish(child);
  expect([status, stderr]).toEqual([0, ""]);
  const kept = jsonLines((await run(["list", "--json"], { cwd })).stdout);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept.length).toBeLessThan(12);
});

test("a run goes on when nobody reads how it goes", async () => {
  const cwd = folderWithSongs(3);
  const child = spawn(process.execPath, [CLI, "analyze", "--json", "."], { cwd });
  child.stderr.destroy();
  const { status, stdout } = await finish(child);
  expect(status).toBe(0);
  expect(jsonLines(stdout)).toHaveLength(3);
});

test.runIf(process.platform === "linux")("an output that is full is told in plain words", () => {
  const cwd = folderWithSongs(1);
  const command = `"$0" "$1" analyze --json . > /dev/full`;
  const { status, stderr } = spawnSync("bash", ["-c", command, process.execPath, CLI], {
    cwd,
    encoding: "utf8",
  });
  expect(status).toBe(1);
  expect(stderr).toContain("error: cannot write to standard output: ENOSPC: no space left on device");
});

test.skipIf(process.platform === "win32")("in a folder that is gone, that is what is said", () => {
  const cwd = join(temporaryFolder(), "gone");
  mkdirSync(cwd);
  const command = `rmdir "$2" && "$0" "$1" list`;
  const { status, stderr } = spawnSync("bash", ["-c", command, process.execPath, CLI, cwd], {
    cwd,
    encoding: "utf8",
  });
  rmSync(cwd, { recursive: true, force: true });
  expect([status, stderr]).toEqual([
    1,
    "error: the current folder is not there any more; go to one that is\n",
  ]);
});

test.each([
  ["an option", ["--database", ""], {}],
  ["the environment", [], { PLAYLISTA_DATABASE: "" }],
])("a database without a name, from %s, is refused", async (_, args, env) => {
  const { status, stderr } = await run(["list", ...args], { cwd: temporaryFolder(), env });
  expect(status).toBe(2);
  expect(stderr).toContain("Expected the name of a file.");
});
