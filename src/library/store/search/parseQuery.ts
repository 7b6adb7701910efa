/**
 * Reads the search language: words, phrases and fields side by side must all hold; OR, brackets, and "-" or NOT
 * before a part. Written by hand: the language is three rules long, its values (ranges, keys, lengths, units) are
 * ours alone, and each error must name its place. Which fields there are is not known here.
 */
import { QueryError } from "./QueryError";
import type { QueryNode } from "./queryTree";
import { tokensOf, type Token } from "./tokens";

/** Far more than anybody types; keeps a pasted text from becoming a question. */
const MAX_LENGTH = 4000;
/** SQLite's own limits on nested and joined conditions lie above these. */
const MAX_DEPTH = 50;
const MAX_PARTS = 200;

/** Null for a query that asks nothing: every track. Throws QueryError. */
export function parseQuery(query: string): QueryNode | null {
  if (query.length > MAX_LENGTH) {
    const place = { at: MAX_LENGTH, length: query.length - MAX_LENGTH };
    throw new QueryError(`A query can have ${MAX_LENGTH} characters at most.`, place);
  }
  const tokens = tokensOf(query);
  let parts = 0;
  for (const token of tokens) {
    parts += token.kind === "field" ? token.values.length : 1;
    if (parts > MAX_PARTS) throw new QueryError(`A query can have ${MAX_PARTS} parts at most.`, token);
  }
  return tokens.length === 0 ? null : new Parser(tokens).whole();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): QueryNode {
    const node = this.#any();
    const rest = this.#peek();
    if (rest) throw new QueryError("This bracket closes nothing.", rest);
    return node;
  }

  #any(): QueryNode {
    const parts = [this.#all()];
    while (this.#takeSign("or")) parts.push(this.#all());
    return only(parts) ?? { kind: "any", parts };
  }

  #all(): QueryNode {
    const parts = [this.#one()];
    for (let token = this.#peek(); token; token = this.#peek()) {
      if (token.kind === "or" || token.kind === "close") break;
      if (token.kind === "and") this.#next++;
      parts.push(this.#one());
    }
    return only(parts) ?? { kind: "all", parts };
  }

  #one(): QueryNode {
    const token = this.#peek();
    if (!token) throw this.#ended();
    this.#next++;
    switch (token.kind) {
      case "words":
      case "field":
        return token;
      case "not":
        return { kind: "not", part: this.#deeper(token, () => this.#one()) };
      case "open":
        return this.#deeper(token, () => this.#bracket(token));
      case "close":
        throw new QueryError("Before this bracket something is missing.", token);
      case "and":
      case "or":
        throw new QueryError(`Before this ${token.kind.toUpperCase()} something is missing.`, token);
    }
  }

  #bracket(open: Token): QueryNode {
    const node = this.#any();
    if (!this.#takeSign("close")) throw new QueryError("This bracket is not closed.", open);
    return node;
  }

  #deeper(token: Token, read: () => QueryNode): QueryNode {
    if (++this.#depth > MAX_DEPTH) throw new QueryError("Too many brackets in brackets.", token);
    const node = read();
    this.#depth--;
    return node;
  }

  #takeSign(kind: "or" | "close"): boolean {
    if (this.#peek()?.kind !== kind) return false;
    this.#next++;
    return true;
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #ended(): QueryError {
    const last = this.#tokens.at(-1) ?? { at: 0, length: 0 };
    return new QueryError("After this something is missing.", last);
  }
}

function only(parts: readonly QueryNode[]): QueryNode | null {
  const [first = null] = parts;
  return parts.length === 1 ? first : null;
}
