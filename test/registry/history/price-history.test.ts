import { reset } from 'cloudflare:test'
import { afterEach, describe, expect, it } from 'vitest'
import { MODELS_DEV_URL } from '../../support/registry/fake-source.ts'
import { bytesOf, START, unwrap, withRegistry } from '../../support/registry/opened-registry.ts'
import { pricesOf } from '../../support/registry/prices.ts'
import { sendModelsDev } from '../../support/registry/recorded/models-dev-days.ts'
import { acmeRow, backfillDay, firstDelta, priceDay } from '../../support/sources/models-dev-deltas.ts'

afterEach(reset)

const DAY_1 = '2025-06-04T22:41:51.000Z'
const DAY_2 = '2025-06-05T20:31:32.000Z'
const DAY_3 = '2025-06-07T08:00:00.000Z'
const VARS = { MODELS_DEV_URL }
const flat = (input: number) => ({ input, output: 2, blended: (3 * input + 2) / 4 })

describe('the prices of a backfilled model', () => {
  it('are documented by models.dev, and observed from the first change after the backfill', () =>
    withRegistry(
      async (opened) => {
        const context = { models: { set: { 'acme/one': acmeRow('one', { attachment: true }) } } }
        const days = [backfillDay(DAY_1, firstDelta()), backfillDay(DAY_2, context), priceDay(DAY_3, 3)]
        unwrap(opened.registry.backfill(bytesOf({ days })))
        unwrap(sendModelsDev(opened, { acme: [{ id: 'one', cost: { input: 3, output: 2 } }] }))
        unwrap(sendModelsDev(opened, { acme: [{ id: 'one', cost: { input: 4, output: 2 } }] }, { at: START + 1000 }))
        const documented = { basis: 'documented', source: 'models.dev' }
        const changed = new Date(START + 1000).toISOString()
        expect(pricesOf(opened)).toEqual([
          { from: DAY_1, until: DAY_3, pricing: flat(1), ...documented },
          { from: DAY_3, until: changed, pricing: flat(3), ...documented },
          { from: changed, pricing: flat(4), basis: 'observed' },
        ])
      },
      { vars: VARS },
    ))
})
