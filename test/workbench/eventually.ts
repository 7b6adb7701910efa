/** What a user waits for: asked again and again until it is so. */
import { expect } from "vitest";

/** `expect` on what `read` gives, once it is right; fails after `limitMs`. */
export function eventually<T>(
  read: () => Promise<T> | T,
  limitMs = 20_000,
): ReturnType<typeof expect.poll<T>> {
  return expect.poll(read, { timeout: limitMs, interval: 50 });
}
