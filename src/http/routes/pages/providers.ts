/** `/providers` and `/providers/:provider`. */
import { fail, ok } from '../../../core/failure.ts'
import type { Provider } from '../../../core/schema/model.ts'
import { missingProvider } from '../../../core/search/refusals.ts'
import type { LoadedVersion } from '../../../edge/versions/loaded-version.ts'
import { loadVersion } from '../../../edge/versions/read-version.ts'
import { providerPath } from '../../../views/pages/format/paths.ts'
import { providerContent } from '../../../views/pages/providers/provider-page.tsx'
import { type ProviderEntry, providersContent } from '../../../views/pages/providers/providers-page.tsx'
import { definePage } from '../../pages/page.ts'
import { VERSION_QUERY } from '../../pages/page-query.ts'
import { answerPage } from '../../pages/versioned-page.ts'

export const providersPage = definePage({
  query: VERSION_QUERY,
  answer: (request, query) =>
    answerPage(request, query, {
      path: '/providers',
      query: [],
      async content(pointer) {
        const loaded = await loadVersion(request.exchange.tiers, pointer)
        return ok(providersContent(loaded.providers.flatMap((value) => entryOf(loaded, value) ?? [])))
      },
    }),
})

export const providerPage = definePage({
  query: VERSION_QUERY,
  answer(request, query) {
    const { provider: value = '' } = request.params
    return answerPage(request, query, {
      path: providerPath(value),
      query: [],
      async content(pointer) {
        const loaded = await loadVersion(request.exchange.tiers, pointer)
        const provider = readProvider(loaded, value)
        if (provider) return ok(providerContent(provider, loaded.modelsOf(value)))
        return fail({ code: 'not-found', detail: missingProvider(pointer.version, value, loaded.providers) })
      },
    })
  },
})

function entryOf(loaded: LoadedVersion, value: string): ProviderEntry | undefined {
  const provider = readProvider(loaded, value)
  const models = loaded.modelsOf(value)
  return provider && { provider, models: models.length, firstParty: models.filter((model) => model.firstParty).length }
}

/** Its bytes were checked by their digest when the version was loaded. */
function readProvider(loaded: LoadedVersion, value: string): Provider | undefined {
  const bytes = loaded.provider(value)
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Provider)
}
