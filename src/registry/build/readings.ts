/**
 * What shares state, read once for as long as the object is awake: most of a day's pull is the same text as before. A
 * reading is a function of the share and of the names that its creators were given.
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
  /** The names that it was read with, as text. */
  names: string
  reading: SourceReading
}

/** A pull is compared with what is accepted, so that both readings of a share are needed in turn. */
const KEPT = 2

/** By source and provider: what was read last, newest first. A test may hold several databases. */
const caches = new WeakMap<Database, Map<string, Known[]>>()

/** A share whose text is read only where it is needed. */
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

/** Of a share that was accepted, whose text is read only where it was not read before. */
export function acceptedReading(db: Database, source: Source, summary: AcceptedSummary): SourceReading {
  const load = () => {
    const share = readAcceptedShare(db, source.name, summary.provider)
    if (!share)
      throw new Error(`Cannot read what was accepted of "${summary.provider}" of ${source.name}: no such share`)
    return share.text
  }
  return readingOf(db, source, { ...summary, load })
}

/** Keeps the providers of the creators in an accepted share: they stay when a creator is renamed. */
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
