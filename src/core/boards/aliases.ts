/** The reviewed table of board names, by board. */
import type { SourceName } from '../vocabulary.ts'
import { ARENA_ALIASES } from './arena-aliases.ts'
import { EPOCH_ALIASES } from './epoch-aliases.ts'

/** The family of a name; `none`: reviewed, and of no family, although it may look like one. */
export type Alias = `${string}/${string}` | 'none'
export type Aliases = Readonly<Record<string, Alias>>

const ALIASES: Partial<Record<SourceName, ReadonlyMap<string, Alias>>> = {
  epoch: new Map(Object.entries(EPOCH_ALIASES)),
  arena: new Map(Object.entries(ARENA_ALIASES)),
}

export function aliasOf(source: SourceName, name: string): Alias | undefined {
  return ALIASES[source]?.get(name)
}
