/**
 * Simulates years of models.dev as days of a backfill: a catalogue, and its changes on each day. A day changes prices of rows
 * at a tenth of the providers, as on the recorded days, and is the same in every run.
 */
import type { Day } from '../../backfill/send-days.ts'
import { costsOf, createListing, createProvider, type MadeUpListing } from '../shared/made-up-body.ts'
import { Chance } from '../shared/seeded-chance.ts'

/** Long ago, so that no day is in the future. */
const FIRST_DAY = Date.parse('2000-01-01T02:00:00.000Z')
const DAY_MS = 86_400_000
const ROWS_PER_PROVIDER = 40
/** Of recorded days that change more than a hundred rows. */
const PROVIDER_SHARE = 0.1

export function* madeUpDeltas(days: number, models: number, changed: number): Generator<Day> {
  const chance = new Chance(1)
  const rows = Array.from({ length: models }, (_, number): [string, MadeUpListing] => {
    const provider = Math.floor(number / ROWS_PER_PROVIDER)
    const listing = createListing(provider, number % ROWS_PER_PROVIDER, chance)
    return [`provider-${provider}/${listing.id}`, listing]
  })
  const providers = Array.from({ length: Math.ceil(models / ROWS_PER_PROVIDER) }, (_, number) => createProvider(number))
  yield dayOf(0, rows, Object.fromEntries(providers.map((provider) => [provider.id, provider])))
  for (let day = 1; day < days; day++) yield dayOf(day, changeRows(rows, changed, chance), {})
}

function changeRows(rows: [string, MadeUpListing][], count: number, chance: Chance): [string, MadeUpListing][] {
  const providers = Math.ceil(rows.length / ROWS_PER_PROVIDER)
  const perProvider = Math.ceil(count / Math.ceil(providers * PROVIDER_SHARE))
  const changed: [string, MadeUpListing][] = []
  while (changed.length < count) {
    const first = chance.below(providers) * ROWS_PER_PROVIDER
    const own = rows.slice(first, first + ROWS_PER_PROVIDER)
    changed.push(...chance.pick(own, Math.min(perProvider, count - changed.length)))
  }
  for (const [, row] of changed) row.cost = costsOf(chance)
  return changed
}

function dayOf(day: number, rows: [string, MadeUpListing][], providers: Record<string, object>): Day {
  const delta = {
    providers: { set: providers as Day['delta']['providers']['set'], del: [] }, // objects of any keys
    models: { set: structuredClone(Object.fromEntries(rows)) as Day['delta']['models']['set'], del: [] },
  }
  return { at: new Date(FIRST_DAY + day * DAY_MS).toISOString(), source: 'models.dev', delta }
}
