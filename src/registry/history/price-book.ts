/**
 * The prices of the models in a batch of usage, as of a commit: for each query the price periods of one model, or why no
 * model was found. The models of the commit are cached for further batches at the same commit.
 */
import { compareModels } from '../../core/model-order.ts'
import { type PriceEntry, problemOf } from '../../core/pricing/price-usage.ts'
import type { Model } from '../../core/schema/model.ts'
import {
  findPricedModel,
  ModelsById,
  type PricedModelQuery,
  type PricedModels,
} from '../../core/search/priced-model.ts'
import { ambiguousModel, missingId, missingModel } from '../../core/search/refusals.ts'
import type { Database } from '../store/database.ts'
import type { CommitRow } from '../store/tables.ts'
import { revisionsAt, rowBySeq } from './history.ts'
import { digestsAt } from './parts.ts'
import { pricesOfModel } from './price-history.ts'

/** Searching for the nearest name takes as long as everything else, and a few hints are enough to find the mistake. */
const MAX_HINTS = 20

/** In the order of the queries; `undefined` if there is no such commit. */
export function readPriceBook(db: Database, asks: readonly PricedModelQuery[], seq: number): PriceEntry[] | undefined {
  const row = rowBySeq(db, seq)
  if (!row) return undefined
  let hints = 0
  return asks.map((ask) => {
    const nearest = () => (hints++ < MAX_HINTS ? modelsFor(db, ask.provider, row).present.all : [])
    return entryOf(db, ask, row) ?? problemOf('not-found', missing(db, ask, row, nearest()))
  })
}

/** `undefined` if there is no such model. */
function entryOf(db: Database, ask: PricedModelQuery, row: CommitRow): PriceEntry | undefined {
  const which = findPricedModel(ask, (provider) => modelsFor(db, provider, row))
  switch (which.outcome) {
    case 'found': {
      const { provider, value, billing } = which.model
      const periods = pricesOfModel(db, { provider, value, asOf: row.seq }) ?? []
      return { provider, value, ...(billing && { billing }), ...(which.isGone && { isGone: true }), periods }
    }
    case 'ambiguous': {
      const { provider, model } = ask
      return { problem: ambiguousModel(provider === undefined ? model : `${provider}/${model}`, which.candidates) }
    }
    case 'none':
      return undefined
  }
}

/** `models`: those to search for the nearest name. */
function missing(
  db: Database,
  { provider, model }: PricedModelQuery,
  row: CommitRow,
  models: readonly Model[],
): string {
  const { version } = row
  if (provider === undefined) return missingId(version, model, models)
  return missingModel({ provider, value: model }, { version, providers: bookOf(db, row).providers, models })
}

/** The models of a provider, or the first-party models if none is given. */
function modelsFor(db: Database, given: string | undefined, row: CommitRow): PricedModels {
  const provider = given ?? LABS
  const book = bookOf(db, row)
  const present = readOnce(book.present, provider, () => readPresent(db, provider, row.seq))
  const gone = () => readOnce(book.gone, provider, () => readGone(db, provider, row.seq))
  return { present, gone }
}

/** Used as a provider key for the first-party models of all providers. */
const LABS = ''

/** The models at one commit, by provider. */
interface Book {
  chain: string
  providers: readonly string[]
  present: Map<string, ModelsById>
  /** Removed models, with their last facts. */
  gone: Map<string, ModelsById>
}

/** Per database, because a test may open several. */
const books = new WeakMap<Database, Book>()

/** Only one commit is cached: successive batches are for the newest commit, or all for the same past one. */
function bookOf(db: Database, { chain, seq }: CommitRow): Book {
  const known = books.get(db)
  if (known?.chain === chain) return known
  const book = { chain, providers: Object.keys(digestsAt(db, seq)), present: new Map(), gone: new Map() }
  books.set(db, book)
  return book
}

function readOnce(lists: Map<string, ModelsById>, provider: string, read: () => Model[]): ModelsById {
  const models = lists.get(provider) ?? new ModelsById(read())
  // Empty results are not cached, because a request may name any number of unknown providers.
  if (models.all.length > 0) lists.set(provider, models)
  return models
}

function readPresent(db: Database, provider: string, seq: number): Model[] {
  const revisions = revisionsAt(db, seq, provider === LABS ? undefined : { providers: [provider] })
  return briefOf(
    provider,
    revisions.filter(({ kind }) => kind === 'model').map(({ body }) => body),
  )
}

/** Models removed by the commit or before it, with the facts of their last revision. */
function readGone({ sql }: Database, provider: string, seq: number): Model[] {
  const rows = sql
    .exec(
      `select r.body from entities e join revisions r on r.id =
          (select id from revisions where entity_id = e.id and from_seq <= ?1 order by from_seq desc limit 1)
        where e.kind = 'model' and (?2 = '' or e.provider = ?2) and e.first_seq <= ?1 and r.to_seq <= ?1`,
      seq,
      provider,
    )
    .raw<[string]>()
  return briefOf(
    provider,
    Array.from(rows, ([body]) => body),
  )
}

/** Canonical JSON escapes quotes in texts, so only a key can contain this. */
const FIRST_PARTY = '"firstParty":true'

/** Keeps only the facts needed to find a model, because thousands are cached. In the order of a manifest. */
function briefOf(provider: string, bodies: readonly string[]): Model[] {
  const models = bodies
    .filter((body) => provider !== LABS || body.includes(FIRST_PARTY))
    .map((body) => {
      const { capabilities: _, pricing: __, modalities: ___, reasoning: ____, ...model }: Model = JSON.parse(body)
      return model
    })
  return models.sort(compareModels)
}
