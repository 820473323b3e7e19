/**
 * A reader that requests single models and searches from the registry, and reads lists from the whole manifest, which is
 * fetched once. Once in memory, the manifest answers all reads; if the registry cannot be reached, a stored one does.
 */
import type { Model, ModelKey, Offers } from '../../core/schema/model.ts'
import type { CollapsedModel } from '../../core/search/collapse.ts'
import { AbortedError, CostError, ProblemError } from '../errors.ts'
import { abortable } from '../fetch/abortable.ts'
import type { Signal } from '../fetch/fetch-types.ts'
import { modelPath } from '../fetch/model-path.ts'
import { areModels, haveTexts, idOf, isVersionId } from '../fetch/shapes.ts'
import type { Reader, ReadOptions } from '../reader.ts'
import { failWith, type Reply, succeed } from '../reply.ts'
import { modelFilterOf } from '../search-filter.ts'
import { type Call, isOutage } from './call.ts'

export interface AskingParts {
  /** Milliseconds to look up whether something is stored. */
  timeout: number
  begin(options: ReadOptions): Call
  /** Of the whole manifest. */
  local: Reader
  /** Whether that is in memory. */
  isHeld(): boolean
  /** Whether it is in memory or stored. */
  hasStored(): Promise<boolean>
}

export function createAskingReader({ timeout, begin, local, isHeld, hasStored }: AskingParts): Reader {
  /** `undefined` is what only the manifest can answer. */
  const answer = async <T>(
    options: ReadOptions | undefined,
    ask: (call: Call) => Promise<T | undefined>,
    byLocal: () => Promise<Reply<T>>,
  ): Promise<Reply<T>> => {
    if (isHeld()) return byLocal()
    try {
      const call = begin(options ?? {})
      const data = await ask(call)
      return data === undefined ? byLocal() : succeed(data, call.cached, call.stale)
    } catch (error) {
      return isOutage(error) && (await isStored(options?.signal)) ? byLocal() : failWith(error)
    }
  }
  /** Where it is stopped, so is what comes next. */
  const isStored = (signal: Signal | undefined): Promise<boolean> =>
    abortable(hasStored(), signal, 'what is stored', timeout).catch((error: unknown) => error instanceof AbortedError)
  return {
    ...local,
    getModel: (provider, value, options) =>
      answer(
        options,
        (call) => askModel(call, { provider, value }),
        () => local.getModel(provider, value, options),
      ),
    find: (id, options) =>
      answer(
        options,
        (call) => findModel(call, id),
        () => local.find(id, options),
      ),
    getOffers: (model, options) =>
      answer(
        options,
        (call) => askOffers(call, model),
        () => local.getOffers(model, options),
      ),
    costOf: (model, usage, options) =>
      answer(
        options,
        async (call) => {
          const found = await askAny(call, model)
          const { costOf } = await call.load(() => import('../../core/pricing/cost-of.ts'))
          const cost = found && costOf(found, usage, options)
          if (cost?.ok === false) throw new CostError(cost.failure)
          return cost?.value
        },
        () => local.costOf(model, usage, options),
      ),
    searchModels: async (filter = {}, options?: ReadOptions) => {
      const checked = modelFilterOf(filter)
      if (checked instanceof ProblemError) return failWith(checked)
      return answer(
        options,
        ({ get }) => get('/v1/models/search', areFound, { ...checked }),
        () => local.searchModels(filter as { collapse: 'family' }, options), // of the types of its answers, the wider one
      )
    },
    getVersion: (options) =>
      answer(
        options,
        async (call) => {
          const id = await call.id()
          return id ? idOf(id) : call.get('/v1/version', isVersionId)
        },
        () => local.getVersion(options),
      ),
  }
}

const isModel = (json: unknown): json is Model => areModels([json])
/** The filter decides whether they are collapsed. */
const areFound = (json: unknown): json is CollapsedModel[] => areModels(json)
const isOffers = (json: unknown): json is Offers => haveTexts([json], ['family']) && areModels(Object(json).offers)

const askModel = ({ get }: Call, key: ModelKey): Promise<Model> => get(modelPath(key), isModel)

function askAny(call: Call, model: ModelKey | string): Promise<Model | undefined> {
  return typeof model === 'string' ? findModel(call, model) : askModel(call, model)
}

async function askOffers(call: Call, model: ModelKey | string): Promise<Offers | undefined> {
  const key = typeof model === 'string' ? await findModel(call, model) : model
  return key && call.get(`${modelPath(key)}/offers`, isOffers)
}

/** `undefined` if there is none: suggesting the nearest requires all models. */
async function findModel(call: Call, id: string): Promise<Model | undefined> {
  const at = id.indexOf('/')
  const named = at > 0 && (await unlessMissing(askModel(call, { provider: id.slice(0, at), value: id.slice(at + 1) })))
  if (named) return named
  const matching = await call.get('/v1/models/search', areModels, { model: id })
  if (matching.length === 0) return undefined
  const { foundOrProblem } = await call.load(() => import('../manifest/model-in.ts'))
  const found = foundOrProblem(matching, id)
  if (found instanceof ProblemError) throw found
  return found
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'not-found') return undefined
    throw error
  }
}
