/** Anything the registry may be asked to hold, for laws. Small alphabets, so that keys, slugs and names do collide. */
import * as fc from 'fast-check'
import type { Catalogue, Model } from '../../../src/core/schema/model.ts'
import { model, provider } from '../rows.ts'

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((value) => value.trim() === value)
const amount = fc.double({ min: 0, max: 1e9, noNaN: true, noDefaultInfinity: true })
const slug = fc.constantFrom(
  'one',
  'two',
  'glm-4.5',
  'glm-4-5',
  'QwQ-32B',
  'org/model:free',
  '\u{10000}',
  '\uffee',
  'é',
)

const facts = fc.record(
  {
    name: text,
    capabilities: fc.record({ text: fc.boolean(), vision: fc.boolean() }, { requiredKeys: ['text'] }),
    pricing: fc.record({ input: amount, output: amount }, { requiredKeys: ['input'] }),
    metrics: fc.record({ intelligenceIndex: fc.double({ min: -1e9, max: 1e9, noNaN: true, noDefaultInfinity: true }) }),
    releaseDate: fc.constantFrom('2024-02-29', '2026-01-01'),
  },
  { requiredKeys: [] },
)

const anyModel: fc.Arbitrary<Model> = fc
  .tuple(slug, fc.constantFrom('acme', 'globex'), facts)
  .map(([value, providerValue, known]) => model({ value, provider: providerValue, ...known }))

export const anyCatalogue: fc.Arbitrary<Catalogue> = fc.record({
  models: fc.array(anyModel, { maxLength: 6 }),
  providers: fc.array(
    text.map((name) => provider({ name })),
    { maxLength: 3 },
  ),
})

/** The same things in two orders. */
export function inTwoOrders<T>(things: fc.Arbitrary<T[]>): fc.Arbitrary<[T[], T[]]> {
  return things.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })))
}
