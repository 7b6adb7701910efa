/** From a parsed query to the two parts of SQL that it decides: which tracks, and in which order. */
import { didYouMean } from "./nearestName";
import { QueryError } from "./QueryError";
import type { FieldNode, FieldValue, QueryNode } from "./queryTree";
import { FIELD_NAMES, fieldNamed, type SearchField } from "./searchFields";
import { similarOrder, specialCondition, type LookedUp } from "./specialConditions";
import { condition, joined, negated, type Condition } from "./sqlCondition";
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
  order: Condition;
}

/** Where no order is asked for, and where the one that is asked for leaves a choice. */
const BY_PATH = "path COLLATE NOCASE, id";
/** Special fields that have an order too. */
const SORTABLE: Readonly<Record<string, string>> = {
  path: "path COLLATE NOCASE",
  folder: "folder COLLATE NOCASE",
};

/** Throws QueryError for names and values that are not understood. */
export function buildSearch(query: QueryNode | null, lookedUp: LookedUp): Search {
  const { sorts, rest } = takeSorts(query);
  const similar = [...lookedUp.similar.values()][0];
  const order = sorts.flatMap(({ values }) => values.map(orderBy));
  if (sorts.length === 0 && similar) order.push(similarOrder(similar));
  return {
    where: rest ? whereOf(rest, lookedUp) : condition("1"),
    order: {
      sql: [...order.map(({ sql }) => sql), BY_PATH].join(", "),
      parameters: order.flatMap(({ parameters }) => parameters),
    },
  };
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

function orderBy(value: FieldValue): Condition {
  const [, sign, name = ""] = /^([-+]?)(.*)$/.exec(value.text) ?? [];
  const field = fieldNamed(name);
  const direction = sign === "-" ? "DESC" : "ASC";
  const own = SORTABLE[field?.names[0] ?? ""];
  if (own) return condition(`${own} ${direction}`);
  if (!field || field.column === "" || field.kind === "list") {
    const hint = didYouMean(name, FIELD_NAMES.filter(isSortable));
    throw new QueryError(`Nothing can be sorted by "${name}".${hint}`, value);
  }
  return condition(
    sortKeys(field)
      .map((key) => `${key} ${direction} NULLS LAST`)
      .join(", "),
  );
}

function isSortable(name: string): boolean {
  const field = fieldNamed(name);
  return field !== null && field.column !== "" && field.kind !== "list";
}

function sortKeys({ kind, column }: SearchField): string[] {
  // Round the circle of keys: 2A before 10A.
  if (kind === "key") return [`CAST(${column} AS INTEGER)`, `+${column}`];
  return kind === "text" || kind === "word" ? [`+${column} COLLATE NOCASE`] : [`+${column}`];
}

function whereOf(node: QueryNode, lookedUp: LookedUp): Condition {
  switch (node.kind) {
    case "words":
      return textCondition([node]) ?? condition("1");
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
  return textCondition([{ ...value, isPhrase: value.isQuoted }], field.column) ?? condition("1");
}
