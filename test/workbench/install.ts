/**
 * Puts a whole VS Code workbench on this machine, as far as it is not there yet: the server from npm (in this
 * folder, by its own lock file) and a Chromium. On a desktop system only VS Code itself is used, which
 * `@vscode/test-electron` fetches.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import { CODE_SERVER, PROJECT, SERVER_NODE, WORKBENCH } from "./places";
import { succeeds } from "./processes";

/** "web": code-server and Chromium. "desktop": a downloaded VS Code, driven through the same tests. */
export type WorkbenchKind = "web" | "desktop";

/** The web kind on Linux, unless PLAYLISTA_WORKBENCH says otherwise; VS Code itself elsewhere. */
export function workbenchKind(): WorkbenchKind {
  const wish = process.env["PLAYLISTA_WORKBENCH"];
  if (wish === "web" || wish === "desktop") return wish;
  if (wish) throw new Error(`PLAYLISTA_WORKBENCH is "${wish}": it may be "web" or "desktop".`);
  return process.platform === "linux" ? "web" : "desktop";
}

/** Installs the web workbench's server and a browser if they are missing; says what it does on stderr. */
export function installWorkbench(): void {
  if (workbenchKind() === "desktop") return;
  installServer();
  findOrInstallChromium();
}

function say(message: string): void {
  console.error(`workbench: ${message}`);
}

/** Installs the server of the web workbench unless it is there. */
export function installServer(): void {
  const stamp = join(WORKBENCH, "node_modules", ".playlista-installed");
  const wanted = createHash("sha256")
    .update(readFileSync(join(WORKBENCH, "package-lock.json")))
    .update(`${process.platform} ${process.arch}`)
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;

  say("installing VS Code's server from npm (once, about 700 MB, under a minute or two)…");
  // A warning that this Node is not the server's is no news: the server brings its own.
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  if (!succeeds("npm", ["ci", "--include=optional", ...quiet], { cwd: WORKBENCH }))
    throw new Error(`"npm ci" failed in ${WORKBENCH}: is the npm registry reachable?`);
  // The server's own dependencies; its shrinkwrap is out of step with its package file, so not `npm ci`.
  const server = join(CODE_SERVER, "lib", "vscode");
  if (!succeeds("npm", ["install", "--omit=dev", "--omit=optional", ...quiet], { cwd: server }))
    throw new Error(`"npm install" failed in ${server}: is the npm registry reachable?`);
  if (!succeeds(SERVER_NODE, ["--version"], { quiet: true }))
    throw new Error(
      `The server's Node (${SERVER_NODE}) does not run here: it needs Linux with glibc on x64 or arm64. ` +
        `PLAYLISTA_WORKBENCH=desktop runs the tests in a downloaded VS Code instead.`,
    );
  writeFileSync(stamp, wanted);
}

const BROWSER_NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

/** A name alone proves nothing: on Ubuntu `chromium-browser` may be a stub that asks for a snap. */
function runs(executable: string): boolean {
  return succeeds(executable, ["--version"], { quiet: true });
}

function chromiumOnThisMachine(): string | null {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const onPath = BROWSER_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, chromium.executablePath()].find((path) => existsSync(path) && runs(path)) ?? null;
}

/** The command in front of a command that needs root: none, sudo that asks nothing, or not possible. */
function rootPrefix(): string[] | null {
  if (process.getuid?.() === 0) return [];
  return succeeds("sudo", ["-n", "true"], { quiet: true }) ? ["sudo", "-n"] : null;
}

function installByApt(): void {
  const prefix = rootPrefix();
  if (!existsSync("/usr/bin/apt-get") || prefix === null) return;
  say("installing Chromium by apt-get…");
  const apt = (...args: string[]): boolean => {
    const [command = "", ...rest] = [...prefix, "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120", ...args];
    return succeeds(command, rest);
  };
  if (!apt("update")) say("apt-get update failed; trying with the lists as they are.");
  apt("install", "-y", "--no-install-recommends", "chromium", "fonts-liberation");
}

function isDebian(): boolean {
  const file = "/etc/os-release";
  return existsSync(file) && /^ID="?debian"?$/m.test(readFileSync(file, "utf8"));
}

function installByPlaywright(): void {
  say("downloading playwright's Chromium…");
  const cli = join(PROJECT, "node_modules", "playwright-core", "cli.js");
  const dependencies = rootPrefix() === null ? [] : ["--with-deps"];
  succeeds(process.execPath, [cli, "install", ...dependencies, "chromium"]);
}

/** Absolute path of a Chromium that runs; PLAYLISTA_CHROMIUM, what is there, or what can be had. */
export function findOrInstallChromium(): string {
  const own = process.env["PLAYLISTA_CHROMIUM"];
  if (own) {
    if (!runs(own)) throw new Error(`PLAYLISTA_CHROMIUM is "${own}", which is no browser that runs.`);
    return own;
  }
  // Only Debian's own package is a browser; Ubuntu's asks for a snap, so there it is the last resort.
  const ways = isDebian() ? [installByApt, installByPlaywright] : [installByPlaywright, installByApt];
  for (const install of [null, ...ways]) {
    install?.();
    const found = chromiumOnThisMachine();
    if (found !== null) return found;
  }
  throw new Error(
    "No Chromium found, and none could be installed by apt-get (needs root) or by playwright's download. " +
      "Install Chromium or Chrome, or set PLAYLISTA_CHROMIUM to its executable.",
  );
}
