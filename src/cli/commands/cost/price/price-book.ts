/** The prices of all models of a file: each is asked for once, and rows after the first find it at once. */
import type { TimeSpan, UsageRow } from '../formats/usage-row.ts'
import type { ModelAsk, ModelEntry } from './model-prices.ts'

export interface PriceSource {
  fetch(ask: ModelAsk): Promise<ModelEntry>
}

/** As often a model that was not found is looked for: it may be gone, and have been there at the time of another row. */
const MONTH = 30 * 86_400_000

export class PriceBook {
  readonly #source: PriceSource
  readonly #entries = new Map<string, Map<string, ModelEntry>>()
  /** Of models that were not found, the months in which they were looked for. */
  readonly #missing = new Map<ModelEntry, Set<number>>()

  constructor(source: PriceSource) {
    this.#source = source
  }

  /** Undefined as long as it was not asked for, or not found and not looked for in the month of the row. */
  find({ model, provider = '', span }: Pick<UsageRow, 'model' | 'provider' | 'span'>): ModelEntry | undefined {
    const entry = this.#entries.get(provider)?.get(model)
    const months = entry && this.#missing.get(entry)
    return !months || months.has(monthOf(span)) ? entry : undefined
  }

  async load({ model, provider, span }: Pick<UsageRow, 'model' | 'provider' | 'span'>): Promise<ModelEntry> {
    const ofProvider = this.#entries.get(provider ?? '') ?? new Map<string, ModelEntry>()
    const before = ofProvider.get(model)
    const months = (before && this.#missing.get(before)) ?? new Set<number>()
    const entry = await this.#source.fetch({ model, provider, at: span.from })
    // With a provider, the registry knows whatever it ever had.
    const isMissing = 'problem' in entry && entry.problem.code === 'not-found' && provider === undefined
    if (before) this.#missing.delete(before)
    if (isMissing) this.#missing.set(entry, months.add(monthOf(span)))
    this.#entries.set(provider ?? '', ofProvider.set(model, entry))
    return entry
  }
}

function monthOf({ from }: TimeSpan): number {
  return Math.floor(from / MONTH)
}
