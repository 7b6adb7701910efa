/**
 * The compiled FAAD2 library: found beside the bundle (or in vendor/ when run from source), compiled once a
 * thread with the first AAC file, and instantiated anew for each file, so that one file can't harm another.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** What the library gives out: functions of C over numbers and addresses in its memory. */
export interface Faad2Exports {
  memory: { readonly buffer: ArrayBuffer };
  _initialize(): void;
  malloc(bytes: number): number;
  NeAACDecOpen(): number;
  NeAACDecGetCurrentConfiguration(decoder: number): number;
  NeAACDecSetConfiguration(decoder: number, configuration: number): number;
  NeAACDecInit(decoder: number, bytes: number, length: number, rate: number, channels: number): number;
  NeAACDecInit2(decoder: number, bytes: number, length: number, rate: number, channels: number): number;
  NeAACDecPostSeekReset(decoder: number, frame: number): void;
  NeAACDecDecode(decoder: number, info: number, bytes: number, length: number): number;
}

const PLACES = [join(__dirname, "faad2.wasm"), join(__dirname, "../../../vendor/faad2/faad2.wasm")];

/** The C library's standard output, which FAAD2 never writes to: "bad file descriptor" by WASI's numbers. */
const BAD_DESCRIPTOR = (): number => 8;
const IMPORTS = {
  wasi_snapshot_preview1: { fd_close: BAD_DESCRIPTOR, fd_seek: BAD_DESCRIPTOR, fd_write: BAD_DESCRIPTOR },
};

let compiled: Promise<WebAssembly.Module> | null = null;

/** The library, compiled with the first call. */
export function compileFaad2(): Promise<WebAssembly.Module> {
  return (compiled ??= compile());
}

/** A new instance of the library with a memory of its own. */
export function instantiateFaad2(module: WebAssembly.Module): Faad2Exports {
  const { exports } = new WebAssembly.Instance(module, IMPORTS);
  const faad2 = exports as unknown as Faad2Exports;
  faad2._initialize();
  return faad2;
}

async function compile(): Promise<WebAssembly.Module> {
  let missing: unknown = null;
  for (const place of PLACES) {
    try {
      return await WebAssembly.compile(await readFile(place));
    } catch (error) {
      missing = error;
    }
  }
  compiled = null;
  throw new Error("faad2.wasm is missing from the installation.", { cause: missing });
}
