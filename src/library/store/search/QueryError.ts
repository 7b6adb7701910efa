/** Why a query cannot be understood: a sentence for its author, and the place in the query it is about. */
export class QueryError extends Error {
  /** Where in the query the trouble begins, and how many characters it has; UTF-16, from 0. */
  readonly at: number;
  readonly length: number;

  constructor(message: string, { at, length }: { at: number; length: number }) {
    super(message);
    this.name = "QueryError";
    this.at = at;
    this.length = length;
  }
}
