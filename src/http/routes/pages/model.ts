/** `/models/:provider/:value`: one model. Another id than its value redirects to its own URL. */
import * as z from 'zod'
import { ok } from '../../../core/failure.ts'
import type { ModelHistory, Pointer } from '../../../core/schema/history.ts'
import type { Model, ModelKey, Provider } from '../../../core/schema/model.ts'
import type { Provenance } from '../../../core/schema/operations.ts'
import type { PricePeriod } from '../../../core/schema/price-period.ts'
import { offersOf } from '../../../core/search/offers.ts'
import { loadParts } from '../../../edge/parts/read-parts.ts'
import { readRecord } from '../../../edge/records/read-record.ts'
import { storedJsonView } from '../../../views/json-view.ts'
import { modelPath, type PageQuery, withQuery } from '../../../views/pages/format/paths.ts'
import { momentQuery } from '../../../views/pages/layout/frame.ts'
import { modelContent } from '../../../views/pages/model/model-page.tsx'
import { TYPICAL, type TypicalRequest } from '../../../views/pages/model/typical-cost.ts'
import type { Exchange } from '../../exchange.ts'
import { readListed } from '../../pages/listed.ts'
import { definePage } from '../../pages/page.ts'
import { numberParam, VERSION_QUERY } from '../../pages/page-query.ts'
import { answerPage } from '../../pages/versioned-page.ts'
import { resolveModel } from '../../which-model.ts'

const count = numberParam(z.int().min(0).max(1e9)).optional()

export const modelPage = definePage({
  query: VERSION_QUERY.extend({
    input: count,
    cached: count,
    output: count,
    requests: count,
    mode: z.string().optional(),
  }),
  answer(request, { version, at, ...asked }) {
    const { exchange, params } = request
    const key = { provider: params.provider ?? '', value: params.value ?? '' }
    const isNow = version === undefined && at === undefined
    const today = new Date(exchange.tiers.clock()).toISOString().slice(0, 10)
    const query = queryOf(asked)
    return answerPage(
      request,
      { version, at },
      {
        path: modelPath(key),
        query,
        // The source of a fact can change without a commit, so this part is rendered again each day.
        ...(isNow && { edition: today }),
        async content(pointer, frame) {
          const loaded = await loadParts(exchange.tiers, pointer, [key.provider])
          const model = parsed<Model>(loaded.model(key.provider, key.value))
          const named = momentQuery(frame.moment?.asked)
          if (!model) return leadToModel(exchange, pointer, key, [...query, ...named])
          const [listed, record] = await Promise.all([
            readListed(exchange.tiers, pointer),
            readModelRecord(exchange, pointer, key, isNow ? today : undefined),
          ])
          const content = modelContent({
            model,
            provider: parsed<Provider>(loaded.provider(key.provider)),
            offers: offersOf(listed.family(model.family), model.family).offers,
            providerNames: listed.providerNames,
            ...{ history: record.history, periods: record.periods, provenance: record.provenance },
            request: { ...TYPICAL, ...givenOf(asked) },
            until: pointer.generatedAt,
            version: named,
          })
          return ok(content)
        },
      },
    )
  },
})

function queryOf({ input, cached, output, requests, mode }: Partial<TypicalRequest>): PageQuery {
  const numbers = { input, cached, output, requests }
  return [...Object.entries(numbers).map(([name, value]) => [name, value?.toString()] as const), ['mode', mode]]
}

function givenOf(asked: Partial<TypicalRequest>): Partial<TypicalRequest> {
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
}

async function leadToModel(exchange: Exchange, pointer: Pointer, key: ModelKey, query: PageQuery) {
  const meant = await resolveModel(exchange, pointer, key)
  return meant.ok ? ok({ redirect: withQuery(modelPath(meant.value), query) }) : meant
}

/** A slice of a manifest, verified by its digest. */
function parsed<T>(bytes: Uint8Array | undefined): T | undefined {
  return bytes && JSON.parse(new TextDecoder().decode(bytes))
}

/** The limit of the API. */
const MAX_REVISIONS = 500

/** What the page shows of the object. */
interface Shown {
  history?: ModelHistory
  periods: PricePeriod[]
  provenance?: Provenance
}

/**
 * Once a day, however many costs are calculated: the source of a fact can change without a commit. While a rollback is
 * active, it is unknown, and the page omits it.
 */
async function readModelRecord(
  { tiers, registry }: Exchange,
  pointer: Pointer,
  { provider, value }: ModelKey,
  explainedOn: string | undefined,
): Promise<Shown> {
  const name = `record of a model ${explainedOn ?? ''} ${provider}\n${value}`
  const view = await readRecord(tiers, pointer, name, async () => {
    const explain = explainedOn !== undefined
    const bytes = await registry.modelRecord({ provider, value, limit: MAX_REVISIONS, asOf: pointer.seq, explain })
    return bytes && storedJsonView(bytes)
  })
  return view ? (JSON.parse(new TextDecoder().decode(view.bytes)) as Shown) : { periods: [] } // written by the registry
}
