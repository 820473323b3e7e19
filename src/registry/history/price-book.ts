/**
 * The prices of the models that a batch of usage asks for, as of a commit: each ask is one model's periods, or why there
 * is none. What models there were is read once for as long as batches ask of the same commit.
 */
import { compareModels } from '../../core/model-order.ts'
import { type PriceEntry, problemOf } from '../../core/pricing/price-usage.ts'
import type { Model } from '../../core/schema/model.ts'
import { ModelsById, type PricedAsk, type PricedModels, whichAsked } from '../../core/search/priced-model.ts'
import { ambiguousModel, missingId, missingModel } from '../../core/search/refusals.ts'
import type { Database } from '../store/database.ts'
import type { CommitRow } from '../store/tables.ts'
import { revisionsAt, rowBySeq } from './history.ts'
import { digestsAt } from './parts.ts'
import { pricesOfModel } from './price-history.ts'

/** To look for the nearest of all takes as long as all else; a list of wrong names is understood from a few. */
const MAX_HINTS = 20

/** In the order of the asks; `undefined` if there is no such commit. */
export function readPriceBook(db: Database, asks: readonly PricedAsk[], seq: number): PriceEntry[] | undefined {
  const row = rowBySeq(db, seq)
  if (!row) return undefined
  let hints = 0
  return asks.map((ask) => {
    const nearest = () => (hints++ < MAX_HINTS ? modelsFor(db, ask.provider, row).present.all : [])
    return entryOf(db, ask, row) ?? problemOf('not-found', missing(db, ask, row, nearest()))
  })
}

/** `undefined` if there is no such model. */
function entryOf(db: Database, ask: PricedAsk, row: CommitRow): PriceEntry | undefined {
  const which = whichAsked(ask, (provider) => modelsFor(db, provider, row))
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

/** `models` are those that the nearest is looked for among. */
function missing(db: Database, { provider, model }: PricedAsk, row: CommitRow, models: readonly Model[]): string {
  const { version } = row
  if (provider === undefined) return missingId(version, model, models)
  return missingModel({ provider, value: model }, { version, providers: bookOf(db, row).providers, models })
}

/** Without a provider, what labs offer themselves. */
function modelsFor(db: Database, given: string | undefined, row: CommitRow): PricedModels {
  const provider = given ?? LABS
  const book = bookOf(db, row)
  const present = readOnce(book.present, provider, () => readPresent(db, provider, row.seq))
  const gone = () => readOnce(book.gone, provider, () => readGone(db, provider, row.seq))
  return { present, gone }
}

/** In the place of a provider: the models that labs offer themselves, at any provider. */
const LABS = ''

/** What models there were at one commit, by provider. */
interface Book {
  chain: string
  providers: readonly string[]
  present: Map<string, ModelsById>
  /** As they were last. */
  gone: Map<string, ModelsById>
}

/** A test may hold several databases. */
const books = new WeakMap<Database, Book>()

/** Batches ask of the newest commit, or of one past one many times in turn: one is kept. */
function bookOf(db: Database, { chain, seq }: CommitRow): Book {
  const known = books.get(db)
  if (known?.chain === chain) return known
  const book = { chain, providers: Object.keys(digestsAt(db, seq)), present: new Map(), gone: new Map() }
  books.set(db, book)
  return book
}

function readOnce(lists: Map<string, ModelsById>, provider: string, read: () => Model[]): ModelsById {
  const models = lists.get(provider) ?? new ModelsById(read())
  // A request may name any number of providers that do not exist.
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

/** As of their last revisions before the commit. */
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

/** Canonical JSON escapes the quotes of a text, so that only a key reads like this. */
const FIRST_PARTY = '"firstParty":true'

/** As much of each model as it is found by, for thousands are kept; in the order of a manifest. */
function briefOf(provider: string, bodies: readonly string[]): Model[] {
  const models = bodies
    .filter((body) => provider !== LABS || body.includes(FIRST_PARTY))
    .map((body) => {
      const { capabilities: _, pricing: __, modalities: ___, reasoning: ____, ...model }: Model = JSON.parse(body)
      return model
    })
  return models.sort(compareModels)
}
