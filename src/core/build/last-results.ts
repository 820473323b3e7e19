/**
 * Memoizes the last results: they are reused if their inputs are the same objects, which must be immutable. Pure except
 * for the memory, which belongs to its caller.
 */

interface Result<Value> {
  inputs: readonly unknown[]
  value: Value
}

export class LastResults<Value> {
  #last = new Map<string, Result<Value>>()
  #next = new Map<string, Result<Value>>()

  turn(): void {
    this.#last = this.#next
    this.#next = new Map()
  }

  /** The last result under this key if it was made of the same inputs, else a new one, which may reuse parts of the last. */
  take(key: string, inputs: readonly unknown[], make: (last: Value | undefined) => Value): Value {
    const last = this.#last.get(key)
    const result = last && areSame(last.inputs, inputs) ? last : { inputs, value: make(last?.value) }
    this.#next.set(key, result)
    return result.value
  }
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((input, at) => input === b[at])
}
