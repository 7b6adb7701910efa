/**
 * The part of WebAssembly's JavaScript interface that the worker uses. TypeScript knows it only as a part of
 * the DOM, which a worker does not have; Node's types leave it out.
 */
declare namespace WebAssembly {
  type Imports = Record<string, Record<string, unknown>>;
  type Exports = Record<string, unknown>;
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- nothing can be done with it but pass it on
  interface Module {}
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Exports;
  }
  class RuntimeError extends Error {}
  function compile(bytes: Uint8Array): Promise<Module>;
  function instantiate(module: Module, imports?: Imports): Promise<Instance>;
}
