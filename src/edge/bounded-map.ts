/**
 * A map with a bound on the total weight of its entries: the least recently used is evicted first. One entry may be
 * pinned: it counts towards the total but is never evicted, even if it exceeds the bound by itself.
 */
export class BoundedMap<V> {
  readonly #entries = new Map<string, { value: V; weight: number }>()
  readonly #maxWeight: number
  #weight = 0
  #newest: string | undefined
  #pinned: string | undefined

  constructor(maxWeight: number) {
    this.#maxWeight = maxWeight
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key)
    // An entry that is read repeatedly is already last and need not be moved.
    if (entry && key !== this.#newest) {
      this.#entries.delete(key)
      this.#entries.set(key, entry)
      this.#newest = key
    }
    return entry?.value
  }

  /** Does not store an entry that does not fit beside the pinned one. */
  set(key: string, value: V, weight: number): void {
    this.#drop(key)
    if (key !== this.#pinned && weight > this.#maxWeight - this.#pinnedWeight()) return
    this.#entries.set(key, { value, weight })
    this.#newest = key
    this.#weight += weight
    this.#trim()
  }

  /** Pins this key in place of the previous one, whether or not it has an entry yet. */
  pin(key: string): void {
    if (key === this.#pinned) return
    this.#pinned = key
    this.#trim()
  }

  #pinnedWeight(): number {
    return (this.#pinned !== undefined && this.#entries.get(this.#pinned)?.weight) || 0
  }

  #trim(): void {
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#maxWeight) return
      if (oldest !== this.#pinned) this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0
    this.#entries.delete(key)
  }
}
