/** Chance that is the same in every run: Mulberry32, fast enough for millions of numbers. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed
  }

  /** A number from 0 up to 1, not including 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  between(low: number, high: number, digits: number): number {
    return Number((low + (high - low) * this.next()).toFixed(digits))
  }

  /** A whole number from 0 up to `count`, not including it. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  /** `count` different ones of the items, or all of them if there are fewer. */
  pick<T>(items: readonly T[], count: number): T[] {
    const left = [...items]
    const picked: T[] = []
    while (picked.length < count && left.length > 0) picked.push(...left.splice(this.below(left.length), 1))
    return picked
  }
}
