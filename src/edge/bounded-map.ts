/**
 * A map whose entries together never weigh more than it may hold: what was used longest ago is dropped first. One entry
 * may be pinned: it counts, but stays whatever else is added, even where it alone is too heavy.
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
    // What is asked for again and again is last already, and need not be moved there.
    if (entry && key !== this.#newest) {
      this.#entries.delete(key)
      this.#entries.set(key, entry)
      this.#newest = key
    }
    return entry?.value
  }

  /** Holds nothing that does not fit beside what is pinned. */
  set(key: string, value: V, weight: number): void {
    this.#drop(key)
    if (key !== this.#pinned && weight > this.#maxWeight - this.#pinnedWeight()) return
    this.#entries.set(key, { value, weight })
    this.#newest = key
    this.#weight += weight
    this.#trim()
  }

  /** Pins this key instead of the one before, whether or not it is held yet. */
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
