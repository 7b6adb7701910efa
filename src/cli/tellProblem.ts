/** Says what is wrong with a query, with the place marked below it. */
import stringWidth from "string-width";
import type { QueryProblem } from "../shared/engineProtocol";
import { EXIT } from "./exitStatus";
import { printable } from "./printable";

/** Writes to standard error; gives the exit status of wrong use. */
export function tellProblem(query: string, { message, at, length }: QueryProblem): number {
  const before = " ".repeat(stringWidth(printable(query.slice(0, at))));
  const mark = "^".repeat(Math.max(1, stringWidth(printable(query.slice(at, at + length)))));
  process.stderr.write(`error: ${message}\n  ${printable(query)}\n  ${before}${mark}\n`);
  return EXIT.wrongUse;
}
