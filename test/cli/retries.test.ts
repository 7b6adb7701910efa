/** How often the command line tries a failed file again: a flag, else the environment, else a playlista.conf, else 3. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jsonLines, temporaryFolder, run } from "./commandLine";

test("a failed file is tried again as often as is said, and not once more", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "text.mp3"), "This is no music.");
  writeFileSync(join(cwd, "playlista.conf"), "FAILED_FILES_MAX_RETRIES=3\n");
  const attemptsAfter = async (args: string[], env: NodeJS.ProcessEnv = {}) => {
    const { stdout } = await run(["analyze", "--json", ...args, "text.mp3"], { cwd, env });
    return jsonLines(stdout)[0]?.error?.attempts;
  };
  expect(await attemptsAfter([])).toBe(1);
  expect(await attemptsAfter(["--max-retries", "0"])).toBe(1);
  expect(await attemptsAfter(["--max-retries", "1"])).toBe(2);
  expect(await attemptsAfter([], { PLAYLISTA_MAX_RETRIES: "1" })).toBe(2);
  expect(await attemptsAfter(["--conf", "playlista.conf"])).toBe(3);
  expect(await attemptsAfter(["--conf", "playlista.conf", "--max-retries", "0"])).toBe(3);
  expect(await attemptsAfter([])).toBe(4);
  expect(await attemptsAfter([])).toBe(4);
  const { status } = await run(["analyze", "--max-retries", "101", "text.mp3"], { cwd });
  expect(status).toBe(2);
});
