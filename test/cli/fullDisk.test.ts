/** A run on a disk that fills up: every result that was told is kept, and the run ends with what to do. */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { sine } from "../fixtures/sound/tones";
import { wavBytes } from "../fixtures/sound/wavBytes";
import { finish, jsonLines, run, temporaryFolder } from "./commandLine";

/** Of a file, in blocks of 1024 bytes: an empty database and some results fit, all of them do not. */
const BLOCKS = 320;
const FILES = 120;

test.runIf(process.platform === "linux")(
  "when no file can grow any more, what was printed is stored and the run says what to do",
  async () => {
    const cwd = temporaryFolder();
    const sound = wavBytes([sine({ seconds: 0.5, sampleRate: 8000, frequency: 440, amplitude: 0.5 })], 8000);
    for (let i = 0; i < FILES; i++)
      writeFileSync(join(cwd, `${i}.wav`), Buffer.concat([sound, Buffer.from([i])]));
    const command = `ulimit -f ${BLOCKS}; exec "$0" "$@"`;
    // As a full disk does, the limit fails what is written; by itself it would end the process.
    writeFileSync(join(cwd, "goOn.cjs"), 'process.on("SIGXFSZ", () => undefined);');
    const args = [
      process.execPath,
      "-r",
      "./goOn.cjs",
      resolve("dist/cli.js"),
      "analyze",
      "--json",
      "--workers",
      "1",
      ".",
    ];
    const child = spawn("bash", ["-c", command, ...args], { cwd });
    const { status, stdout, stderr } = await finish(child);
    const printed = jsonLines(stdout).map(({ path }) => path);
    expect(status).toBe(1);
    expect(stderr).toMatch(/space|full/i);
    expect(printed.length).toBeGreaterThan(0);
    expect(printed.length).toBeLessThan(FILES);
    const listed = await run(["list", "--json"], { cwd });
    const stored = new Set(jsonLines(listed.stdout).map(({ path }) => path));
    expect(printed.filter((path) => !stored.has(resolve(cwd, path)))).toEqual([]);
    // With room again the rest is done, and nothing twice.
    const again = await run(["analyze", "--json", "--workers", "1", "."], { cwd });
    expect(again.status).toBe(0);
    const states = jsonLines(again.stdout).map(({ state }) => state);
    expect(states).toHaveLength(FILES);
    expect(states.filter((state) => state === "unchanged").length).toBeGreaterThanOrEqual(printed.length);
  },
);
