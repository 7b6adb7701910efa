/** Texts that the earlier program had from the files' tags, and the tags that its model gave. */
import { posix } from "node:path";
import type { LeftOutReason } from "../../../shared/earlier";
import { asObject, parseArray, parseObject } from "./looseJson";

const MAX_TEXT = 10_000;
const MAX_GENRES = 50;
/** The model gave 50. */
const MAX_MODEL_TAGS = 500;

type Read = { value: unknown } | { leftOut: LeftOutReason };

/** A tag's text; not "Unknown", nor the file's own name in the place of a title. */
export function readTagText(value: unknown, path: unknown): Read {
  const text = typeof value === "number" && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== "string" || text.length > MAX_TEXT) return { leftOut: "outOfRange" };
  const trimmed = text.trim();
  const isFileName = typeof path === "string" && trimmed === posix.basename(path);
  return isNotKnown(trimmed) || isFileName ? { leftOut: "placeholder" } : { value: trimmed };
}

/** A list of JSON, or one genre as plain text. */
export function readGenres(value: unknown): Read {
  const listed = Array.isArray(value) ? (value as unknown[]) : parseArray(value);
  const genres = (listed ?? [value])
    .filter((item) => typeof item === "string" && item.length <= MAX_TEXT)
    .map((item) => (item as string).trim())
    .filter((genre) => genre !== "")
    .slice(0, MAX_GENRES);
  if (genres.length === 0) return { leftOut: "outOfRange" };
  const known = genres.filter((genre) => !isNotKnown(genre));
  return known.length === 0 ? { leftOut: "placeholder" } : { value: known };
}

/** Names with how sure the model was, 0–1. */
export function readModelTags(value: unknown): Read {
  const tags = asObject(value) ?? parseObject(value);
  const scored = Object.entries(tags ?? {})
    .filter(([name, score]) => name !== "" && name.length <= 100 && isShare(score))
    .slice(0, MAX_MODEL_TAGS)
    .map(([name, score]) => ({ name, score: score as number }));
  return scored.length === 0 ? { leftOut: "outOfRange" } : { value: scored };
}

function isShare(score: unknown): boolean {
  return typeof score === "number" && score >= 0 && score <= 1;
}

function isNotKnown(text: string): boolean {
  return text === "" || /^(unknown( (artist|title|album|genre))?|none|null|n\/a)$/i.test(text);
}
