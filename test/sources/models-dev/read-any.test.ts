/** Any input is read or refused, and what is read matches the schemas of the registry. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readModelsDev } from '../../../src/sources/models-dev/read-body.ts'
import { ModelFactsSchema } from '../../support/sources/model-facts-schema.ts'
import { modelsDevRow, readBody } from '../../support/sources/models-dev-rows.ts'

const json = fc.jsonValue({ maxDepth: 4 })
/** Names that the reader looks for, and any other. */
const KEYS = ['cost', 'tiers', 'tier', 'size', 'input', 'output', 'modalities', 'limit', 'context', 'type', 'values']
const MORE = ['experimental', 'modes', 'provider', 'body', 'headers', 'api', 'capabilities', 'reasoning', 'status']
const words = fc.constantFrom<unknown>(
  ...KEYS,
  ...MORE,
  'text',
  'context',
  'toggle',
  'effort',
  'high',
  1,
  0,
  -1,
  2e5,
  true,
)
const { value: likely } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 5 }, words, json, fc.array(tie('value'), { maxLength: 3 }), tie('object')),
  object: fc.dictionary(fc.constantFrom(...KEYS, ...MORE), tie('value'), { maxKeys: 5 }),
}))
const row = fc.dictionary(
  fc.constantFrom(...Object.keys(modelsDevRow()), ...MORE, 'canonical_model_id', 'reasoning_options', 'interleaved'),
  likely,
)

describe('readModelsDev() of any JSON', () => {
  it('never throws', () => {
    fc.assert(fc.property(json, (body) => void readModelsDev(body)))
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.record({ models: fc.dictionary(fc.string(), json) })),
        (body) => void readModelsDev(body),
      ),
    )
  })

  it('keeps every row, with facts that the schema accepts', () => {
    fc.assert(
      fc.property(row, (facts) => {
        const { models } = readBody({ acme: { models: { 'acme-1': { ...facts, id: 'acme-1' } } } })
        expect(models).toHaveLength(1)
        for (const model of models) expect(ModelFactsSchema.parse(model.facts)).toEqual(model.facts)
      }),
      { numRuns: 2000 },
    )
  })
})
