/**
 * The loops that most of the time goes into, as WebAssembly (kernel.as): two and a half times as fast as the same
 * arithmetic in JavaScript, and the same on every machine. One instance a thread. It comes as text with the code:
 * nothing is read, nothing is waited for. What is placed in its memory stays: tables and work space that are made once
 * a size, never once a file.
 */
import { KERNEL_BYTES } from "./kernelBytes";

/** Positions are addresses in bytes, but for counts and scales. */
interface Kernel {
  memory: { buffer: ArrayBuffer; grow(pages: number): number };
  /** Spectrum of a frame: FftPlan.ts. */
  transform: (...of: [...Plan, factors: number, cos: number, sin: number]) => void;
  /** Window, and powers, magnitudes and their sums: HannSpectrum.ts. */
  multiply: (samples: number, window: number, count: number, frame: number) => void;
  measure: (
    ...of: [re: number, im: number, count: number, power: number, magnitude: number, sums: number]
  ) => void;
  /** Of two spectra: shape.ts. */
  rise: (now: number, scale: number, earlier: number, earlierScale: number, count: number) => number;
  /** Of an octave: OctaveContrast.ts. */
  strongest: (powers: number, count: number, keep: number, kept: number) => number;
  weakest: (powers: number, count: number, keep: number, kept: number) => number;
  /** FirKernel.ts. */
  filter: (
    ...of: [samples: number, factor: number, taps: number, tapCount: number, count: number, output: number]
  ) => void;
  /** ChannelMix.ts. */
  mix: (
    ...of: [
      ...[mixed: number, samples: number, count: number, gain: number],
      ...[before: number, slope: number, place: number, sums: number],
    ]
  ) => void;
  /** Of a frame: HannSpectrum.ts. */
  crossings: (samples: number, count: number) => number;
}

type Plan = [frame: number, re: number, im: number, half: number, order: number];

/** As much of it as is used here: the language's own types don't have it. */
interface WebAssemblyApi {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: Kernel };
}

const PAGE_BYTES = 65536;
const ALIGNMENT = 16;
/** What AssemblyScript keeps for itself. */
const FIRST_FREE = 1024;

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
/** The one instance of this thread. */
export const kernel = new WebAssembly.Instance(new WebAssembly.Module(bytesOf(KERNEL_BYTES))).exports;

let free = FIRST_FREE;

/** Address of that many bytes, which stay taken. */
function allocate(bytes: number): number {
  const address = free;
  free += Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
  const missing = free - kernel.memory.buffer.byteLength;
  if (missing > 0) kernel.memory.grow(Math.ceil(missing / PAGE_BYTES));
  return address;
}

type TypedArray = Float64Array | Float32Array | Uint32Array;

/** An array in the kernel's memory. */
export class KernelArray<T extends TypedArray> {
  readonly address: number;
  readonly #type: new (buffer: ArrayBuffer, address: number, length: number) => T;
  readonly #length: number;
  #values: T;

  constructor(
    type: { new (buffer: ArrayBuffer, address: number, length: number): T; BYTES_PER_ELEMENT: number },
    length: number,
  ) {
    this.#type = type;
    this.#length = length;
    this.address = allocate(length * type.BYTES_PER_ELEMENT);
    this.#values = new type(kernel.memory.buffer, this.address, length);
  }

  /** A view of it, to be used at once: when the memory grows, views are cut off. */
  get values(): T {
    const { buffer } = kernel.memory;
    if (this.#values.buffer !== buffer) this.#values = new this.#type(buffer, this.address, this.#length);
    return this.#values;
  }
}

/** A table in the kernel's memory; answers its address. */
export function placeTable(table: Float64Array | Float32Array | Uint32Array): number {
  const address = allocate(table.byteLength);
  const bytes = new Uint8Array(table.buffer, table.byteOffset, table.byteLength);
  new Uint8Array(kernel.memory.buffer).set(bytes, address);
  return address;
}

/** Base64, without padding to care for: what it stands for is cut to whole bytes. */
function bytesOf(base64: string): Uint8Array {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const text = base64.replace(/=+$/, "");
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  for (let i = 0, at = 0; i < text.length; i++) {
    bits = ((bits << 6) | letters.indexOf(text.charAt(i))) & 0xffffff;
    // Of each four letters the second, third and fourth complete a byte.
    if (i % 4 > 0) bytes[at++] = bits >> (6 - 2 * (i % 4));
  }
  return bytes;
}
