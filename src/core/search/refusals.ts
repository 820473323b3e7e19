/** The messages for refused searches and reads, shared by the server and the client. Pure. */
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

/** For each provider and lab of the filter that the version does not have, an error that suggests the nearest. */
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
    .map((name) => ({ field, message: `"${cut(name)}" is not a ${field} of this version${hintOf(name, known)}` }))
}

export function labsOf(models: readonly Model[]): string[] {
  return [...new Set(models.map(({ lab }) => lab))].filter((lab) => lab !== undefined)
}

/** `asked` is as it was asked for, such as "openai/gpt-5.5". */
export function ambiguousModel(asked: string, models: readonly ModelKey[]): FailureOf<'ambiguous-model'> {
  const candidates = models.map(({ provider, value }) => ({ provider, value }))
  const names = candidates.map(({ provider, value }) => `"${provider}/${value}"`).join(', ')
  return {
    code: 'ambiguous-model',
    detail: `Cannot resolve model "${cut(asked)}": it is ambiguous between ${names}`,
    candidates,
  }
}

/** Where a model was looked up. */
export interface Searched {
  version: string
  providers: readonly string[]
  /** Those of the provider that was asked for. */
  models: readonly Model[]
}

/** Why a version does not have a model. `lastVersion` is the last that had it, if any did. */
export function missingModel(
  { provider, value }: ModelKey,
  { version, providers, models }: Searched,
  lastVersion?: string,
): string {
  const isKnown = providers.includes(provider)
  const lacks = isKnown ? 'such model' : `provider "${cut(provider)}"`
  const last = lastVersion === undefined ? '' : `; ${lastVersion} was the last version that had it`
  const nearest = isKnown ? hintOfModel(models, value) : hintOf(provider, providers)
  return `Cannot read model "${cut(provider)}/${cut(value)}": ${version} has no ${lacks}${last}${nearest}`
}

export function missingProvider(version: string, provider: string, providers: readonly string[]): string {
  return `Cannot read provider "${cut(provider)}": ${version} has no such provider${hintOf(provider, providers)}`
}

/** Why a version has no model of an id that need not name a provider. */
export function missingId(version: string, id: string, models: readonly Model[]): string {
  return `Cannot find model "${cut(id)}": ${version} has no such model${hintOfModel(models, id)}`
}

function hintOfModel(models: readonly Model[], id: string): string {
  const nearest = nearestModel(models, id)
  return hint(nearest && `${nearest.provider}/${nearest.value}`)
}

/** A request may contain a name of any length. */
const cut = (name: string): string => name.slice(0, 200)
