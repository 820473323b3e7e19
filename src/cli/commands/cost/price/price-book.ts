/** The prices of all models of a file: each is asked for once, and rows after the first find it at once. */
import type { UsageRow } from '../formats/usage-row.ts'
import type { ModelAsk, ModelEntry } from './model-prices.ts'

export interface PriceSource {
  fetch(ask: ModelAsk): Promise<ModelEntry>
}

export class PriceBook {
  readonly #source: PriceSource
  readonly #entries = new Map<string, Map<string, ModelEntry>>()

  constructor(source: PriceSource) {
    this.#source = source
  }

  /** Undefined as long as it was not asked for. */
  find({ model, provider = '' }: Pick<UsageRow, 'model' | 'provider'>): ModelEntry | undefined {
    return this.#entries.get(provider)?.get(model)
  }

  async load({ model, provider, span }: Pick<UsageRow, 'model' | 'provider' | 'span'>): Promise<ModelEntry> {
    const entry = await this.#source.fetch({ model, provider, at: span.from })
    const ofProvider = this.#entries.get(provider ?? '') ?? new Map<string, ModelEntry>()
    this.#entries.set(provider ?? '', ofProvider.set(model, entry))
    return entry
  }
}
