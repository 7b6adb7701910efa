/** Applies the trust table to what a reader found of a file: each value is taken, or left out with a reason. */
import type { EarlierVariant, LeftOutReason } from "../../../shared/earlier";
import type { Tags } from "../../../shared/analysis";
import { isByLibrosa, isPlaceholderKey, readKey, readMode } from "./earlierKey";
import type { EarlierTrack, FoundTrack, TakenValues } from "./EarlierTrack";
import { parseArray } from "./looseJson";
import { isAbsent } from "./present";
import { readGenres, readModelTags, readTagText } from "./readTags";
import { BOOKKEEPING, CONVERSIONS, type Reading, type Target, type TrustRule } from "./trust";

/** A name that no rule has is counted under at most so many letters. */
const MAX_NAME = 40;

type Values = FoundTrack["values"];
/** What reading a value gives: the value, or why there is none. */
type Read = { value: unknown } | { leftOut: LeftOutReason } | "absent";

/** `rules` are those of the variant. */
export function judgeTrack(
  variant: EarlierVariant,
  found: FoundTrack,
  rules: ReadonlyMap<string, TrustRule>,
): EarlierTrack {
  const { path, size, analyzedAt, failure, isSeenOnly, values } = found;
  const track: EarlierTrack = {
    path,
    size,
    analyzedAt,
    failure,
    isSeenOnly,
    taken: {},
    own: {},
    tags: {},
    modelTags: [],
    leftOut: [],
  };
  // What is there after a failure, or without an analysis, are defaults.
  if (failure || isSeenOnly) return track;
  for (const [name, value] of Object.entries(values)) {
    if (isAbsent(value) || BOOKKEEPING.has(name)) continue;
    const rule = rules.get(name);
    const read = rule ? judge(variant, value, rule, values) : { leftOut: "unknownName" as const };
    if (read === "absent") continue;
    if ("leftOut" in read) track.leftOut.push({ name: name.slice(0, MAX_NAME), reason: read.leftOut });
    else if (rule && "into" in rule.fate) put(track, rule.fate.into, read.value);
  }
  settleMode(track, values);
  return track;
}

function judge(variant: EarlierVariant, value: unknown, { fate }: TrustRule, values: Values): Read {
  if ("leftOut" in fate) return fate;
  const { read } = fate;
  switch (read.kind) {
    case "number":
      return readNumber(value, read, "tag" in fate.into);
    case "key":
      return judgeKey(variant, value, values);
    case "mode": {
      const mode = readMode(value);
      return mode === null ? { leftOut: "outOfRange" } : { value: mode };
    }
    case "chroma":
      return readChroma(value, isByLibrosa(values));
    case "text":
      return readTagText(value, values["file_path"]);
    case "genre":
      return readGenres(value);
    case "modelTags":
      return readModelTags(value);
  }
}

function readNumber(
  value: unknown,
  { range: [low, high], placeholders, unit }: Extract<Reading, { kind: "number" }>,
  isTag: boolean,
): Read {
  // A tag's number is a text in most files: "3/12", "1999-05-01".
  const number = isTag && typeof value === "string" ? Number.parseFloat(value) : value;
  if (typeof number !== "number") return { leftOut: "outOfRange" };
  if (placeholders?.includes(number)) return { leftOut: "placeholder" };
  if (!(number >= low && number <= high)) return { leftOut: "outOfRange" };
  return { value: unit === undefined ? number : CONVERSIONS[unit].convert(number) };
}

function judgeKey(variant: EarlierVariant, value: unknown, values: Values): Read {
  const written = readKey(value);
  if (!written) return { leftOut: value === -1 ? "placeholder" : "outOfRange" };
  const mode = written.mode ?? readMode(values["scale"]) ?? readMode(values["mode"]);
  return isPlaceholderKey(variant, { key: written.key, mode }, values)
    ? { leftOut: "placeholder" }
    : { value: { key: written.key, mode } };
}

function readChroma(value: unknown, startsWithC: boolean): Read {
  const list = Array.isArray(value) ? (value as unknown[]) : parseArray(value);
  if (list?.length !== 12) return { leftOut: "outOfRange" };
  const numbers = list.filter((item) => typeof item === "number" && item >= 0 && item <= 1e6) as number[];
  if (numbers.length !== 12) return { leftOut: "outOfRange" };
  if (numbers.every((item) => item === 0)) return { leftOut: "placeholder" };
  return { value: startsWithC ? numbers : numbers.map((_, index) => numbers[(index + 3) % 12] ?? 0) };
}

function put(track: EarlierTrack, into: Target, value: unknown): void {
  if ("own" in into) track.own[into.own] = value as number | number[];
  else if ("modelTags" in into) track.modelTags = value as EarlierTrack["modelTags"];
  else if ("tag" in into) putTag(track.tags, into.tag, value);
  else if (into.column === "tonal.key") {
    const { key, mode } = value as {
      key: TakenValues["tonal.key"] & string;
      mode: TakenValues["tonal.mode"] | null;
    };
    track.taken["tonal.key"] = key;
    if (mode) track.taken["tonal.mode"] = mode;
  } else if (into.column !== "tonal.mode") track.taken[into.column] = value as number;
}

/** The first of several names of a tag has it. */
function putTag(tags: Partial<Tags>, field: keyof Tags, value: unknown): void {
  if (tags[field] !== undefined) return;
  Object.assign(tags, {
    [field]: field === "year" || field === "trackNumber" ? Math.trunc(value as number) : value,
  });
}

/** A mode is nothing without its key: next to none, or to a placeholder, it is a default. */
function settleMode(track: EarlierTrack, values: Values): void {
  if (track.taken["tonal.key"] !== undefined) return;
  for (const name of ["scale", "mode"]) {
    const isTold = track.leftOut.some((item) => item.name === name);
    if (!isAbsent(values[name]) && !isTold) track.leftOut.push({ name, reason: "placeholder" });
  }
}

/** Whether anything came of it. */
export function isEmpty({ taken, own, tags, modelTags }: EarlierTrack): boolean {
  return [taken, own, tags, modelTags].every((part) => Object.keys(part).length === 0);
}
