import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { bytesOf, START, withRegistry } from '../../support/registry/opened-registry.ts'
import { current } from '../../support/registry/overriding.ts'
import { modelsDevBody, modelsDevRow } from '../../support/sources/models-dev-rows.ts'

afterEach(reset)

const ON = { vars: { MODELS_DEV_URL: 'https://models.example/api.json' } }

/** A provider with one row that can be read, and one that cannot. */
const listing = (id: string) =>
  modelsDevBody(undefined, { id, models: { a: modelsDevRow({ id: 'a' }), odd: 'not an object' } })

describe('rejected rows', () => {
  it('are counted with an example, in the record of the pull and in the status', () =>
    withRegistry(async (opened) => {
      const pages = [{ ...listing('alpha'), ...listing('beta') }]
      const pull = { source: 'models.dev', fetchedAt: new Date(START).toISOString(), pages }
      opened.registry.importPull(bytesOf(pull), false)
      expect(current(opened).models).toHaveLength(2)
      const rows = { field: 'row', count: 2, example: 'alpha/odd is not an object' }
      expect(opened.pulls()[0]?.unread).toContainEqual(rows)
      expect(opened.registry.status().sources['models.dev']?.unread).toContainEqual(rows)
    }, ON))
})
