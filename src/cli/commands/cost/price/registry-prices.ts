/**
 * Models and their prices from a registry, by the contract's rule for usage: at the named provider, or else at the labs'
 * own. A missing model is a problem of its rows; a registry that does not respond ends the command.
 */
import * as z from 'zod'
import { Model, type ModelKey } from '../../../../core/schema/model.ts'
import { PricePeriod } from '../../../../core/schema/price-period.ts'
import { whichOfLabs } from '../../../../core/search/by-id/find-model.ts'
import { type WhichModel, whichModel } from '../../../../core/search/by-id/which-model.ts'
import { CommandError } from '../../../shared/command.ts'
import { parseJson } from '../../../shared/files.ts'
import { detailOf, type RegistryClient } from '../../../shared/registry-client.ts'
import type { RowProblem } from '../formats/usage-row.ts'
import { type ModelAsk, type ModelEntry, timedPeriods } from './model-prices.ts'

const OK = 200
const NOT_FOUND = 404
/** The statuses for a model that does not exist or is ambiguous. */
const REFUSALS = [400, NOT_FOUND, 409]

/** The model whose prices to request. The prices of a removed model are under its value, so the registry resolves it. */
interface Asked {
  key: ModelKey
  /** The current model with this key or another spelling of it. */
  present?: Model | undefined
  /** If the registry has no such model. */
  otherwise?: RowProblem | undefined
}

type Found = Asked | { problem: RowProblem }

export class RegistryPrices {
  readonly #client: RegistryClient
  readonly #asOf: string | undefined

  /** The registry as of a moment, or the current one. */
  constructor(client: RegistryClient, asOf: string | undefined) {
    this.#client = client
    this.#asOf = asOf
  }

  async fetch(ask: ModelAsk): Promise<ModelEntry> {
    const found = ask.provider === undefined ? await this.#ofLabs(ask) : await this.#atProvider(ask.model, ask.provider)
    if ('problem' in found) return found
    const { key, present, otherwise } = found
    const { status, body, headers } = await this.#get(`${pathOf(key)}/prices`, { at: this.#asOf })
    if (status === NOT_FOUND && otherwise) return { problem: otherwise }
    if (status !== OK) return refusalOf(status, body)
    const periods = z.array(PricePeriod).safeParse(body)
    if (!periods.success)
      throw new CommandError('Cannot price usage: the prices in the response do not match the schema')
    // The header is set if the prices are those of a current model, not of a removed one.
    const meant = present && (present.value === key.value || headers.has('content-location')) ? present : undefined
    const last = meant ? undefined : await this.#lastOf(key, periods.data)
    const { provider, value, billing } = meant ?? last ?? { ...key, billing: undefined }
    const version = headers.get('x-registry-version') ?? ''
    return { provider, value, billing, ...(!meant && { isGone: true }), periods: timedPeriods(periods.data), version }
  }

