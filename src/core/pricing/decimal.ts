/**
 * Exact sums and products of decimals. A double is read as its shortest decimal form: 0.1 is one tenth, as in the price
 * list it was copied from. Nothing is rounded before `numberOf`. Pure.
 */

/** `digits` divided by ten to the power of `scale`. */
export type Decimal = readonly [digits: bigint, scale: number]

export const ZERO: Decimal = [0n, 0]

/** `value` must be finite and not negative. */
export function decimalOf(value: number): Decimal {
  const [digits = '', exponent = '0'] = String(value).split('e')
  const [whole = '', fraction = ''] = digits.split('.')
  return [BigInt(whole + fraction), fraction.length - Number(exponent)]
}

export function times([digits, scale]: Decimal, [otherDigits, otherScale]: Decimal): Decimal {
  return [digits * otherDigits, scale + otherScale]
}

export function plus(one: Decimal, other: Decimal): Decimal {
  const scale = Math.max(one[1], other[1])
  return [digitsAt(scale, one) + digitsAt(scale, other), scale]
}

/** The nearest double. This is the only rounding. */
export function numberOf([digits, scale]: Decimal): number {
  return Number(`${digits}e${-scale}`)
}

function digitsAt(scale: number, [digits, own]: Decimal): bigint {
  return digits * 10n ** BigInt(scale - own)
}
