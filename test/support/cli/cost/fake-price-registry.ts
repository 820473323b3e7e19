/** An HTTP server that resolves ids of models and returns their prices over time, and records its requests. */
import type { Model } from '../../../../src/core/schema/model.ts'
import type { PricePeriod } from '../../../../src/core/schema/price-period.ts'
import { whichEverywhere } from '../../../../src/core/search/by-id/find-model.ts'
import { sendJson, startLocalServer } from '../local-server.ts'

export const VERSION = 'v1.0123456789ab'

export interface FakePriceRegistry {
  url: string
  /** Paths with their queries. */
  asked: string[]
  close(): void
}

/**
 * `periods`: by provider and value; any other model has its own prices since 2020. `past`: models that existed in 2020.
 */
export async function startPriceRegistry(
  models: Model[],
  periods: Record<string, PricePeriod[]> = {},
  past: Model[] = [],
): Promise<FakePriceRegistry> {
  const asked: string[] = []
  const server = await startLocalServer(({ url = '' }, response) => {
    asked.push(url)
    const { pathname, searchParams } = new URL(url, server.url)
    const { found, location } = pathname === '/v1/models/search' ? search(searchParams) : pricesAt(pathname)
    const headers = { 'x-registry-version': VERSION, ...(location && { 'content-location': location }) }
    if (found) sendJson(response, 200, found, headers)
    else sendJson(response, 404, { code: 'not-found', detail: `no model at ${pathname}` })
  })

  /** A removed model is found by its value, before another model that the id means. */
  function pricesAt(path: string): { found?: PricePeriod[]; location?: string } {
    const [provider = '', value = ''] = path.split('/').slice(3).map(decodeURIComponent)
    const found = periods[`${provider}/${value}`]
    if (found) return { found }
    const [model] = whichEverywhere(offeredBy(provider), value)
    if (!model) return {}
    if (model.value === value) return { found: [since2020(model)] }
    const meant = `/v1/models/${provider}/${encodeURIComponent(model.value)}/prices`
    return { found: periods[`${provider}/${model.value}`] ?? [since2020(model)], location: meant }
  }

  function search(query: URLSearchParams): { found: Model[]; location?: undefined } {
    const provider = query.get('provider')
    const offered = provider === null ? models : offeredBy(provider)
    const isPast = (query.get('at') ?? '').startsWith('2020')
    return { found: whichEverywhere(isPast ? [...past, ...offered] : offered, query.get('model') ?? '') }
  }

  function offeredBy(provider: string): Model[] {
    return models.filter((model) => model.provider === provider)
  }

  return { url: server.url, asked, close: server.close }
}

function since2020({ pricing }: Model): PricePeriod {
  return { from: '2020-01-01T00:00:00.000Z', basis: 'observed', ...(pricing && { pricing }) }
}
