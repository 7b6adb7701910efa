/**
 * essentia.js threw. Its exceptions leak memory that is never given back and leave its state unknown, so the
 * thread that it runs in has to be replaced.
 */
export class EssentiaBroken extends Error {
  constructor(cause: unknown) {
    super(`essentia.js failed (${String(cause)}); its worker must be replaced`, { cause });
    this.name = "EssentiaBroken";
  }
}
