/** `/compare?m=provider/value&m=…`: up to six models side by side, each by any of its ids. */
import * as z from 'zod'
import { ok } from '../../../core/failure.ts'
import type { Model } from '../../../core/schema/model.ts'
import { whichModel } from '../../../core/search/by-id/which-model.ts'
import { ambiguousModel, missingModel } from '../../../core/search/refusals.ts'
import type { LoadedVersion } from '../../../edge/versions/loaded-version.ts'
import { loadVersion } from '../../../edge/versions/read-version.ts'
import { compareContent, MAX_COMPARED } from '../../../views/pages/compare/compare-page.tsx'
import { definePage } from '../../pages/page.ts'
import { VERSION_QUERY } from '../../pages/page-query.ts'
import { answerPage } from '../../pages/versioned-page.ts'

export const comparePage = definePage({
  query: z.object({ ...VERSION_QUERY.shape, m: z.array(z.string()).optional() }),
  answer(request, { m = [], ...query }) {
    const ids = [...new Set(m)]
    return answerPage(request, query, {
      path: '/compare',
      query: ids.map((id) => ['m', id]),
      async content(pointer) {
        const loaded = await loadVersion(request.exchange.tiers, pointer)
        return ok(compareContent(findModels(loaded, pointer.version, ids)))
      },
    })
  },
})

function findModels(loaded: LoadedVersion, version: string, ids: readonly string[]) {
  const found = ids.slice(0, MAX_COMPARED).map((id) => findModel(loaded, version, id))
  const models = found.flatMap((one) => ('model' in one ? [one.model] : []))
  const refused = found.flatMap((one) => ('reason' in one ? [one] : []))
  const left = ids
    .slice(MAX_COMPARED)
    .map((id) => ({ id, reason: `Cannot compare more than ${MAX_COMPARED} models: "${id.slice(0, 200)}" is left out` }))
  return { models: [...new Set(models)], refused: [...refused, ...left] }
}

function findModel(
  loaded: LoadedVersion,
  version: string,
  id: string,
): { model: Model } | { id: string; reason: string } {
  const slash = id.indexOf('/')
  const key = { provider: id.slice(0, Math.max(slash, 0)), value: id.slice(slash + 1) }
  if (slash < 0) return { id, reason: `Cannot find "${id.slice(0, 200)}": include the provider, as in "openai/gpt-4o"` }
  const models = loaded.modelsOf(key.provider)
  const which = whichModel(models, key.value)
  if (which.outcome === 'found') return { model: which.model }
  if (which.outcome === 'ambiguous') return { id, reason: ambiguousModel(id, which.candidates).detail }
  return { id, reason: missingModel(key, { version, providers: loaded.providers, models }) }
}
