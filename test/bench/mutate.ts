/** Damages a file the way disks, downloads and malice do, by a seeded generator. */

const KINDS = ["zero", "ones", "noise", "flip", "cut", "remove", "repeat", "head"] as const;
type Kind = (typeof KINDS)[number];

export interface Mutation {
  kind: Kind;
  /** Byte at which it starts. */
  at: number;
  /** Bytes; for "flip" the number of bits. */
  extent: number;
}

export interface Mutated {
  bytes: Uint8Array;
  mutations: Mutation[];
}

/** One to three mutations, most of them small. */
export function mutate(original: Uint8Array, random: () => number): Mutated {
  const mutations: Mutation[] = [];
  let bytes = Uint8Array.from(original);
  for (let i = Math.floor(random() ** 2 * 3); i >= 0 && bytes.length > 0; i--) {
    const kind = KINDS[Math.floor(random() * KINDS.length)] ?? "zero";
    const at = kind === "head" ? 0 : Math.floor(random() * bytes.length);
    const extent = 1 + Math.floor(random() ** 3 * bytes.length);
    mutations.push({ kind, at, extent });
    bytes = apply(bytes, { kind, at, extent }, random);
  }
  return { bytes, mutations };
}

function apply(
  bytes: Uint8Array<ArrayBuffer>,
  { kind, at, extent }: Mutation,
  random: () => number,
): Uint8Array<ArrayBuffer> {
  const end = Math.min(bytes.length, at + extent);
  switch (kind) {
    case "zero":
      return bytes.fill(0, at, end);
    case "ones":
      return bytes.fill(255, at, Math.min(end, at + 8));
    case "noise":
      return scatter(bytes, at, end, random);
    case "flip":
      return flip(bytes, Math.min(extent, 64), random);
    case "cut":
      return bytes.slice(0, at);
    case "remove":
      return joined(bytes.subarray(0, at), bytes.subarray(end));
    case "repeat":
      return joined(bytes.subarray(0, Math.min(end, at + 65536)), bytes.subarray(at));
    case "head":
      return flip(bytes, 1 + Math.floor(random() * 4), random, Math.min(bytes.length, 256));
  }
}

function scatter(
  bytes: Uint8Array<ArrayBuffer>,
  from: number,
  to: number,
  random: () => number,
): Uint8Array<ArrayBuffer> {
  for (let i = from; i < to; i++) bytes[i] = Math.floor(random() * 256);
  return bytes;
}

function flip(
  bytes: Uint8Array<ArrayBuffer>,
  bits: number,
  random: () => number,
  within = bytes.length,
): Uint8Array<ArrayBuffer> {
  for (let i = 0; i < bits; i++) {
    const at = Math.floor(random() * within);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return bytes;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}
