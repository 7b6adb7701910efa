/** Tells what a question to the store must look like from anything else that another process may send. */

export type Check<T> = (value: unknown) => value is T;

/** One check for each parameter. */
export type Checks<P extends unknown[]> = { [K in keyof P]: Check<P[K]> };

export function text(value: unknown): value is string {
  return typeof value === "string";
}

/** A whole number, not negative. */
export function count(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

export function finite(value: unknown): value is number {
  return Number.isFinite(value);
}

export function orNull<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value);
}

export function oneOf<T extends string>(choices: readonly T[]): Check<T> {
  return (value): value is T => (choices as readonly unknown[]).includes(value);
}

export function listOf<T>(check: Check<T>): Check<T[]> {
  return (value): value is T[] => Array.isArray(value) && value.every(check);
}

/** An object with these fields; others are not looked at. */
export function shape<T extends object>(fields: { [K in keyof T]: Check<T[K]> }): Check<T> {
  const checks = Object.entries<Check<unknown>>(fields);
  return (value): value is T =>
    typeof value === "object" &&
    value !== null &&
    checks.every(([name, check]) => check((value as Record<string, unknown>)[name]));
}

export function flag(value: unknown): value is boolean {
  return typeof value === "boolean";
}
