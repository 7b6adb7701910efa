/** Cuts a query into words, phrases, fields, brackets and signs. */
import { QueryError } from "./QueryError";
import type { FieldNode, FieldValue, Operator, Place } from "./queryTree";

export type Token =
  | ({ kind: "open" | "close" | "not" | "or" | "and" } & Place)
  | ({ kind: "words"; text: string; isPhrase: boolean } & Place)
  | FieldNode;

/** What a field's name is followed by; the longer of two that begin alike comes first. */
const FIELD = /([a-z][a-z0-9_.]*)(?::|(?=[<>=]))\s*/iy;
const OPERATOR = /(<=|>=|<|>|=|~~|~)?\s*/y;
const QUOTED = /["“”]([^"“”]*)(["“”])?/y;
/** A word ends at a blank, a bracket or a quotation mark. */
const WORD = /[^\s()"“”]+/y;
const VALUE = /[^\s()"“”,]+/y;

const SIGNS: Readonly<Record<string, "or" | "and" | "not">> = {
  OR: "or",
  "|": "or",
  "||": "or",
  AND: "and",
  "&&": "and",
  NOT: "not",
};

/** Throws QueryError. */
export function tokensOf(query: string): Token[] {
  const scanner = new Scanner(query);
  const tokens: Token[] = [];
  for (let token = scanner.next(); token !== null; token = scanner.next()) tokens.push(token);
  return tokens;
}

class Scanner {
  readonly #query: string;
  #at = 0;

  constructor(query: string) {
    this.#query = query;
  }

  next(): Token | null {
    this.#take(/\s+/y);
    const at = this.#at;
    const char = this.#query[at];
    if (char === undefined) return null;
    if (char === "(" || char === ")") {
      this.#at++;
      return { kind: char === "(" ? "open" : "close", at, length: 1 };
    }
    // Before a blank a hyphen is only a hyphen: Artist - Title.
    if (/^[-!−][^\s)]/.test(this.#query.slice(at, at + 2))) {
      this.#at++;
      return { kind: "not", at, length: 1 };
    }
    return this.#field() ?? this.#phrase() ?? this.#word();
  }

  #field(): FieldNode | null {
    const at = this.#at;
    const [, name] = this.#take(FIELD) ?? [];
    if (name === undefined) return null;
    const values: FieldValue[] = [];
    do values.push(this.#value({ at, length: name.length }, name));
    while (this.#take(/,\s*/y));
    return { kind: "field", name, values, at, length: name.length };
  }

  #value(place: Place, name: string): FieldValue {
    const [, operator = "is"] = this.#take(OPERATOR) ?? [];
    const at = this.#at;
    const quoted = this.#quoted();
    const text = quoted ?? this.#take(VALUE)?.[0];
    if (text === undefined || text === "") {
      throw new QueryError(`"${name}:" needs a value after it.`, place);
    }
    return {
      operator: operator as Operator,
      text,
      isQuoted: quoted !== undefined,
      at,
      length: this.#at - at,
    };
  }

  #phrase(): Token | null {
    const at = this.#at;
    const text = this.#quoted();
    return text === undefined ? null : { kind: "words", text, isPhrase: true, at, length: this.#at - at };
  }

  #word(): Token {
    const at = this.#at;
    const text = this.#take(WORD)?.[0] ?? "";
    const sign = Object.hasOwn(SIGNS, text) ? SIGNS[text] : undefined;
    const place = { at, length: text.length };
    return sign ? { kind: sign, ...place } : { kind: "words", text, isPhrase: false, ...place };
  }

  #quoted(): string | undefined {
    const at = this.#at;
    const found = this.#take(QUOTED);
    if (found && found[2] === undefined) {
      throw new QueryError("This quotation mark has no other that closes it.", { at, length: 1 });
    }
    return found?.[1];
  }

  /** Takes what matches here (`pattern` must be sticky). */
  #take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#query);
    if (found) this.#at += found[0].length;
    return found;
  }
}
