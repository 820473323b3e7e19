/**
 * Which provider a creator's models belong to. A creator is named once, by what its source's folder knows or by the slug of its
 * name as first seen, and keeps that provider when it is renamed: the names given so far are an argument.
 */
import { compareText } from '../canonical.ts'
import type { Creator, Statement } from './statement.ts'

/** Creator id -> provider value. */
export type ProviderNames = Readonly<Record<string, string>>

/** The provider of models without a creator. */
export const UNKNOWN_PROVIDER = 'unknown'

/** NFKD, lower case, runs of other characters to `-`, trimmed. */
export function slugify(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/**
 * The names given so far with those of creators seen for the first time. Creators are named in the order of their ids,
 * so that the order of rows never matters. `reserved` are the values no newcomer may take.
 */
export function nameProviders(rows: Statement[], names: ProviderNames, reserved: Iterable<string>): ProviderNames {
  const named = new Map(Object.entries(names))
  const taken = new Set([UNKNOWN_PROVIDER, ...reserved, ...named.values()])
  for (const creator of newCreators(rows, named)) {
    const value = unusedValue(slugify(creator.name), creator.id, taken)
    named.set(creator.id, value)
    taken.add(value)
  }
  return Object.fromEntries(named)
}

export function providerOf({ creator, provider }: Statement, names: ProviderNames): string {
  return provider ?? (creator && names[creator.id]) ?? UNKNOWN_PROVIDER
}

function newCreators(rows: Statement[], named: ReadonlyMap<string, string>): Creator[] {
  const creators = new Map<string, Creator>()
  for (const { creator, provider } of rows) {
    if (!creator || provider !== undefined || named.has(creator.id)) continue
    const known = creators.get(creator.id)
    if (!known || compareText(creator.name, known.name) < 0) creators.set(creator.id, creator)
  }
  return [...creators.values()].sort((a, b) => compareText(a.id, b.id))
}

function unusedValue(slug: string, creatorId: string, taken: ReadonlySet<string>): string {
  if (slug !== '' && !taken.has(slug)) return slug
  const digits = creatorId
    .replace(/[^0-9a-f]/gi, '')
    .toLowerCase()
    .slice(0, 8)
  const value = [slug, digits].filter((part) => part !== '').join('-') || UNKNOWN_PROVIDER
  // Ids that share their first digits, or have none, are told apart by a number.
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? value : `${value}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}
