import { describe, expect, it } from 'vitest'
import { ownModelsOf } from '../../../src/core/build/own-models.ts'
import { sourcePull, statement } from '../../support/rows.ts'

const served = (provider: string, api: string, value: string, facts = {}) =>
  statement({ ...{ provider, value, creator: { id: api, name: api } }, ...facts })

describe('ownModelsOf()', () => {
  it("keeps the language models of each provider's first own API", () => {
    const pull = sourcePull([
      served('a', 'a-api', 'a1'),
      served('a', 'a-other', 'a1'),
      served('a', 'a-other', 'a2'),
      served('c', 'host', 'c1', { firstParty: false }),
      served('b', 'b-api', 'picture', { capabilities: { text: false } }),
    ])
    const own = ownModelsOf(pull)
    expect(own.statements).toEqual(pull.statements.slice(0, 1))
    expect(own).toMatchObject({ source: pull.source, attribution: pull.attribution })
  })
})
