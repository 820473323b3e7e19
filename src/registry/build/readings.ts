/**
 * Caches the readings of shares in memory, because most shares of a pull are the same text as the day before. A reading
 * depends only on the share and on the provider names of its creators.
 */
import { type Creator, nameProviders, type ProviderNames } from '../../core/statements/provider-names.ts'
import { AA_CREATORS } from '../../sources/artificial-analysis/creators.ts'
import type { Source, SourceReading } from '../../sources/source.ts'
import { type AcceptedSummary, readAcceptedShare, type Share } from '../store/accepted.ts'
import type { Database } from '../store/database.ts'
import { readStoredReading, storeReading } from '../store/stored-readings.ts'
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
const caches = new WeakMap<Database, Map<string, readonly Known[]>>()

/** A share whose text is loaded only if it is needed. */
type LazyShare = Pick<Share, 'provider' | 'digest' | 'json'> & ({ text: string } | { load: () => string })

export function readingOf(db: Database, source: Source, share: LazyShare): SourceReading {
  return findReading(db, source, share) ?? readShare(db, source, share).reading
}

/** The same of a share that is accepted as it is: what had to be read is kept for after the next eviction. */
export function keptReadingOf(db: Database, source: Source, share: LazyShare): SourceReading {
  const found = findReading(db, source, share)
  if (found) return found
  const read = readShare(db, source, share)
  storeReading(db, keyOf(source, share), JSON.stringify(read))
  return read.reading
}

/** In memory, or as it was kept, if it would be read with the same names now. */
function findReading(db: Database, source: Source, share: LazyShare): SourceReading | undefined {
  const known = rememberedOf(db, source, share).find(({ digest }) => digest === share.digest)
  const stored = known ? undefined : readStoredReading(db, keyOf(source, share))
  const found: Known | undefined = known ?? (stored && JSON.parse(stored)) // as `keptReadingOf` wrote it
  if (!found || found.names !== textOf(namesFor(db, found.creators))) return undefined
  if (!known) remember(db, source, share, found)
  return found.reading
}

function readShare(db: Database, source: Source, share: LazyShare): Known {
  const json = share.json ?? JSON.parse('text' in share ? share.text : share.load())
  const creators = source.creatorsIn(json)
  const names = namesFor(db, creators)
  const read = { digest: share.digest, creators, names: textOf(names), reading: source.read(json, names) }
  remember(db, source, share, read)
  return read
}

function rememberedOf(db: Database, source: Source, { provider }: LazyShare): readonly Known[] {
  return caches.get(db)?.get(`${source.name}\n${provider}`) ?? []
}

function remember(db: Database, source: Source, share: LazyShare, known: Known): void {
  const cache = caches.get(db) ?? new Map<string, readonly Known[]>()
  caches.set(db, cache)
  const others = rememberedOf(db, source, share).filter(({ digest }) => digest !== known.digest)
  cache.set(`${source.name}\n${share.provider}`, [known, ...others].slice(0, KEPT))
}

const keyOf = ({ name }: Source, { provider, digest }: LazyShare) => ({ source: name, provider, digest })

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
