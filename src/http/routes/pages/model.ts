/** `/models/:provider/:value`: one model. Another id than its value redirects to its own URL. */
import * as z from 'zod'
import { ok } from '../../../core/failure.ts'
import { canonicalize } from '../../../core/json/canonical.ts'
import type { ModelHistory, Pointer } from '../../../core/schema/history.ts'
import type { Model, ModelKey, Provider } from '../../../core/schema/model.ts'
import { ExplainedModel, type Provenance } from '../../../core/schema/operations.ts'
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
          const listed = await readListed(exchange.tiers, pointer)
          const content = modelContent({
            model,
            provider: parsed<Provider>(loaded.provider(key.provider)),
            offers: offersOf(listed.family(model.family), model.family).offers,
            providerNames: listed.providerNames,
            history: await readHistory(exchange, pointer, key),
            periods: await readPeriods(exchange, pointer, key),
            provenance: isNow ? await readProvenance(exchange, pointer, key, today) : undefined,
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

async function readHistory(
  { tiers, registry }: Exchange,
  pointer: Pointer,
  { provider, value }: ModelKey,
): Promise<ModelHistory | undefined> {
  const query = { kind: 'model', provider, value, limit: MAX_REVISIONS, asOf: pointer.seq } as const
  const view = await readRecord(tiers, pointer, `history of a page ${provider}\n${value}`, async () => {
    const bytes = await registry.history(query)
    return bytes && storedJsonView(bytes)
  })
  return view && (JSON.parse(new TextDecoder().decode(view.bytes)) as ModelHistory) // written by the registry
}

/** Under the cache key of the API, which returns the same. */
async function readPeriods({ tiers, registry }: Exchange, pointer: Pointer, key: ModelKey): Promise<PricePeriod[]> {
  const view = await readRecord(tiers, pointer, `/v1/prices?${canonicalize(key)}`, async () => {
    const bytes = await registry.prices({ ...key, asOf: pointer.seq })
    return bytes && storedJsonView(bytes)
  })
  return view ? (JSON.parse(new TextDecoder().decode(view.bytes)) as PricePeriod[]) : [] // written by the registry
}

/** Once a day, however many costs are calculated. While a rollback is active, it is unknown, and the page omits it. */
async function readProvenance(
  { tiers, registry }: Exchange,
  pointer: Pointer,
  { provider, value }: ModelKey,
  today: string,
): Promise<Provenance | undefined> {
  const view = await readRecord(tiers, pointer, `provenance of a page ${today} ${provider}\n${value}`, async () => {
    const explained = await registry.explain({ provider, value })
    return explained.ok && explained.value ? storedJsonView(explained.value) : undefined
  })
  if (!view) return undefined
  return ExplainedModel.pick({ provenance: true }).parse(JSON.parse(new TextDecoder().decode(view.bytes))).provenance
}
