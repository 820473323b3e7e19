/** Hostile input for a service: text, numbers and JSON that break naive code. */
import * as fc from 'fast-check'

/** Text with something wrong with it; some has no UTF-8 form. */
export const anyNastyText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '\0', 'a\0b', '\n', '\r\n', '\u007f', '\u0085', '\u2028', '\ufeff', '\u202e', '\ufffd', '\uffff'],
    ...['\ud800', '\udfff', 'a\ud83d', '\udc00\ud800', '\u{10ffff}', '\u{1f600}', 'e\u0301', 'İ', 'ß', '٣', '１'],
    ...['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'then', 'toJSON', 'length', '$defs'],
    ...['.', '..', '../..', '/', '//', '\\', '%', '%00', '%zz', '%2F', '%252F', '?', '#', '&', '=', '+', ';', ',', '*'],
    ...["'", '"', '`', "' or 1=1 --", '"; drop table versions; --', '{{7*7}}', '<script>', '\u001b[31m'],
    ...['null', 'undefined', 'NaN', 'Infinity', '-Infinity', 'true', '[object Object]', '0', '-0', '-1', '1e309'],
    ...['0x10', '1_000', '01', '1.', '.5', ' 1', '1 ', '9007199254740993', '99999999999999999999', '1'.repeat(400)],
    ...['0000-00-00', '2025-02-30', '9999-12-31', '+275760-09-13', '2025-03-01T24:00:00Z', '2025-03-01T00:00+99:99'],
    ...['v1.', 'v1.00000000', 'v1.zzzzzzzzzzzz', '"', '""', 'W/"', '00000000', 'f'.repeat(32), 'f'.repeat(33)],
    ...['x'.repeat(301), 'é'.repeat(2001), '('.repeat(150), '()'.repeat(150), 'a'.repeat(5000), ' '.repeat(5000)],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('\ud800', '\udc00', 'a', '%', '\0', '"', '\\', '/', '('), maxLength: 20 }),
)

/** A JSON value that a schema does not expect. */
export const anyNastyJson: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyNastyText },
  {
    weight: 4,
    arbitrary: fc.constantFrom<unknown>(
      ...[null, true, false, 0, -0, -1, 1.5, 5e-324, 1e308, -1e308, 2 ** 53, -(2 ** 53) - 1, 1e21, 0.1 + 0.2],
      ...[{}, [], [[]], [null], [{}], { toJSON: 1 }, { length: 1e9 }, Array.from({ length: 2000 }, () => '')],
      ...[nested(50), nested(500), poisoned({ polluted: true }), { constructor: { prototype: { polluted: true } } }],
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
)

/** An array within an array, and so on, this many levels deep. */
function nested(depth: number): unknown {
  let json: unknown = 1
  for (let level = 0; level < depth; level++) json = [json]
  return json
}

/** An object with `__proto__` as an own member, as `JSON.parse` creates it. */
function poisoned(member: unknown): object {
  return Object.defineProperty({}, '__proto__', { value: member, enumerable: true, configurable: true })
}

interface Mutation {
  /** The index of the place in the value. */
  place: number
  kind: 'replace' | 'drop' | 'add' | 'rename' | 'repeat' | 'poison'
  text: string
  json: unknown
}

const anyMutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(10_000),
  kind: fc.constantFrom('replace', 'replace', 'drop', 'add', 'rename', 'repeat', 'poison'),
  text: anyNastyText,
  json: anyNastyJson,
})

/** The values of an arbitrary, each with up to three errors. */
export function mutated(json: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(json, fc.array(anyMutation, { minLength: 1, maxLength: 3 }))
    .map(([value, mutations]) => mutations.reduce<unknown>(mutate, value))
}

function mutate(root: unknown, { place, kind, text, json }: Mutation): unknown {
  // Arbitraries may share values between runs.
  const holder = { root: structuredClone(root) }
  const places = placesOf(holder)
  const { owner, key } = places[place % places.length] ?? { owner: holder, key: 'root' }
  const set = (name: string, value: unknown) =>
    Object.defineProperty(owner, name, { value, enumerable: true, configurable: true, writable: true })
  const value: unknown = Reflect.get(owner, key)
  if (kind === 'replace' || owner === holder) set(key, json)
  else if (kind === 'repeat')
    set(
      key,
      Array.from({ length: 3 }, () => value),
    )
  else if (kind === 'poison') set('__proto__', json)
  else if (!Array.isArray(owner)) {
    if (kind !== 'add') Reflect.deleteProperty(owner, key)
    if (kind === 'add') set(text, json)
    if (kind === 'rename') set(text, value)
  }
  return holder.root
}

/** Every member of every object and array in a value. */
function placesOf(owner: object): { owner: object; key: string }[] {
  return Object.entries(owner).flatMap(([key, value]) => [
    { owner, key },
    ...(typeof value === 'object' && value !== null && key !== '__proto__' ? placesOf(value) : []),
  ])
}
