/** The reviewed aliases of each board: which family a board's name for a model means. */
import type { SourceName } from '../vocabulary.ts'
import { ARENA_ALIASES } from './arena-aliases.ts'
import { EPOCH_ALIASES } from './epoch-aliases.ts'

const ALIASES: Partial<Record<SourceName, ReadonlyMap<string, string>>> = {
  epoch: new Map(Object.entries(EPOCH_ALIASES)),
  arena: new Map(Object.entries(ARENA_ALIASES)),
}

/**
 * The family that a name means; `none` if a review found that the name means no family, although its spelling suggests
 * one.
 */
export function aliasOf(source: SourceName, name: string): string | undefined {
  return ALIASES[source]?.get(name)
}
