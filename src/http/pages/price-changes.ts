/** Changes of the labs' own prices in the seven days before a version. */
import * as z from 'zod'
import type { Change, Pointer } from '../../core/schema/history.ts'
import type { Listed } from '../../core/search/columns/listed.ts'
import type { Selector } from '../../core/selector.ts'
import { SEED_SEQ } from '../../edge/memory.ts'
import { readRecord } from '../../edge/records/read-record.ts'
import { resolveCommit } from '../../edge/resolve.ts'
import type { ChangedPrices } from '../../registry/history/diffs.ts'
import { storedJsonView } from '../../views/json-view.ts'
import type { PriceChange } from '../../views/pages/list/news.tsx'
import type { Exchange } from '../exchange.ts'

const WEEK_MS = 7 * 86_400_000
/** The prices that people compare; the others change with them. */
const KINDS = ['input', 'output'] as const
const Price = z.number().optional().catch(undefined)

export async function readPriceChanges(exchange: Exchange, pointer: Pointer, listed: Listed): Promise<PriceChange[]> {
  const changed = await readWeek(exchange, pointer)
  return changed.flatMap(({ provider, value, changes }) => {
    const moves = movesOf(changes)
    return moves.length === 0 ? [] : [{ provider, value, name: listed.find({ provider, value })?.name ?? value, moves }]
  })
}

function movesOf(changes: readonly Change[]): PriceChange['moves'] {
  return KINDS.flatMap((kind) => {
    const change = changes.find(({ path }) => path === `pricing.${kind}`)
    return change ? [{ kind, before: Price.parse(change.before), after: Price.parse(change.after) }] : []
  })
}

const FIRST_SEQ = 1

/** Since the first commit, if it is younger; none if there is only one. */
async function readWeek({ tiers, registry }: Exchange, pointer: Pointer): Promise<ChangedPrices[]> {
  if (pointer.seq === SEED_SEQ) return []
  const weekAgo: Selector = { by: 'at', time: Date.parse(pointer.generatedAt) - WEEK_MS }
  const resolved = await resolveCommit(tiers, weekAgo)
  const from = resolved.ok ? resolved.value.pointer.seq : FIRST_SEQ
  if (from >= pointer.seq) return []
  const view = await readRecord(tiers, pointer, `prices changed since ${from}`, async () => {
    const bytes = await registry.changedPrices(from, pointer.seq)
    return bytes && storedJsonView(bytes)
  })
  return view ? (JSON.parse(new TextDecoder().decode(view.bytes)) as ChangedPrices[]) : [] // written by the registry
}
