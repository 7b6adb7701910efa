/** The package has no types: what is used of it is described in essentiaModule.ts. */
declare module "essentia.js/dist/essentia-wasm.web.js" {
  const createEssentia: unknown;
  export default createEssentia;
}
