/**
 * Caches the readings of shares in memory, because most shares of a pull are the same text as the day before. A reading
 * depends only on the share and on the provider names of its creators.
 */
import { type Creator, nameProviders, type ProviderNames } from '../../core/statements/provider-names.ts'
import { AA_CREATORS } from '../../sources/artificial-analysis/creators.ts'
import type { Source, SourceReading } from '../../sources/source.ts'
import { type AcceptedSummary, readAcceptedShare, type Share } from '../store/accepted.ts'
import type { Database } from '../store/database.ts'
import { creatorProviders } from '../store/tables.ts'

interface Known {
  digest: string
  creators: readonly Creator[]
  /** The provider names that the share was read with, as text. */
  names: string
  reading: SourceReading
}

/** A pull is compared with what is accepted, so two readings of each share are needed. */
const KEPT = 2

/** The last readings by source and provider, newest first. Per database, because a test may open several. */
const caches = new WeakMap<Database, Map<string, Known[]>>()

/** A share whose text is loaded only if it is needed. */
type LazyShare = Pick<Share, 'provider' | 'digest' | 'json'> & ({ text: string } | { load: () => string })

export function readingOf(db: Database, source: Source, share: LazyShare): SourceReading {
  const cache = caches.get(db) ?? new Map<string, Known[]>()
  caches.set(db, cache)
  const key = `${source.name}\n${share.provider}`
  const last = cache.get(key) ?? []
  const known = last.find(({ digest }) => digest === share.digest)
  if (known && known.names === textOf(namesFor(db, known.creators))) return known.reading
  const json = share.json ?? JSON.parse('text' in share ? share.text : share.load())
  const creators = known?.creators ?? source.creatorsIn(json)
  const names = namesFor(db, creators)
  const reading = source.read(json, names)
  const read = { digest: share.digest, creators, names: textOf(names), reading }
  cache.set(key, [read, ...last.filter((other) => other !== known)].slice(0, KEPT))
  return reading
}

/** The reading of an accepted share. Its text is loaded only if the reading is not cached. */
export function acceptedReading(db: Database, source: Source, summary: AcceptedSummary): SourceReading {
  const load = () => {
    const share = readAcceptedShare(db, source.name, summary.provider)
    if (!share)
      throw new Error(`Cannot read what was accepted of "${summary.provider}" of ${source.name}: no such share`)
    return share.text
  }
  return readingOf(db, source, { ...summary, load })
}

/** Stores the provider of each creator in an accepted share, so that it stays the same if the creator is renamed. */
export function rememberNames(db: Database, source: Source, share: Share): void {
  const creators = source.creatorsIn(share.json ?? JSON.parse(share.text))
  for (const [creatorId, provider] of Object.entries(namesFor(db, creators)))
    db.tables.insert(creatorProviders).values({ creatorId, provider }).onConflictDoNothing().run()
}

function namesFor({ tables }: Database, creators: readonly Creator[]): ProviderNames {
  if (creators.length === 0) return {}
  const rows = tables.select().from(creatorProviders).all()
  const known = Object.fromEntries(rows.map(({ creatorId, provider }) => [creatorId, provider]))
  return nameProviders(creators, known, AA_CREATORS.values())
}

const textOf = (names: ProviderNames): string => JSON.stringify(names)
