/** `/cost`: prices one usage, as `POST /v1/cost` does. */
import * as z from 'zod'
import { ok } from '../../../core/failure.ts'
import { priceUsage, problemOf } from '../../../core/pricing/price-usage.ts'
import type { CostAnswer } from '../../../core/schema/cost.ts'
import { CostItem } from '../../../core/schema/cost.ts'
import type { Pointer } from '../../../core/schema/history.ts'
import { isDate, parseAt } from '../../../core/selector.ts'
import { readPrices } from '../../../edge/records/read-prices.ts'
import type { Tiers } from '../../../edge/tiers.ts'
import type { LoadedVersion } from '../../../edge/versions/loaded-version.ts'
import { loadVersion } from '../../../edge/versions/read-version.ts'
import type { CostAsk } from '../../../views/pages/cost/cost-ask.ts'
import { costContent, queryOf } from '../../../views/pages/cost/cost-page.tsx'
import { withQuery } from '../../../views/pages/format/paths.ts'
import { definePage } from '../../pages/page.ts'
import { VERSION_QUERY } from '../../pages/page-query.ts'
import { answerPage } from '../../pages/versioned-page.ts'

const QUERY = z.object({
  ...VERSION_QUERY.shape,
  model: z.string().optional(),
  usage: z.string().optional(),
  mode: z.string().optional(),
  when: z.string().optional(),
})

export const costPage = definePage({
  query: QUERY,
  async answer(request, { version, at, ...ask }) {
    const { tiers } = request.exchange
    // Prices depend on the time of day: with the time in its URL, the page can be cached and shared.
    if (ask.usage !== undefined && ask.when === undefined)
      return ok({
        redirect: withQuery('/cost', [
          ...queryOf({ ...ask, when: minuteOf(tiers.clock()) }),
          ['version', version],
          ['at', at],
        ]),
      })
    return answerPage(
      request,
      { version, at },
      {
        path: '/cost',
        query: queryOf(ask),
        content: async (pointer) => ok(costContent(ask, await priceAsk(tiers, pointer, ask))),
      },
    )
  },
})

function minuteOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`
}

async function priceAsk(tiers: Tiers, pointer: Pointer, ask: CostAsk): Promise<CostAnswer | undefined> {
  if (ask.usage === undefined || ask.model === undefined) return undefined
  const usage = parseJson(ask.usage)
  if (usage === undefined) return problemOf('unreadable-usage', 'Cannot read the usage: it is not JSON')
  const when = parseAt(ask.when ?? '')
  if (!when.ok || when.value.by !== 'at')
    return problemOf(
      'invalid-request',
      'Cannot read the time: it is not a date such as "2026-01-31", or a date-time with "Z" or an offset',
    )
  const loaded = await loadVersion(tiers, pointer)
  const item = CostItem.safeParse({ ...modelOf(loaded, ask.model), usage, mode: ask.mode, at: ask.when })
  if (!item.success) return problemOf('invalid-request', 'Cannot read the request: the model or mode is too long')
  const [entry] = await readPrices(tiers, pointer, [item.data])
  if (!entry || 'problem' in entry) return entry
  const instant = when.value.time
  return priceUsage({ usage, mode: ask.mode, instant, isDay: isDate(ask.when ?? '') }, entry, pointer.version)
}

/** The part before the first slash, if there is a provider of that name. */
function modelOf(loaded: LoadedVersion, text: string): { provider?: string; model: string } {
  const slash = text.indexOf('/')
  const provider = text.slice(0, Math.max(slash, 0))
  return loaded.has(provider) ? { provider, model: text.slice(slash + 1) } : { model: text }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
