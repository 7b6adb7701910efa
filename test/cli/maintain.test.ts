/** Keeping a library in order from a terminal. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { analyzed, failed } from "../unit/library/fixtures/someAnalysis";
import { openStore, putOne } from "../unit/library/fixtures/someStore";
import { jsonLines, run, temporaryFolder } from "./commandLine";

/** A library of a file that is there, one that is gone, and one that failed. */
async function library(): Promise<string> {
  const cwd = temporaryFolder();
  const store = await openStore(cwd);
  await putOne(store, analyzed(join(cwd, "here.flac")));
  await putOne(store, analyzed(join(cwd, "gone.flac")));
  await putOne(store, failed(join(cwd, "broken.flac")));
  for (const name of ["here.flac", "broken.flac"]) writeFileSync(join(cwd, name), "");
  return cwd;
}

const stored = async (cwd: string) => {
  const { stdout } = await run(["list", "--json"], { cwd });
  return jsonLines(stdout).map(({ path }) => path.slice(cwd.length + 1));
};

describe("playlista maintain", () => {
  it("removes results of files that are gone, after a copy, and says which it would remove when asked to", async () => {
    const cwd = await library();
    const gone = `${join(cwd, "gone.flac")}\n`;
    expect(await run(["maintain", "remove-missing", "--dry-run"], { cwd })).toMatchObject({
      status: 0,
      stdout: gone,
      stderr: "1 would be forgotten\n",
    });
    expect(await stored(cwd)).toEqual(["broken.flac", "gone.flac", "here.flac"]);
    const done = await run(["maintain", "remove-missing"], { cwd });
    expect(done).toMatchObject({ status: 0, stdout: gone, stderr: "1 forgotten\n" });
    expect(await stored(cwd)).toEqual(["broken.flac", "here.flac"]);
    const backup = (await run(["maintain", "backup"], { cwd })).stdout.trim();
    expect(existsSync(backup)).toBe(true);
  });

  it("forgets failures", async () => {
    const cwd = await library();
    await run(["maintain", "forget-failures"], { cwd });
    expect(await stored(cwd)).toEqual(["gone.flac", "here.flac"]);
  });

  it("checks, compacts and shows", async () => {
    const cwd = await library();
    expect(await run(["maintain", "check"], { cwd })).toMatchObject({
      status: 0,
      stdout: "All is sound: 3 tracks.\n",
    });
    expect((await run(["maintain", "compact"], { cwd })).stdout).toMatch(/^\d+\.\d MB are free now\.\n$/);
    const shown = await run(["maintain", "show"], { cwd });
    expect(shown.stdout).toBe(`${join(cwd, ".playlista", "library.sqlite")}\n`);
    expect((await run(["maintain", "nonsense"], { cwd })).status).toBe(2);
  });

  it("refuses a dry run of what forgets nothing, rather than do nothing without a word", async () => {
    const cwd = await library();
    const refused = await run(["maintain", "backup", "--dry-run"], { cwd });
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("--dry-run is for remove-missing and forget-failures");
  });
});
