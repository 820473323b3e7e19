/** The state of one source that the guard needs: what was accepted, and what is held since when. */
import { confirms, firstHeld, type HeldRows } from '../../../src/core/guard/confirm-hold.ts'
import { type CatalogueVerdict, guardCatalogue } from '../../../src/core/guard/guard-catalogue.ts'
import type { CatalogueLimits, GuardLimits } from '../../../src/core/guard/guard-limits.ts'
import type { HoldReason } from '../../../src/core/guard/hold-reason.ts'
import { limitsOfProvider } from '../../../src/core/guard/provider-limits.ts'
import { sumOfTotals, type Totals, totalsOf } from '../../../src/core/guard/totals.ts'
import type { RecordedPull, Rows } from './recorded-pull.ts'

export interface Held {
  /** Absent where the whole pull is held. */
  provider?: string
  reasons: readonly HoldReason[]
  /** The same was held 12 hours before, so it is now accepted. */
  confirmed: boolean
}

export interface ReplayedPull {
  label: string
  before: number
  after: number
  held: Held[]
  milliseconds: number
}

type Providers = ReadonlyMap<string, Rows>

export class GuardedReplay {
  #accepted: Providers = new Map()
  #totals = new Map<Rows, Totals>()
  /** By provider; the whole is under an empty name. */
  #holds = new Map<string, HeldRows>()
  readonly #limits: CatalogueLimits

  constructor(limits: CatalogueLimits) {
    this.#limits = limits
  }

  take({ label, at, providers }: RecordedPull): ReplayedPull {
    const before = countOf(this.#accepted)
    const start = performance.now()
    const verdict = judge(this.#accepted, providers, this.#limits, this.#totals)
    const milliseconds = performance.now() - start
    const held = verdict.hold ? this.#holdWhole(at, providers, verdict.hold) : this.#acceptRest(at, providers, verdict)
    return { label, before, after: countOf(providers), held, milliseconds }
  }

  #holdWhole(at: number, providers: Providers, reasons: HoldReason[]): Held[] {
    const rows = [...providers.values()].flat()
    const confirmed = this.#weigh('', { at, reasons, rows }, this.#limits.whole)
    if (confirmed) this.#accepted = providers
    return [{ reasons, confirmed }]
  }

  #acceptRest(at: number, providers: Providers, { heldProviders }: CatalogueVerdict): Held[] {
    const accepted = new Map(providers)
    const isOver = (name: string) => !heldProviders.has(name)
    for (const name of [...this.#holds.keys()].filter(isOver)) this.#holds.delete(name)
    const held = [...heldProviders].map(([provider, reasons]) => {
      const rows = providers.get(provider) ?? []
      const confirmed = this.#weigh(provider, { at, reasons, rows }, limitsOfProvider(provider, this.#limits))
      const earlier = this.#accepted.get(provider)
      if (!confirmed && earlier) accepted.set(provider, earlier)
      if (!confirmed && !earlier) accepted.delete(provider)
      return { provider, reasons, confirmed }
    })
    this.#accepted = accepted
    return held
  }

  #weigh(name: string, next: HeldRows, limits: GuardLimits): boolean {
    const first = this.#holds.get(name)
    if (first && confirms(first, next, limits)) return this.#holds.delete(name)
    this.#holds.set(name, firstHeld(first, next, limits))
    return false
  }
}

/** Passes only the providers that changed, as a registry does. */
export function judge(
  accepted: Providers,
  next: Providers,
  limits: CatalogueLimits,
  known: Map<Rows, Totals> = new Map(),
): CatalogueVerdict {
  const changed = ([provider]: [string, Rows]) => accepted.get(provider) !== next.get(provider)
  const unchanged = [...accepted].filter((entry) => !changed(entry)).map(([, rows]) => rows)
  const totals = unchanged.map((rows) => known.get(rows) ?? totalsOf(rows))
  for (const [index, rows] of unchanged.entries()) known.set(rows, totals[index] ?? totalsOf(rows))
  return guardCatalogue(
    new Map([...accepted].filter(changed)),
    new Map([...next].filter(changed)),
    limits,
    sumOfTotals(totals),
  )
}

const countOf = (providers: Providers): number => [...providers.values()].reduce((sum, rows) => sum + rows.length, 0)
