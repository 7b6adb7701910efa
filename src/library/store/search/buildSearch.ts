/** From a parsed query to the two things that it decides: which tracks, and in which order. */
import { everyTrack, joined, negated, type Condition } from "./condition";
import { SORTED_TEXTS } from "../trackIndexes";
import { didYouMean } from "./nearestName";
import { QueryError } from "./QueryError";
import type { FieldNode, FieldValue, QueryNode } from "./queryTree";
import { FIELD_NAMES, fieldNamed, type SearchField } from "./searchFields";
import { byNearness, byNumber, byText, byWord, type OrderKey } from "./order";
import { specialCondition, type LookedUp } from "./specialConditions";
import { textCondition } from "./textConditions";
import {
  booleanCondition,
  cannotCompare,
  choiceCondition,
  keyCondition,
  octaveCondition,
  rangeCondition,
  wordCondition,
} from "./valueConditions";

export interface Search {
  where: Condition;
  /** What comes first decides first; where it leaves a choice, paths do. */
  order: readonly OrderKey[];
}

/** Special fields that have an order too. */
const SORTABLE: Readonly<Record<string, OrderKey["valuesOf"]>> = {
  path: byText("path"),
  folder: byWord("folder"),
};

/** Throws QueryError for names and values that are not understood. */
export function buildSearch(query: QueryNode | null, lookedUp: LookedUp): Search {
  const { sorts, rest } = takeSorts(query);
  const similar = [...lookedUp.similar.values()][0];
  const order = sorts.flatMap(({ values }) => values.map(orderBy));
  if (sorts.length === 0 && similar) order.push({ valuesOf: byNearness(similar), isDescending: false });
  return { where: rest ? whereOf(rest, lookedUp) : everyTrack, order };
}

/** Every field of a query, at any depth. */
export function fieldsOf(node: QueryNode | null): FieldNode[] {
  if (node === null || node.kind === "words") return [];
  if (node.kind === "field") return [node];
  return node.kind === "not" ? fieldsOf(node.part) : node.parts.flatMap(fieldsOf);
}

function isSort(node: QueryNode): node is FieldNode {
  return node.kind === "field" && node.name.toLowerCase() === "sort";
}

/** `sort:` says nothing about which tracks, so it stands beside all other parts and not in them. */
function takeSorts(query: QueryNode | null): { sorts: FieldNode[]; rest: QueryNode | null } {
  const parts = query === null ? [] : query.kind === "all" ? query.parts : [query];
  const others = parts.filter((part) => !isSort(part));
  const inner = others.flatMap(fieldsOf).find(isSort);
  if (inner) throw new QueryError('"sort:" cannot stand in brackets, after "-" or beside OR.', inner);
  return {
    sorts: parts.filter(isSort),
    rest: others.length > 0 ? { kind: "all", parts: others } : null,
  };
}

function orderBy(value: FieldValue): OrderKey {
  const [, sign, name = ""] = /^([-+]?)(.*)$/.exec(value.text) ?? [];
  const field = fieldNamed(name);
  const valuesOf = field && (SORTABLE[field.names[0] ?? ""] ?? valuesOfField(field));
  if (valuesOf) return { valuesOf, isDescending: sign === "-" };
  const hint = didYouMean(name, FIELD_NAMES.filter(isSortable));
  throw new QueryError(`Nothing can be sorted by "${name}".${hint}`, value);
}

function isSortable(name: string): boolean {
  const field = fieldNamed(name);
  return field !== null && valuesOfField(field) !== null;
}

function valuesOfField({ kind, column }: SearchField): OrderKey["valuesOf"] | null {
  if (column === "" || kind === "list") return null;
  if (column in SORTED_TEXTS) return byText(column);
  if (kind === "key") return byWord(column, roundTheCircle);
  return kind === "text" || kind === "word" || kind === "choice" ? byWord(column) : byNumber(column);
}

/** 2A before 10A. */
function roundTheCircle(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}

function whereOf(node: QueryNode, lookedUp: LookedUp): Condition {
  switch (node.kind) {
    case "words":
      return textCondition([node]) ?? everyTrack;
    case "not":
      return negated(whereOf(node.part, lookedUp));
    case "all": {
      const words = node.parts.filter((part) => part.kind === "words");
      const others = node.parts.filter((part) => part.kind !== "words");
      const parts = others.map((part) => whereOf(part, lookedUp));
      return joined([...parts, textCondition(words) ?? []].flat(), "AND");
    }
    case "any":
      return joined(
        node.parts.map((part) => whereOf(part, lookedUp)),
        "OR",
      );
    case "field":
      return fieldCondition(node, lookedUp);
  }
}

function fieldCondition(node: FieldNode, lookedUp: LookedUp): Condition {
  const field = fieldNamed(node.name);
  if (!field) {
    const hint =
      didYouMean(node.name, [...FIELD_NAMES, "sort"]) || ` To find it as text, put it in quotation marks.`;
    throw new QueryError(`There is no field "${node.name}".${hint}`, node);
  }
  return joined(
    node.values.map((value) => valueCondition(field, value, node, lookedUp)),
    "OR",
  );
}

function valueCondition(
  field: SearchField,
  value: FieldValue,
  node: FieldNode,
  lookedUp: LookedUp,
): Condition {
  switch (field.kind) {
    case "number":
    case "year":
    case "date":
      // The tempo alone has halves and doubles.
      if (value.operator === "~~" && field.unit === "BPM") return octaveCondition(field, value);
      return rangeCondition(field, value);
    case "key":
      return keyCondition(field, value);
    case "text":
      return textFieldCondition(field, value);
    case "word":
      return wordCondition(field, value);
    case "choice":
      return choiceCondition(field, value);
    case "boolean":
      return booleanCondition(field, value);
    case "list":
      throw new QueryError(`"${node.name}" is a list: ask whether it is there by has:${node.name}.`, node);
    case "special":
      return specialCondition(field, value, lookedUp);
  }
}

function textFieldCondition(field: SearchField, value: FieldValue): Condition {
  if (value.operator === "=") return wordCondition(field, value);
  if (value.operator !== "is") throw cannotCompare(value, "Texts");
  return textCondition([{ ...value, isPhrase: value.isQuoted }], field.column) ?? everyTrack;
}
