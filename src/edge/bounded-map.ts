/** A map that forgets what was used longest ago once its entries together weigh more than it may hold. */
export class BoundedMap<V> {
  readonly #entries = new Map<string, { value: V; weight: number }>()
  readonly #maxWeight: number
  #weight = 0
  #newest: string | undefined

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

  set(key: string, value: V, weight: number): void {
    this.#drop(key)
    this.#entries.set(key, { value, weight })
    this.#newest = key
    this.#weight += weight
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#maxWeight || oldest === key) break
      this.#drop(oldest)
    }
  }

  #drop(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0
    this.#entries.delete(key)
  }
}
