/** The registry's responses for a version, computed with its own functions. */
import type { Failure } from '../../../src/core/failure.ts'
import type { Manifest } from '../../../src/core/schema/history.ts'
import type { Model, ModelKey } from '../../../src/core/schema/model.ts'
import { whichModel } from '../../../src/core/search/by-id/which-model.ts'
import { offersOf } from '../../../src/core/search/offers.ts'
import { ambiguousModel, labsOf, missingModel, unknownNames } from '../../../src/core/search/refusals.ts'
import { type ModelFilter, searchModels } from '../../../src/core/search/search.ts'
import type { Published } from './published-versions.ts'

/** JSON or JSON text; `undefined` if the path does not exist. A failure is thrown. */
export function answerOf({ manifest, text, root }: Published, { pathname, searchParams }: URL): unknown {
  const { version, etag, generatedAt } = manifest
  switch (pathname) {
    case '/v1/version':
      return { version, etag, generatedAt }
    case '/v1/parts':
      return root
    case '/v1/manifest':
      return searchParams.has('provider') ? someOf(manifest, searchParams.getAll('provider')) : text
    case '/v1/models/search':
      return search(manifest, filterOf(searchParams))
    default:
      return modelAnswer(manifest, pathname)
  }
}

/** Thrown with the failure of the registry. */
export class Refused extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(failure.detail)
    this.failure = failure
  }
}

function someOf(manifest: Manifest, names: string[]): Manifest {
  const providers = manifest.providers.filter(({ value }) => names.includes(value))
  return { ...manifest, providers, models: manifest.models.filter(({ provider }) => names.includes(provider)) }
}

function search({ providers, models }: Manifest, filter: ModelFilter): Model[] {
  const names = { providers: providers.map(({ value }) => value), labs: labsOf(models) }
  const errors = unknownNames(filter, names)
  if (errors.length > 0) throw new Refused({ code: 'invalid-request', detail: `${errors[0]?.message}`, errors })
  return searchModels(models, filter).models
}

function modelAnswer(manifest: Manifest, pathname: string): unknown {
  const [, provider, value, offers] = /^\/v1\/models\/([^/]+)\/([^/]+)(\/offers)?$/.exec(pathname) ?? []
  if (provider === undefined || value === undefined) return undefined
  const key = { provider: decodeURIComponent(provider), value: decodeURIComponent(value) }
  const found = modelNamed(manifest, key)
  return offers ? offersOf(manifest.models, found.family) : found
}

function modelNamed({ version, providers, models: all }: Manifest, key: ModelKey): Model {
  const models = all.filter((model) => model.provider === key.provider)
  const which = whichModel(models, key.value)
  switch (which.outcome) {
    case 'found':
      return which.model
    case 'ambiguous':
      throw new Refused(ambiguousModel(`${key.provider}/${key.value}`, which.candidates))
    case 'none': {
      const detail = missingModel(key, { version, providers: providers.map(({ value }) => value), models })
      throw new Refused({ code: 'not-found', detail })
    }
  }
}

const LISTS = ['provider', 'lab', 'family', 'type', 'status', 'capability']

function filterOf(query: URLSearchParams): ModelFilter {
  const names = [...new Set(query.keys())].filter((name) => name !== 'version')
  return Object.fromEntries(
    names.map((name) => [name, LISTS.includes(name) ? query.getAll(name) : plainly(query.get(name) ?? '')]),
  )
}

/** Parses numbers and booleans. No text in a test looks like one. */
function plainly(text: string): unknown {
  return /^(\d+(\.\d+)?|true|false)$/.test(text) ? JSON.parse(text) : text
}
