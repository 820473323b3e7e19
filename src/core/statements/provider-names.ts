/**
 * Which provider a creator's models belong to. A creator is named once, by what its source's folder knows or by the slug of its
 * name as first seen, and keeps that provider when it is renamed: the names given so far are an argument.
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

/** Who makes models, by the source's id of them. */
export interface Creator {
  id: string
  name: string
}

/**
 * The names given so far with those of creators seen for the first time. Creators are named in the order of their ids,
 * so that the order of rows never matters. `reserved` are the values no newcomer may take.
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
  // Ids that share their first digits, or have none, are distinguished by a number.
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? value : `${value}-${number}`
    if (!taken.has(candidate)) return candidate
  }
}
