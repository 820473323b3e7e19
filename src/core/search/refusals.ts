/** Error messages for searches and reads that name an unknown or ambiguous thing. Pure; shared by server and client. */
import type { FailureOf, FieldError } from '../failure.ts'
import { hint, hintOf } from '../nearest.ts'
import type { Model, ModelKey } from '../schema/model.ts'
import { nearestModel } from './by-id/nearest-model.ts'
import type { ModelFilter } from './search.ts'

/** The names that exist in a version. */
export interface KnownNames {
  providers: readonly string[]
  labs: readonly string[]
}

/** An error for each provider and lab of the filter that is not in the version, suggesting the nearest name. */
export function unknownNames({ provider = [], lab = [] }: ModelFilter, { providers, labs }: KnownNames): FieldError[] {
  return [...unknownAmong('provider', provider, providers), ...unknownAmong('lab', lab, labs)]
}

export function unknownAmong(
  field: 'provider' | 'lab',
  given: readonly string[],
  known: readonly string[],
): FieldError[] {
  return given
    .filter((name) => !known.includes(name))
    .map((name) => ({ field, message: `"${truncate(name)}" is not a ${field} of this version${hintOf(name, known)}` }))
}

export function labsOf(models: readonly Model[]): string[] {
  return [...new Set(models.map(({ lab }) => lab))].filter((lab) => lab !== undefined)
}

/** `asked`: the id in the request, such as "openai/gpt-5.5". */
export function ambiguousModel(asked: string, models: readonly ModelKey[]): FailureOf<'ambiguous-model'> {
  const candidates = models.map(({ provider, value }) => ({ provider, value }))
  const names = candidates.map(({ provider, value }) => `"${provider}/${value}"`).join(', ')
  return {
    code: 'ambiguous-model',
    detail: `Cannot resolve model "${truncate(asked)}": it is ambiguous between ${names}`,
    candidates,
  }
}

/** Where a model was looked up. */
export interface Searched {
  version: string
  providers: readonly string[]
  /** The models of the requested provider. */
  models: readonly Model[]
}

/** The error for a model that a version does not have. `lastVersion`: the last version that had it, if any. */
export function missingModel(
  { provider, value }: ModelKey,
  { version, providers, models }: Searched,
  lastVersion?: string,
): string {
  const isKnown = providers.includes(provider)
  const lacks = isKnown ? 'such model' : `provider "${truncate(provider)}"`
  const last = lastVersion === undefined ? '' : `; ${lastVersion} was the last version that had it`
  const nearest = isKnown ? hintOfModel(models, value) : hintOf(provider, providers)
  return `Cannot read model "${truncate(provider)}/${truncate(value)}": ${version} has no ${lacks}${last}${nearest}`
}

export function missingProvider(version: string, provider: string, providers: readonly string[]): string {
  return `Cannot read provider "${truncate(provider)}": ${version} has no such provider${hintOf(provider, providers)}`
}

/** The error for an id, with or without a provider, that means no model of the version. */
export function missingId(version: string, id: string, models: readonly Model[]): string {
  return `Cannot find model "${truncate(id)}": ${version} has no such model${hintOfModel(models, id)}`
}

function hintOfModel(models: readonly Model[], id: string): string {
  const nearest = nearestModel(models, id)
  return hint(nearest && `${nearest.provider}/${nearest.value}`)
}

/** A request may contain a name of any length. */
const truncate = (name: string): string => name.slice(0, 200)
