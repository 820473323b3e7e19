/** The parts of a version, for reads of single providers and models, wherever their bytes are. */
import type { ManifestIndex, Range } from '../../core/schema/history.ts'
import type { Model } from '../../core/schema/model.ts'
import { modelsIn } from '../../core/search/columns/placed-models.ts'

/** The providers whose parts a read needs. Verifying all of them takes longer than most first responses. */
export type Need = 'all' | readonly string[]

export abstract class VersionParts {
  readonly index: ManifestIndex
  readonly #ranges = new Map<string, ReadonlyMap<string, Range>>()

  constructor(index: ManifestIndex) {
    this.index = index
  }

  /** Whether these parts, or all, match their digests. Providers that the version does not have count as matching. */
  abstract proves(parts: Need): boolean
  /** Canonical JSON of a provider. */
  abstract provider(value: string): Uint8Array | undefined
  /** Canonical JSON of a provider's models, without the brackets of the list. */
  abstract models(provider: string): Uint8Array | undefined
  /** The bytes that a part's digest covers. */
  abstract part(provider: string): Uint8Array | undefined

  has(provider: string): boolean {
    return Object.hasOwn(this.index.parts, provider)
  }

  /** Canonical JSON of a model. */
  model(provider: string, value: string): Uint8Array | undefined {
    const range = (this.#ranges.get(provider) ?? this.#findModels(provider)).get(value)
    return range && this.models(provider)?.subarray(...range)
  }

  /** A provider's models, parsed; empty if there is no such provider. */
  modelsOf(provider: string): Model[] {
    const list = this.models(provider)
    return list ? modelsIn(list, [0, list.byteLength]).map(({ model }) => model) : []
  }

  #findModels(provider: string): ReadonlyMap<string, Range> {
    const list = this.models(provider)
    if (!list) return new Map()
    const found = new Map(modelsIn(list, [0, list.byteLength]).map(({ model, range }) => [model.value, range]))
    this.#ranges.set(provider, found)
    return found
  }
}
