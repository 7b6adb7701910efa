/** What a request ends with when the engine process ended before it answered. */
export class EngineStoppedError extends Error {
  override readonly name = "EngineStoppedError";

  constructor(options?: ErrorOptions) {
    super("The analysis engine stopped before it answered.", options);
  }
}
