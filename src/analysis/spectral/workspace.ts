/** Room in the kernel's memory for what a spectrum is compared by: made once for each number of bins. */
import { KernelArray } from "../dsp/kernel";

export interface Workspace {
  /** A multiple of four long; in `one`, what lies beyond the bins stays 0. */
  one: KernelArray<Float64Array>;
  other: KernelArray<Float64Array>;
}

const workspaces = new Map<number, Workspace>();

/** What lies in it is the last caller's: it is to be used at once. */
export function workspaceOf(bins: number): Workspace {
  let workspace = workspaces.get(bins);
  if (!workspace) {
    const length = 4 * Math.ceil(bins / 4);
    workspace = { one: new KernelArray(Float64Array, length), other: new KernelArray(Float64Array, length) };
    workspaces.set(bins, workspace);
  }
  return workspace;
}
