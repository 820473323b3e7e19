/** Real prices over time: the recorded days of models.dev replayed, compared with its list of price changes. */
import { describe, expect, it } from 'vitest'
import type { PricePeriod } from '../../../src/core/schema/price-period.ts'
import { MODELS_DEV_URL } from '../../support/registry/fake-source.ts'
import { bytesOf, unwrap, withRegistry } from '../../support/registry/opened-registry.ts'
import { pricesOf } from '../../support/registry/prices.ts'
import {
  hasRecordedHistory,
  type PriceChange,
  type RecordedDay,
  readPriceChanges,
  readRecordedHistory,
} from '../../support/registry/recorded/recorded-history.ts'

const why = hasRecordedHistory ? '' : ' (skipped: RECORDED_DATA is not set)'
const DAYS_AT_ONCE = 60

const MODELS = [
  ['openai', 'gpt-4o'],
  ['openai', 'gpt-4o-mini'],
  ['anthropic', 'claude-3-5-sonnet-20241022'],
  ['anthropic', 'claude-3-5-sonnet-20240620'],
  ['google', 'gemini-2.5-pro'],
  ['deepseek', 'deepseek-chat'],
] as const

const FIELDS = { input: 'input', output: 'output', cacheRead: 'cache_read', cacheWrite: 'cache_write' } as const

/** The day, with only these providers. */
function dayOf({ at, providers, models }: RecordedDay, kept: ReadonlySet<string>): object {
  const isKept = (key: string): boolean => kept.has(key.split('/', 1)[0] ?? '')
  const keep = <T>({ set, del }: { set: Record<string, T>; del: string[] }) => ({
    set: Object.fromEntries(Object.entries(set).filter(([key]) => isKept(key))),
    del: del.filter(isKept),
  })
  const delta = { providers: keep(providers), models: keep(models), links: { set: {}, del: [] } }
  return { at, source: 'models.dev', delta }
}

/** The changes between periods in the form of the list: by day and field, from one price to another. */
function changesIn(periods: readonly PricePeriod[]): PriceChange[] {
  return periods.slice(1).flatMap(({ from, pricing = {} }, index) => {
    const before = periods[index]?.pricing ?? {}
    const fields = Object.keys(FIELDS) as (keyof typeof FIELDS)[] // each is a key of it
    return fields
      .filter((field) => before[field] !== pricing[field])
      .map((field) => ({ date: from.slice(0, 10), field: FIELDS[field], from: before[field], to: pricing[field] }))
  })
}

/** Removes repeated changes from the list, and changes of tiers, which are separate prices. */
function listed(changes: readonly PriceChange[]): PriceChange[] {
  const named = changes.filter(({ field }) => Object.values(FIELDS).some((known) => known === field))
  return [...new Map(named.map((change) => [JSON.stringify(change), change])).values()]
}

const sorted = (changes: PriceChange[]): PriceChange[] =>
  changes.sort((a, b) => (`${a.date} ${a.field}` < `${b.date} ${b.field}` ? -1 : 1))

describe.skipIf(!hasRecordedHistory)(`the recorded days of models.dev${why}`, () => {
  it('give the same price histories as its list of changes', { timeout: 240_000 }, () =>
    withRegistry(
      async (opened) => {
        const providers = new Set<string>(MODELS.map(([provider]) => provider))
        const days = (await readRecordedHistory()).map((day) => dayOf(day, providers))
        for (let start = 0; start < days.length; start += DAYS_AT_ONCE)
          unwrap(opened.registry.backfill(bytesOf({ days: days.slice(start, start + DAYS_AT_ONCE) })))
        for (const [provider, value] of MODELS) {
          const periods = pricesOf(opened, { provider, value })
          const wanted = listed(await readPriceChanges(provider, value))
          expect(sorted(changesIn(periods)), value).toEqual(sorted(wanted))
          expect(periods.every(({ basis, source }) => basis === 'documented' && source === 'models.dev')).toBe(true)
        }
      },
      { vars: { MODELS_DEV_URL } },
    ),
  )
})
