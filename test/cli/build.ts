/** Builds dist/ once before these tests: they run what ships. */
import { execFileSync } from "node:child_process";

export function setup(): void {
  execFileSync(process.execPath, ["esbuild.mjs"], { stdio: "inherit" });
}
