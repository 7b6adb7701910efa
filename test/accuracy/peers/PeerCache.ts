/** Keeps peers' answers by content, in the temporary folder: they never change, and take longer than all the rest. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PeerAnswer } from "./Peer";

/** Raised when peers are asked in another way. */
const VERSION = 1;

export class PeerCache {
  readonly #folder: string;

  constructor(peer: string) {
    this.#folder = join(tmpdir(), "playlista-peers", `${peer.replaceAll(/[^\w.]+/g, "-")}-v${VERSION}`);
    mkdirSync(this.#folder, { recursive: true });
  }

  get(sha256: string): PeerAnswer | null {
    const path = this.#pathOf(sha256);
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as PeerAnswer) : null;
  }

  set(sha256: string, answer: PeerAnswer): void {
    writeFileSync(this.#pathOf(sha256), JSON.stringify(answer));
  }

  #pathOf(sha256: string): string {
    return join(this.#folder, `${sha256}.json`);
  }
}
