/** The reviewed table of names, board by board. */
import type { SourceName } from '../vocabulary.ts'
import { ARENA_ALIASES } from './arena-aliases.ts'
import { EPOCH_ALIASES } from './epoch-aliases.ts'

const ALIASES: Partial<Record<SourceName, ReadonlyMap<string, string>>> = {
  epoch: new Map(Object.entries(EPOCH_ALIASES)),
  arena: new Map(Object.entries(ARENA_ALIASES)),
}

/** The family of a name, or `none`, which no family is called: reviewed, and of no family although it may look like one. */
export function aliasOf(source: SourceName, name: string): string | undefined {
  return ALIASES[source]?.get(name)
}
