/** Fields with a meaning of their own: places, tags, what is known, gone, outdated or alike. */
import { MISSING_REASONS } from "../../../shared/codes";
import { currentVersions } from "../../../shared/measurements";
import { didYouMean } from "./nearestName";
import { QueryError } from "./QueryError";
import type { FieldNode, FieldValue } from "./queryTree";
import { FIELD_NAMES, fieldNamed, type SearchField } from "./searchFields";
import { condition, joined, likePattern, negated, type Condition } from "./sqlCondition";
import { textCondition } from "./textConditions";
import { cannotCompare, readChoice, readYes } from "./valueConditions";

/** Answers that take more than the tables: looked up before the query is built. */
export interface LookedUp {
  /** Ids of tracks whose files are gone. */
  gone: readonly number[];
  /** Ids of what is most like the track that a `similar:` names, most like first. */
  similar: ReadonlyMap<FieldValue, readonly number[]>;
}

/** Whether a value asks for files that are gone, which only a look at the disk can tell. */
export function asksForGone({ name, values }: FieldNode): boolean {
  return name.toLowerCase() === "missing" && values.some(({ text }) => isYesOrNo(text));
}

/** The condition of a field of kind "special". */
export function specialCondition(field: SearchField, value: FieldValue, lookedUp: LookedUp): Condition {
  if (value.operator !== "is" && value.operator !== "=")
    throw cannotCompare(value, `"${field.names[0] ?? ""}:"`);
  switch (field.names[0]) {
    case "path":
      return pathCondition(value);
    case "folder":
      return folderCondition(value.text);
    case "ext":
      return condition("path LIKE ? ESCAPE '\\'", `%.${likePattern(value.text.replace(/^\./, ""))}`);
    case "warning":
      return warningCondition(field, value);
    case "tag":
      return tagCondition(value);
    case "has":
      return known(value);
    case "missing":
      return missingCondition(value, lookedUp);
    case "outdated":
      return readYes(value) ? OUTDATED : negated(OUTDATED);
    case "similar":
      return isAmong(lookedUp.similar.get(value) ?? []);
    default:
      throw new Error(`No condition for the field "${field.names.join()}".`);
  }
}

/** The order of what `similar:` found, most like first. */
export function similarOrder(ids: readonly number[]): Condition {
  return condition("(SELECT key FROM json_each(?) WHERE value = tracks.id)", JSON.stringify(ids));
}

function isAmong(ids: readonly number[]): Condition {
  return condition("+id IN (SELECT value FROM json_each(?))", JSON.stringify(ids));
}

function pathCondition({ operator, text }: FieldValue): Condition {
  const stored = text.replaceAll("\\", "/");
  if (operator === "=") return condition("path = ?", stored);
  return condition("path LIKE ? ESCAPE '\\'", `%${likePattern(stored, true)}%`);
}

/** A folder of this name, or this chain of names, at any depth. */
function folderCondition(text: string): Condition {
  const names = text.replaceAll("\\", "/").replaceAll(/^\.?\/+|\/+$/g, "");
  return condition("'/' || folder || '/' LIKE ? ESCAPE '\\'", `%/${likePattern(names, true)}/%`);
}

/** Genres of the file, and what models heard. */
function tagCondition({ operator, text, isQuoted }: FieldValue): Condition {
  if (operator === "=") {
    const genres = "SELECT 1 FROM json_each(iif(json_valid(tags_genre), tags_genre, '[]')) WHERE value = ?";
    return condition(`EXISTS (${genres} COLLATE NOCASE)`, text);
  }
  const heard = "+id IN (SELECT track FROM model_tags WHERE name LIKE ? ESCAPE '\\')";
  const parts = [
    textCondition([{ text, isPhrase: isQuoted }], "tags_genre") ?? condition("1"),
    condition(heard, `${likePattern(text)}%`),
  ];
  return joined(parts, "OR");
}

function warningCondition(field: SearchField, value: FieldValue): Condition {
  const has = condition("warnings <> '[]'");
  if (isYesOrNo(value.text)) return readYes(value) ? has : negated(has);
  const code = readChoice(field, value);
  const items =
    "SELECT 1 FROM json_each(iif(json_valid(warnings), warnings, '[]')) WHERE value ->> '$.code' = ?";
  return condition(`EXISTS (${items})`, code);
}

function missingCondition(value: FieldValue, { gone }: LookedUp): Condition {
  if (isYesOrNo(value.text)) return readYes(value) ? isAmong(gone) : negated(isAmong(gone));
  const reason = Object.keys(MISSING_REASONS).find((code) => code.toLowerCase() === value.text.toLowerCase());
  if (reason === undefined) return negated(known(value));
  const reasons = "SELECT 1 FROM json_each(iif(json_valid(missing), missing, '{}')) WHERE value = ?";
  return condition(`EXISTS (${reasons})`, reason);
}

/** The value that is named is there. */
function known(value: FieldValue): Condition {
  const name = value.text.toLowerCase();
  if (name === "warning" || name === "warnings") return condition("warnings <> '[]'");
  const column = fieldNamed(name)?.column;
  if (column) return condition(`(${column} IS NOT NULL AND +${column} NOT IN ('', '[]'))`);
  const names = FIELD_NAMES.filter((known) => fieldNamed(known)?.column);
  throw new QueryError(`There is no value "${value.text}".${didYouMean(value.text, names)}`, value);
}

/** Some measurement has been made better since; the few texts that there are are read once each. */
const OUTDATED: Condition = condition(
  `versions_measurements IN (
    SELECT known FROM (SELECT DISTINCT versions_measurements AS known FROM tracks WHERE state <> 'failed')
    WHERE NOT json_valid(known) OR EXISTS (
      SELECT 1 FROM json_each(?) AS current WHERE coalesce(known ->> ('$.' || current.key), 0) < current.value
    )
  )`,
  JSON.stringify(currentVersions()),
);

function isYesOrNo(text: string): boolean {
  return ["yes", "no", "true", "false", "1", "0"].includes(text.toLowerCase());
}
