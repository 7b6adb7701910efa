/** A query as the parser gives it: what is asked, and where in the text it stands. */

/** A place in the query's text (UTF-16, from 0). */
export interface Place {
  at: number;
  length: number;
}

/** How a field's value is compared: "is" is what the field takes a plain value for. */
export type Operator = "is" | "=" | "<" | "<=" | ">" | ">=" | "~" | "~~";

/** One value of a field: `bpm:120-128,~90` has two. */
export interface FieldValue extends Place {
  operator: Operator;
  text: string;
  isQuoted: boolean;
}

export interface FieldNode extends Place {
  kind: "field";
  /** As typed; the place is the name's. */
  name: string;
  /** Any of them. */
  values: FieldValue[];
}

export type QueryNode =
  | { kind: "all"; parts: QueryNode[] }
  | { kind: "any"; parts: QueryNode[] }
  | { kind: "not"; part: QueryNode }
  /** A plain word (the beginning of one is enough), or words in a row. */
  | ({ kind: "words"; text: string; isPhrase: boolean } & Place)
  | FieldNode;
