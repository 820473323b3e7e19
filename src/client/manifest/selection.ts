/** A version or a moment, by which content is the same for ever. */
export type Selection = { version: string; at?: never } | { version?: never; at: string }
