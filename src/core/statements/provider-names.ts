/**
 * Names the provider of each creator. A creator gets its provider value once, from a reviewed list or from the slug of
 * its name when it is first seen, and keeps it when it is renamed. The values given so far are an argument.
 */
import { compareText } from '../json/canonical.ts'

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

/** A creator of models, by the source's id for it. */
export interface Creator {
  id: string
  name: string
}

/**
 * Adds values for creators seen for the first time. Creators are processed in the order of their ids, so the order of
 * rows does not matter. `reserved`: values that no new creator may take.
 */
export function nameProviders(
  creators: readonly Creator[],
  names: ProviderNames,
  reserved: Iterable<string>,
): ProviderNames {
  const named = new Map(Object.entries(names))
  const taken = new Set([UNKNOWN_PROVIDER, ...reserved, ...named.values()])
  for (const creator of newCreators(creators, named)) {
    const value = unusedValue(slugify(creator.name), creator.id, taken)
    named.set(creator.id, value)
    taken.add(value)
  }
  return Object.fromEntries(named)
}

function newCreators(creators: readonly Creator[], named: ReadonlyMap<string, string>): Creator[] {
  const found = new Map<string, Creator>()
  for (const creator of creators) {
    if (named.has(creator.id)) continue
    const known = found.get(creator.id)
    if (!known || compareText(creator.name, known.name) < 0) found.set(creator.id, creator)
  }
  return [...found.values()].sort((a, b) => compareText(a.id, b.id))
}

function unusedValue(slug: string, creatorId: string, taken: ReadonlySet<string>): string {
  if (slug !== '' && !taken.has(slug)) return slug
  const digits = creatorId
    .replace(/[^0-9a-f]/gi, '')
    .toLowerCase()
    .slice(0, 8)
  const value = [slug, digits].filter((part) => part !== '').join('-') || UNKNOWN_PROVIDER
  // A number distinguishes ids with the same first digits, or without any.
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? value : `${value}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}
