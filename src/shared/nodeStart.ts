/** How Node is started where files are analysed: in the engine, whose threads have this too, and in workers' processes. */

/**
 * Each worker collects its own garbage. V8 would have other threads help it, which the processors of a machine at work
 * are not free for: two workers on two processors spent a fifth of their time on that.
 */
export const WORK_FLAGS: readonly string[] = ["--single-threaded-gc"];

/**
 * Where Linux keeps what is freed: for each of up to eight threads a processor apart, if it is not told. Four workers take
 * 10 MB less like this.
 */
export const WORK_ENVIRONMENT: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: "2" };
