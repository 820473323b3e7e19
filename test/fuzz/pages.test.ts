import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { pages } from '../../src/http/pages/pages.ts'
import { anyNastyText } from '../support/fuzz/any-nasty.ts'
import { type FuzzedApp, fuzzedApp } from '../support/fuzz/fuzzed-app.ts'
import { fuzzing, fuzzTimeout } from '../support/fuzz/fuzzing.ts'
import { checkPage } from '../support/http/check-page.ts'

const PARAMETERS = [
  ...['q', 'provider', 'lab', 'type', 'capability', 'firstParty', 'openWeights', 'minContextWindow', 'maxInputPrice'],
  ...['sort', 'col', 'page', 'at', 'version', 'm', 'from', 'to', 'before', 'quality', 'model', 'usage', 'mode', 'next'],
  ...['input', 'output', 'requests', 'cached'],
]
const LIKELY = [
  'true',
  'acme',
  'acme/one',
  'acme/nobody',
  '-iq',
  'vision',
  'name',
  '1',
  '2',
  '0',
  '-1',
  '1e9',
  '2025-03-01',
]

let fuzzed: FuzzedApp
beforeAll(async () => {
  fuzzed = await fuzzedApp({ isOverridden: true })
})

const encode = (text: string): string => encodeURIComponent(text.toWellFormed())
const anyText = fc.oneof(fc.constantFrom(...LIKELY), anyNastyText)
const anyPair = fc
  .tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PARAMETERS) }, { weight: 1, arbitrary: anyText }), anyText)
  .map(([name, value]) => `${encode(name)}=${encode(value)}`)
const anyQuery = fc.array(anyPair, { maxLength: 4 }).map((pairs) => (pairs.length > 0 ? `?${pairs.join('&')}` : ''))

function anyAddress(path: string): fc.Arbitrary<string> {
  const parts = path.split(/(:\w+(?:\{[^}]*\})?)/).map((part) => (part.startsWith(':') ? anyPart : fc.constant(part)))
  return fc.tuple(fc.tuple(...parts), anyQuery).map(([named, query]) => named.join('') + query)
}
const anyPart = fc.oneof(fc.constantFrom('acme', 'one', 'é', 'Org/Two:free', 'gone'), anyNastyText).map(encode)

describe('whatever is asked of a page', () => {
  it.each(pages.map(({ path }) => path))(
    'is answered by %s without a failure of the registry',
    {
      timeout: fuzzTimeout(),
    },
    async (path) => {
      await fc.assert(
        fc.asyncProperty(anyAddress(path), async (address) => {
          const response = await fuzzed.app.get(address, { accept: 'text/html' })
          expect(response.status, address).toBeLessThan(500)
          if (response.headers.get('content-type')?.startsWith('text/html')) await checkPage(response, address)
        }),
        fuzzing(40),
      )
    },
  )
})
