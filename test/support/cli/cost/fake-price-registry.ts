/** A registry that answers which models an id means, and their prices over time, over HTTP; and records its requests. */
import type { Model } from '../../../../src/core/schema/model.ts'
import type { PricePeriod } from '../../../../src/core/schema/price-period.ts'
import { whichEverywhere } from '../../../../src/core/search/find-model.ts'
import { sendJson, startLocalServer } from '../local-server.ts'

export const VERSION = 'v1.0123456789ab'

export interface FakePriceRegistry {
  url: string
  /** Paths with their queries. */
  asked: string[]
  close(): void
}

/** `periods` by provider and value; a model that is not in it has its own prices since 2020. */
export async function startPriceRegistry(
  models: Model[],
  periods: Record<string, PricePeriod[]> = {},
): Promise<FakePriceRegistry> {
  const asked: string[] = []
  const server = await startLocalServer(({ url = '' }, response) => {
    asked.push(url)
    const { pathname, searchParams } = new URL(url, server.url)
    const found = pathname === '/v1/models/search' ? search(searchParams) : pricesAt(pathname)
    if (found) sendJson(response, 200, found, { 'x-registry-version': VERSION })
    else sendJson(response, 404, { code: 'not-found', detail: `no model at ${pathname}` })
  })

  function pricesAt(path: string): PricePeriod[] | undefined {
    const [provider = '', value = ''] = path.split('/').slice(3).map(decodeURIComponent)
    const model = models.find((each) => each.provider === provider && each.value === value)
    return periods[`${provider}/${value}`] ?? (model && [since2020(model)])
  }

  function search(query: URLSearchParams): Model[] {
    const provider = query.get('provider')
    const offered = provider === null ? models : models.filter((model) => model.provider === provider)
    return whichEverywhere(offered, query.get('model') ?? '')
  }

  return { url: server.url, asked, close: server.close }
}

function since2020({ pricing }: Model): PricePeriod {
  return { from: '2020-01-01T00:00:00.000Z', basis: 'observed', ...(pricing && { pricing }) }
}
