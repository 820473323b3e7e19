import * as fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { anyRequest, type FuzzRequest } from '../support/fuzz/any-request.ts'
import { type FuzzedApp, fuzzedApp } from '../support/fuzz/fuzzed-app.ts'
import { fuzzing, fuzzTimeout } from '../support/fuzz/fuzzing.ts'
import type { Operation } from '../support/fuzz/operations.ts'

let fuzzed: FuzzedApp
let readings: Operation[]

beforeAll(async () => {
  fuzzed = await fuzzedApp({ isOverridden: true })
  readings = fuzzed.operations.filter(({ method }) => method === 'GET')
})

/** A request with any method that changes nothing. */
const anyRead = (operation: Operation): fc.Arbitrary<FuzzRequest> =>
  anyRequest(operation, fuzzed.names).filter(
    ({ method, headers }) =>
      /^(get|head|options)$/i.test(method) || !operation.isAdmin || headers.authorization === undefined,
  )

async function state(): Promise<string> {
  const paths = ['/v1/manifest', '/v1/versions']
  return (await Promise.all(paths.map(async (path) => (await fuzzed.app.get(path)).text()))).join('\n')
}

describe('any request to a route that reads', () => {
  it('gets a response that follows the contract, and changes nothing', { timeout: fuzzTimeout() }, async () => {
    const before = await state()
    for (const operation of readings)
      await fc.assert(
        fc.asyncProperty(anyRead(operation), async (request) => void (await fuzzed.ask(request))),
        fuzzing(50),
      )
    expect(await state()).toBe(before)
  })

  it('succeeds often enough for the test to be meaningful', async () => {
    for (const operation of readings) {
      const requests = fc.sample(anyRead(operation), { seed: 1, numRuns: 40 })
      const answers = await Promise.all(requests.map(({ url, headers }) => fuzzed.app.get(url, headers)))
      const found = answers.filter(({ status }) => status === 200 || status === 304)
      expect(found.length, operation.path).toBeGreaterThan(0)
    }
  })
})