  /** A model that is gone, as it was last: it left when the period without prices began. */
  async #lastOf({ provider, value }: ModelKey, periods: PricePeriod[]): Promise<Model | undefined> {
    const last = periods.at(-1)
    if (!last || last.pricing) return undefined
    const { models } = await this.#search({ model: value, provider, at: justBefore(last.from) })
    const which = whichModel(models, value)
    return which.outcome === 'found' ? which.model : undefined
  }

  async #atProvider(model: string, provider: string): Promise<Asked> {
    const { models } = await this.#search({ model, provider, at: this.#asOf })
    const which = whichModel(models, model)
    return { key: { provider, value: model }, ...(which.outcome === 'found' && { present: which.model }) }
  }

  async #ofLabs({ model, at }: ModelAsk): Promise<Found> {
    const { models } = await this.#search({ model, at: this.#asOf })
    const which = whichOfLabs(models, model)
    if (which.outcome !== 'none') return foundOf(which, model)
    const otherwise = models.length > 0 ? notALabs(model, models) : undefined
    const slash = model.indexOf('/')
    if (slash > 0) return { ...(await this.#atProvider(model.slice(slash + 1), model.slice(0, slash))), otherwise }
    // It may have been removed since, even if others still offer it.
    const then = await this.#search({ model, at: this.#asOf ?? new Date(at).toISOString() })
    const whichThen = whichOfLabs(then.models, model)
    const found = whichThen.outcome === 'none' ? await this.#whatLeft(model) : goneOf(whichThen, model)
    return 'problem' in found && otherwise && found.problem.code === 'not-found' ? { problem: otherwise } : found
  }

  /** Which model it was at another time, of which the registry knows when it left. */
  async #whatLeft(model: string): Promise<Found> {
    const at = this.#asOf ?? new Date().toISOString()
    const body = JSON.stringify([{ model, at, usage: NO_TOKENS }])
    const init = { method: 'POST', body, contentType: 'application/json' }
    const answer = await this.#get('/v1/cost', { at: this.#asOf }, init)
    const [{ problem, period } = {}] = Answers.safeParse(answer.body).data ?? []
    if (problem) return { problem }
    const { models } = period ? await this.#search({ model, at: justBefore(period.from) }) : { models: [] }
    return goneOf(whichOfLabs(models, model), model)
  }

  async #search(query: Record<string, string | undefined>): Promise<{ models: Model[] }> {
    const { status, body } = await this.#get('/v1/models/search', query)
    if (status !== OK) return { models: [] }
    const models = z.array(Model).safeParse(body)
    if (!models.success)
      throw new CommandError('Cannot price usage: the models in the response do not match the schema')
    return { models: models.data }
  }

  async #get(path: string, query: Record<string, string | undefined>, init?: Parameters<RegistryClient['request']>[1]) {
    const given = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined)
    const search = given.length > 0 ? `?${new URLSearchParams(given)}` : ''
    const response = await this.#client.request(path + search, init)
    const { status, headers } = response
    const body = parseJson(await response.text())
    if (status !== OK && !REFUSALS.includes(status))
      throw new CommandError(`Cannot price usage: ${detailOf({ status, body })}`)
    return { status, body, headers }
  }
}

/** They cost nothing, whatever the prices. */
const NO_TOKENS = { prompt_tokens: 0, completion_tokens: 0 }
const Answers = z.array(
  z.object({
    problem: z.object({ code: z.string(), detail: z.string() }).optional(),
    period: z.object({ from: z.string() }).optional(),
  }),
)

const justBefore = (time: string): string => new Date(Date.parse(time) - 1).toISOString()

/** What was there at another time is not there now. */
function goneOf(which: WhichModel, model: string): Found {
  const found = foundOf(which, model)
  return 'problem' in found ? found : { key: found.key }
}

function foundOf(which: WhichModel, model: string): Found {
  switch (which.outcome) {
    case 'found': {
      const { provider } = which.model
      return { key: { provider, value: model }, present: which.model }
    }
    case 'ambiguous': {
      const candidates = which.candidates.map(({ provider, value }) => `${provider}/${value}`).join(', ')
      return { problem: { code: 'ambiguous-model', detail: `"${model}" is ambiguous between ${candidates}` } }
    }
    case 'none':
      return { problem: { code: 'not-found', detail: `no lab offers a model "${model}"` } }
  }
}

const pathOf = ({ provider, value }: ModelKey): string =>
  `/v1/models/${encodeURIComponent(provider)}/${encodeURIComponent(value)}`

function notALabs(model: string, models: Model[]): RowProblem {
  const providers = [...new Set(models.map(({ provider }) => provider))].slice(0, 3).join(', ')
  return {
    code: 'not-found',
    detail: `no lab offers "${model}" itself: specify a provider that does, such as ${providers}`,
  }
}

function refusalOf(status: number, body: unknown): { problem: RowProblem } {
  const { code }: { code?: unknown } = Object(body)
  return { problem: { code: typeof code === 'string' ? code : 'not-found', detail: detailOf({ status, body }) } }
}
