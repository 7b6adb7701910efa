/** How the command line ends, for the scripts that call it. */
export const EXIT = { done: 0, someFailed: 1, wrongUse: 2, interrupted: 130 } as const;
