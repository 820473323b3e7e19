/** Responses about one model, by any of its ids. If the id is not its value, they name the canonical address. */
import { type Failure, fail, ok, type Result } from '../core/failure.ts'
import type { Pointer } from '../core/schema/history.ts'
import type { ModelKey } from '../core/schema/model.ts'
import { whichModel } from '../core/search/by-id/which-model.ts'
import { ambiguousModel, missingModel } from '../core/search/refusals.ts'
import { loadParts } from '../edge/parts/read-parts.ts'
import type { VersionParts } from '../edge/parts/version-parts.ts'
import { type Loader, readViewOf, UNPROVEN } from '../edge/versions/read-version.ts'
import type { SearchableVersion } from '../edge/versions/searchable-version.ts'
import type { View } from '../views/view.ts'
import type { Answer, Answered, Exchange } from './exchange.ts'
import { answerOf, chooseVersion, type VersionQuery } from './versioned.ts'

/** `model` is the canonical JSON of the model that was found. */
type RenderModel<T> = (loaded: T, model: Uint8Array) => View | typeof UNPROVEN

/** `suffix` is what follows the value in the path. */
export async function answerModel<T extends VersionParts | SearchableVersion>(
  exchange: Exchange,
  query: VersionQuery,
  asked: ModelKey,
  suffix: string,
  loader: Loader<T>,
  render: RenderModel<T>,
): Promise<Answered> {
  const chosen = await chooseVersion(exchange, query)
  if (!chosen.ok) return chosen
  const { version } = chosen.value
  const read = (key: ModelKey) =>
    readViewOf(loader, exchange.tiers, version, pathOf(key) + suffix, (loaded) => {
      const model = modelIn(loaded, key)
      if (model === UNPROVEN) return UNPROVEN
      return model && render(loaded, model)
    })
  // Most ids are values: these need no further look-up.
  const direct = await read(asked)
  if (direct) return ok({ ...answerOf(chosen.value), body: direct })
  const meant = await resolveModel(exchange, version, asked)
  if (!meant.ok) return meant
  const body = await read(meant.value)
  if (!body) throw new Error(`Cannot render "${pathOf(meant.value)}" of ${version.version}`)
  return ok({ ...answerOf(chosen.value), body, headers: locationHeaders(exchange, meant.value, suffix) })
}

function modelIn(loaded: VersionParts | SearchableVersion, { provider, value }: ModelKey) {
  const version = 'version' in loaded ? loaded.version : loaded
  return version.proves([provider]) ? version.model(provider, value) : UNPROVEN
}

/** The key of the model that was found, or why there is none. */
export async function resolveModel(exchange: Exchange, version: Pointer, asked: ModelKey): Promise<Result<ModelKey>> {
  const loaded = await loadParts(exchange.tiers, version, [asked.provider])
  const which = whichModel(loaded.modelsOf(asked.provider), asked.value)
  switch (which.outcome) {
    case 'found':
      return ok({ provider: asked.provider, value: which.model.value })
    case 'ambiguous':
      return fail(ambiguousModel(`${asked.provider}/${asked.value}`, which.candidates))
    case 'none':
      return fail(await noModel(exchange, asked, version, loaded))
  }
}

/** The address of the response by the model's value, with the query as it was sent. */
export function locationHeaders({ request }: Exchange, key: ModelKey, suffix: string): NonNullable<Answer['headers']> {
  return { 'content-location': pathOf(key) + suffix + new URL(request.url).search }
}

function pathOf({ provider, value }: ModelKey): string {
  return `/v1/models/${encodeURIComponent(provider)}/${encodeURIComponent(value)}`
}

async function noModel(
  { tiers }: Exchange,
  key: ModelKey,
  { version }: Pointer,
  loaded: VersionParts,
): Promise<Failure> {
  const seen = await tiers.registry.lastSeen(key)
  const searched = { version, providers: Object.keys(loaded.index.parts), models: loaded.modelsOf(key.provider) }
  return { code: 'not-found', detail: missingModel(key, searched, seen?.lastVersion), ...seen }
}
