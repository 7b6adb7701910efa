import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

it("runs as npx playlista in the project", () => {
  const version = execFileSync("npx", ["--no-install", "playlista", "--version"], { encoding: "utf8" });
  expect(version).toMatch(/^\d+\.\d+\.\d+\n$/);
});
