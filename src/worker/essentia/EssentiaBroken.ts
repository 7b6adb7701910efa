/**
 * essentia.js threw. Its exceptions leak memory that is never given back and leave its state unknown, so a
 * new instance takes its place.
 */
export class EssentiaBroken extends Error {
  constructor(cause: unknown) {
    super(`essentia.js failed (${String(cause)})`, { cause });
    this.name = "EssentiaBroken";
  }
}
