/**
 * The catalogue of models.dev: what it says of the models of the providers in the data file, in the registry's words.
 * Source: https://models.dev/api.json, as of 2026-07. Unknown keys pass. Volunteers write it model by model, so a model
 * that cannot be read is left out and the rest is kept.
 */
import * as z from 'zod'
import type { SourcePull, Statement } from '../../core/build/statement.ts'
import { fail, ok, type Result, type SourceFailure, type SourceFailureReason } from '../../core/failure.ts'
import type { Attribution } from '../../core/schema/history.ts'
import { isTooDeep, MAX_DEPTH } from '../source-depth.ts'
import { SourceText } from '../source-text.ts'
import { MODELS_DEV_PROVIDERS, type ModelsDevApi } from './providers.ts'
import { readModel } from './read-model.ts'

export const MODELS_DEV_ATTRIBUTION: Attribution = { name: 'models.dev', url: 'https://models.dev/' }

/**
 * Above this share of unreadable models or APIs it is the shape that changed, not a hand that slipped: the last good
 * catalogue then serves better. In July 2026 none of 5,276 models was unreadable.
 */
const MAX_UNREADABLE = 0.1

const Api = z.looseObject({
  name: SourceText,
  npm: SourceText.nullish(),
  models: z.record(z.string(), z.unknown()),
})
type Api = z.infer<typeof Api>
const AnyRecord = z.record(z.string(), z.unknown())

/** What was read and what could not be. */
interface Count {
  read: number
  unreadable: number
}

/** In the order of the data file: of each provider its own APIs before hosts. */
export function readModelsDev(json: unknown): Result<SourcePull, SourceFailure> {
  if (isTooDeep(json)) return invalid(`it is nested more than ${MAX_DEPTH} deep`)
  const parsed = AnyRecord.safeParse(json)
  if (!parsed.success) return invalid('it is not an object of APIs')
  const apis = readApis(parsed.data)
  const models: Count = { read: 0, unreadable: 0 }
  const statements = MODELS_DEV_PROVIDERS.flatMap(({ provider, apis: declared }) =>
    declared.flatMap((api) => {
      const served = apis.read.get(api.id)
      return served ? readRows(served, api, provider, models) : []
    }),
  )
  if (tooMany({ read: apis.read.size, unreadable: apis.unreadable }))
    return invalid(`${apis.unreadable} of ${apis.read.size + apis.unreadable} APIs are unreadable`)
  if (tooMany(models))
    return invalid(`${models.unreadable} of ${models.read + models.unreadable} models are unreadable`)
  if (models.read === 0) return invalid('it holds no model of a known provider')
  return ok({ source: 'models.dev', attribution: [MODELS_DEV_ATTRIBUTION], statements })
}

/** The part of the catalogue that `readModelsDev` reads, as it came: what the registry has to keep. */
export function trimModelsDev(json: unknown): unknown {
  const parsed = AnyRecord.safeParse(json)
  if (!parsed.success) return json
  const declared = declaredApis()
  const kept = Object.entries(parsed.data).filter(([id]) => declared.has(id))
  return Object.fromEntries(kept.map(([id, api]) => [id, trimApi(api, declared.get(id) ?? [])]))
}

function trimApi(api: unknown, declared: ModelsDevApi[]): unknown {
  const facts = AnyRecord.safeParse(api)
  const models = AnyRecord.safeParse(facts.data?.models)
  if (!models.success) return api
  const kept = Object.entries(models.data).filter(([id]) => declared.some((part) => serves(part, id)))
  return { ...facts.data, models: Object.fromEntries(kept) }
}

function declaredApis(): Map<string, ModelsDevApi[]> {
  return Map.groupBy(
    MODELS_DEV_PROVIDERS.flatMap(({ apis }) => apis),
    ({ id }) => id,
  )
}

function readApis(json: Record<string, unknown>): { read: Map<string, Api>; unreadable: number } {
  const read = new Map<string, Api>()
  let unreadable = 0
  for (const id of declaredApis().keys()) {
    if (!Object.hasOwn(json, id)) continue
    const api = Api.safeParse(json[id])
    if (api.success) read.set(id, api.data)
    else unreadable += 1
  }
  return { read, unreadable }
}

function readRows(served: Api, api: ModelsDevApi, provider: string, count: Count): Statement[] {
  const npm = served.npm ?? undefined
  const server = { id: api.id, name: served.name, npm, provider, isOwn: api.own === true }
  return Object.entries(served.models).flatMap(([id, model]) => {
    if (!serves(api, id)) return []
    const row = readModel(model, id, server)
    if (row) count.read += 1
    else count.unreadable += 1
    return row ? [row] : []
  })
}

const serves = ({ prefix }: ModelsDevApi, modelId: string): boolean =>
  prefix === undefined || modelId.startsWith(prefix)

const tooMany = ({ read, unreadable }: Count): boolean => unreadable > MAX_UNREADABLE * (read + unreadable)

export function modelsDevFailure(
  reason: SourceFailureReason,
  detail: string,
  retryAfterSeconds?: number,
): { ok: false; failure: SourceFailure } {
  const failure: SourceFailure = { code: 'source-failed', reason, detail: `Cannot read models.dev: ${detail}` }
  return fail(retryAfterSeconds === undefined ? failure : { ...failure, retryAfterSeconds })
}

const invalid = (detail: string) => modelsDevFailure('invalid', detail)
