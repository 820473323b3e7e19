/** Two orders of the same things, for laws. */
import * as fc from 'fast-check'

/** The same things in two orders. */
export function inTwoOrders<T>(things: fc.Arbitrary<T[]>): fc.Arbitrary<[T[], T[]]> {
  return things.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })))
}
