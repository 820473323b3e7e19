/** The prices of all models of a file: each is requested once and cached for later rows. */
import type { TimeSpan, UsageRow } from '../formats/usage-row.ts'
import type { ModelAsk, ModelEntry } from './model-prices.ts'

export interface PriceSource {
  fetch(ask: ModelAsk): Promise<ModelEntry>
}

/** The limit of look-ups for a model that was not found: it may have existed at the time of another row. */
const MONTH = 30 * 86_400_000

export class PriceBook {
  readonly #source: PriceSource
  readonly #entries = new Map<string, Map<string, ModelEntry>>()
  /** For models that were not found, the months in which they were looked up. */
  readonly #missing = new Map<ModelEntry, Set<number>>()

  constructor(source: PriceSource) {
    this.#source = source
  }

  /** `undefined` if it has not been requested yet, or was not found and not yet looked up in the month of the row. */
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
    // With a provider, the registry also finds removed models.
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
