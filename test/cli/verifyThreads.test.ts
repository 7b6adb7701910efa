import { spawn } from "node:child_process";
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { finish, temporaryFolder, EXAMPLE, type Finished } from "./commandLine";

/** What `npm run verify:threads` runs over the build that is there. */
function verify(folder: string): Promise<Finished> {
  return finish(spawn(process.execPath, ["scripts/run.mjs", "test/bench/verifyThreads.ts", folder]));
}

describe("verify:threads", () => {
  it("finds no value of the example folder that depends on where it was analysed", async () => {
    const { status, stdout } = await verify(EXAMPLE);

    expect(stdout).toMatch(/^8 files/);
    for (const executor of ["threads", "processes", "sequential"])
      expect(stdout).toMatch(new RegExp(`^${executor} +\\d+ +8 +0 `, "m"));
    for (const other of ["processes", "sequential"]) {
      const [, values] =
        new RegExp(`^threads and ${other}: (\\d+) values.* none differs`, "m").exec(stdout) ?? [];
      expect(Number(values)).toBeGreaterThan(8 * 100);
    }
    expect(status).toBe(0);
  });

  it("does not pass when a file fails", async () => {
    const folder = temporaryFolder();
    cpSync(join(EXAMPLE, "Grooves"), folder, { recursive: true });
    writeFileSync(join(folder, "broken.mp3"), "no sound at all");

    const { status, stdout } = await verify(folder);

    expect(stdout).toContain("broken.mp3: notAudio");
    expect(status).toBe(1);
  });

  it("does not pass when there is nothing to verify", async () => {
    expect((await verify(temporaryFolder())).status).toBe(1);
  });
});
