/**
 * The ids seen so far, in 16 bytes each: a million of them as strings would take a hundred times the memory of everything
 * else. In one of ten thousand files with a million ids, two ids collide.
 */
import { hash } from 'node:crypto'

/** As many as a double holds exactly. */
const DIGITS = 13
const FIRST_SIZE = 1024

export class IdSet {
  /** 0 is a free slot. */
  #slots = new Float64Array(FIRST_SIZE)
  #count = 0

  /** Whether it was already in the set. */
  add(id: string): boolean {
    const number = numberOf(id)
    const slot = this.#slotOf(number)
    if (this.#slots[slot] === number) return true
    this.#slots[slot] = number
    this.#count++
    if (this.#count * 2 > this.#slots.length) this.#grow()
    return false
  }

  #slotOf(number: number): number {
    let slot = number % this.#slots.length
    while (this.#slots[slot] !== 0 && this.#slots[slot] !== number) slot = (slot + 1) % this.#slots.length
    return slot
  }

  #grow(): void {
    const before = this.#slots
    this.#slots = new Float64Array(2 * before.length)
    for (const number of before) if (number !== 0) this.#slots[this.#slotOf(number)] = number
  }
}

function numberOf(id: string): number {
  return Number.parseInt(hash('sha256', id, 'hex').slice(0, DIGITS), 16) || 1
}
