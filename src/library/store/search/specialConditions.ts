/** Fields with a meaning of their own: places, tags, what is known, gone, outdated or alike. */
import { MISSING_REASONS } from "../../../shared/codes";
import { currentVersions } from "../../../shared/measurements";
import { parseStrings } from "../storedLists";
import { isLacking, LISTS, SORTED_TEXTS } from "../trackIndexes";
import {
  everyTrack,
  hasPath,
  hasPattern,
  hasWord,
  inRange,
  inSql,
  isAmong,
  joined,
  likePattern,
  negated,
  type Condition,
} from "./condition";
import { didYouMean } from "./nearestName";
import { QueryError } from "./QueryError";
import type { FieldNode, FieldValue } from "./queryTree";
import { FIELD_NAMES, fieldNamed, type SearchField } from "./searchFields";
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
      return extensionCondition(value.text);
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

function extensionCondition(text: string): Condition {
  const end = `.${text.replace(/^\./, "").toLowerCase()}`;
  return hasPath((path) => path.endsWith(end));
}

function pathCondition({ operator, text }: FieldValue): Condition {
  const stored = text.replaceAll("\\", "/");
  return operator === "=" ? inSql("path = ?", stored) : hasPath(hasPattern(stored));
}

/** A folder of this name, or this chain of names, at any depth. */
function folderCondition(text: string): Condition {
  const names = text.replaceAll("\\", "/").replaceAll(/^\.?\/+|\/+$/g, "");
  const isBelow = hasPattern(`/${names}/`);
  return hasWord("folder", (folder) => isBelow(`/${folder.toLowerCase()}/`));
}

/** Genres of the file, and what models heard. */
function tagCondition({ operator, text, isQuoted }: FieldValue): Condition {
  if (operator === "=") {
    const wanted = text.toLowerCase();
    return hasWord("tags_genre", (genres) =>
      parseStrings(genres).some((genre) => genre.toLowerCase() === wanted),
    );
  }
  const heard = inSql(
    "id IN (SELECT track FROM model_tags WHERE name LIKE ? ESCAPE '\\')",
    `${likePattern(text)}%`,
  );
  const words = textCondition([{ text, isPhrase: isQuoted }], "tags_genre") ?? everyTrack;
  return joined([words, heard], "OR");
}

const HAS_WARNINGS = inSql("warnings <> '[]'");

function warningCondition(field: SearchField, value: FieldValue): Condition {
  if (isYesOrNo(value.text)) return readYes(value) ? HAS_WARNINGS : negated(HAS_WARNINGS);
  const items =
    "SELECT 1 FROM json_each(iif(json_valid(warnings), warnings, '[]')) WHERE value ->> '$.code' = ?";
  return inSql(`warnings <> '[]' AND EXISTS (${items})`, readChoice(field, value));
}

function missingCondition(value: FieldValue, { gone }: LookedUp): Condition {
  if (isYesOrNo(value.text)) return readYes(value) ? isAmong(gone) : negated(isAmong(gone));
  const reason = Object.keys(MISSING_REASONS).find((code) => code.toLowerCase() === value.text.toLowerCase());
  if (reason === undefined) return negated(known(value));
  // Few texts are different, and each is read once.
  const sql = `missing <> '{}' AND missing IN (
    SELECT known FROM (SELECT DISTINCT missing AS known FROM tracks WHERE missing <> '{}')
    WHERE EXISTS (SELECT 1 FROM json_each(iif(json_valid(known), known, '{}')) WHERE value = ?))`;
  return inSql(sql, reason);
}

/** The value that is named is there. */
function known(value: FieldValue): Condition {
  const name = value.text.toLowerCase();
  if (name === "warning" || name === "warnings") return HAS_WARNINGS;
  const field = fieldNamed(name);
  if (field?.column) return isKnown(field);
  const names = FIELD_NAMES.filter((known) => fieldNamed(known)?.column);
  throw new QueryError(`There is no value "${value.text}".${didYouMean(value.text, names)}`, value);
}

function isKnown({ column, kind }: SearchField): Condition {
  if (LISTS.includes(column)) return negated(inSql(isLacking(column)));
  if (column in SORTED_TEXTS) return inSql(`${column} <> ''`);
  const isText = kind === "text" || kind === "word" || kind === "choice" || kind === "key";
  return isText
    ? hasWord(column, (text) => text !== "" && text !== "[]")
    : inRange(column, -Infinity, Infinity);
}

/** Some measurement has been made better since; the few texts that there are are read once each. */
const OUTDATED: Condition = inSql(
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
