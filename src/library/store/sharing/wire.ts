/** What is said between a client and the owner of a database once they know each other: a closed list, checked. */
import { isAbsolute } from "node:path";
import { ErrorCodes, ResponseError } from "vscode-jsonrpc/node.js";
import type { Analysis } from "../../../shared/analysis";
import type { StoreErrorCode } from "../../../shared/engineProtocol";
import { count, flag, listOf, orNull, shape, text, type Check } from "../paramChecks";
import { StoreError } from "../StoreError";
import type { StoreChange } from "../storeChange";
import { STORE_METHODS, type AnswerOf, type MethodName, type ParamsOf } from "../storeMethods";

/** What writing needs beside the questions that everybody may ask. What a client holds has a number of its own. */
interface WriterMethods {
  /** Answered when no other process analyses the file; it is then held. */
  claim: { params: [hold: number, path: string]; answer: null };
  /** A view is about to be written: none may be removed while this is held. */
  expectView: { params: [hold: number]; answer: null };
  /** Keeps the row and ends the hold; `isRepeated`: an owner that is gone may have kept it already. */
  keep: { params: [hold: number, analysis: Analysis, isRepeated: boolean]; answer: Analysis };
  /** Ends a hold, or the waiting for it. */
  giveUp: { params: [hold: number]; answer: null };
  /** All that was kept is on disk when it is answered. */
  settle: { params: []; answer: null };
  /** Answered at once by an owner that runs. */
  ping: { params: []; answer: null };
}

export type WireName = MethodName | keyof WriterMethods;
export type WireParams<M extends WireName> = M extends keyof WriterMethods
  ? WriterMethods[M]["params"]
  : M extends MethodName
    ? ParamsOf<M>
    : never;
export type WireAnswer<M extends WireName> = M extends keyof WriterMethods
  ? WriterMethods[M]["answer"]
  : M extends MethodName
    ? AnswerOf<M>
    : never;

/**
 * The largest question that an owner hears to its end: a thousand times a usual result. Answers have no such limit: the
 * owner is known by its key's place.
 */
export const MAX_QUESTION_BYTES = 64 * 1024 * 1024;
/** Around the parameters of a question. */
const ENVELOPE_BYTES = 1024;

/** Throws when an owner would hang up on a question with these parameters. */
export function checkSize(name: WireName, params: readonly unknown[]): void {
  const bytes = Buffer.byteLength(JSON.stringify(params)) + ENVELOPE_BYTES;
  if (bytes > MAX_QUESTION_BYTES)
    throw new Error(`${name} has ${bytes} bytes, more than the library's owner takes in one message.`);
}

/** The owner's notification, and what it carries; without changes: anything may have changed. */
export const CHANGED = "changed";
export interface Changed {
  changes?: readonly StoreChange[];
}

/** As much of a result as its keeping relies on; the rest is read value by value. */
const analysis: Check<Analysis> = shape<object>({
  path: (value: unknown): value is string => text(value) && isAbsolute(value),
  state: (value: unknown): value is string => value === "analyzed" || value === "failed",
  file: orNull(shape<object>({ size: count, modified: isNumber, sha256: orNull(text) })),
  timing: shape<object>({ analyzedAt: text }),
  versions: shape<object>({ app: text, schema: count, measurements: shape({}) }),
  warnings: Array.isArray,
  missing: shape({}),
}) as Check<Analysis>;

const WRITER_CHECKS: Record<keyof WriterMethods, readonly Check<unknown>[]> = {
  claim: [count, text],
  expectView: [count],
  keep: [count, analysis, flag],
  giveUp: [count],
  settle: [],
  ping: [],
};

/** Every name that an owner answers to. */
export const WIRE_NAMES = [...Object.keys(STORE_METHODS), ...Object.keys(WRITER_CHECKS)] as WireName[];

/** How parameters go over the socket: in an object, in which vscode-jsonrpc leaves them as they are. */
interface Question {
  params: unknown[];
}

/** The parameters of a question; throws what the client is told when they are not what the method takes. */
export function checkedParams(name: WireName, question: unknown): unknown[] {
  const params = shape<Question>({ params: listOf(anything) })(question) ? question.params : null;
  const checks: readonly ((value: unknown) => boolean)[] = Object.hasOwn(WRITER_CHECKS, name)
    ? WRITER_CHECKS[name as keyof WriterMethods]
    : STORE_METHODS[name as MethodName].checks;
  if (params?.length === checks.length && checks.every((check, index) => check(params[index]))) return params;
  throw new ResponseError(ErrorCodes.InvalidParams, `Wrong parameters for ${name}.`);
}

/** The owner is no more, or leaves: ask the next one. */
export class OwnerGone extends Error {}

type ErrorData = { code: StoreErrorCode | "ownerGone" } | undefined;

/** What the owner threw, as it goes over the socket. */
export function toWireError(error: unknown): ResponseError<ErrorData> {
  if (error instanceof ResponseError) return error as ResponseError<ErrorData>;
  const message = error instanceof Error ? error.message : String(error);
  const code =
    error instanceof StoreError ? error.code : error instanceof OwnerGone ? "ownerGone" : undefined;
  return new ResponseError(ErrorCodes.InternalError, message, code && { code });
}

/** The same on the client's side. */
export function fromWireError(error: unknown): Error {
  const data = error instanceof ResponseError ? (error.data as ErrorData) : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (data === undefined) return new Error(message, { cause: error });
  if (data.code === "ownerGone") return new OwnerGone(message);
  return new StoreError(data.code, message);
}

function anything(value: unknown): value is unknown {
  return value !== undefined;
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value);
}
