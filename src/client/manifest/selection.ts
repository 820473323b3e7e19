/** A version or a moment, by which content is the same forever. */
export type Selection = { version: string; at?: never } | { version?: never; at: string }
