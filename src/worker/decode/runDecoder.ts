/**
 * Calls into the decoder packages. They write each error of a damaged file to the console besides
 * returning it, and a worker's console is the user's terminal: they are kept quiet. A trap in their WASM
 * kills only the decoder of this one file, which gives what it has decoded so far.
 */
const MAX_ERRORS = 1000;

/** A package that finds the same error over and over never comes back by itself. */
class DecoderStuck extends Error {
  override readonly name = "DecoderStuck";
}

/**
 * What `decode` returns, or null when the decoder died of the bytes it was given and must not be called again.
 * Only what happens before `decode` returns is covered.
 */
export function runDecoder<T>(decode: () => T): T | null {
  /* eslint-disable no-console -- the only way to silence the packages */
  const original = console.error;
  let errors = 0;
  console.error = () => {
    if (++errors > MAX_ERRORS) throw new DecoderStuck("The decoder goes round in circles.");
  };
  try {
    return decode();
  } catch (error) {
    if (isDeath(error)) return null;
    throw error;
  } finally {
    console.error = original;
  }
  /* eslint-enable no-console */
}

/** The same for packages that do their work at once, but answer by a promise. */
export async function awaitDecoder<T>(decode: () => Promise<T>): Promise<T | null> {
  try {
    return await runDecoder(decode);
  } catch (error) {
    if (isDeath(error)) return null;
    throw error;
  }
}

function isDeath(error: unknown): boolean {
  return (
    error instanceof WebAssembly.RuntimeError || error instanceof RangeError || error instanceof DecoderStuck
  );
}
