import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkAfterwards } from '../support/fuzz/afterwards.ts'
import { anyBroken } from '../support/fuzz/any-broken.ts'
import { mutated } from '../support/fuzz/any-nasty.ts'
import { anyRequest } from '../support/fuzz/any-request.ts'
import { fuzzedApp } from '../support/fuzz/fuzzed-app.ts'
import { fuzzing, fuzzTimeout } from '../support/fuzz/fuzzing.ts'
import { admin, onDay } from '../support/http/recorded-answers.ts'
import { BEARER } from '../support/http/registry-app.ts'
import { aaProRow, aaRow, recordedPull } from '../support/rows.ts'

describe('anything that an administrator sends', () => {
  it('gets a response that follows the contract, and leaves a registry that can be read', {
    timeout: fuzzTimeout(),
  }, async () => {
    let fuzzed = await fuzzedApp()
    const { operations, names } = fuzzed
    const changing = operations.filter(({ method }) => method !== 'GET')
    const anyChange = fc.oneof(...changing.map((operation) => anyRequest(operation, names)))
    await fc.assert(
      fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 12 }), async (requests) => {
        fuzzed = await fuzzedApp()
        for (const request of requests) await fuzzed.ask(request)
        await checkAfterwards(fuzzed)
      }),
      fuzzing(25),
    )
  })
})

const anyPull = fc
  .record({
    slugs: fc.uniqueArray(fc.constantFrom('one', 'two', 'é', 'Org/Two:free'), { minLength: 1 }),
    isPro: fc.boolean(),
    pageSize: fc.integer({ min: 1, max: 3 }),
    day: fc.integer({ min: 3, max: 9 }),
  })
  .map(({ slugs, isPro, pageSize, day }) => {
    const rows = slugs.map((slug) => (isPro ? aaProRow({ slug }) : aaRow({ slug })))
    return recordedPull(rows, { pageSize, fetchedAt: onDay(day), tier: isPro ? 'pro' : 'free' })
  })

const anyPullText = fc.oneof(
  anyPull.map((pull) => JSON.stringify(pull)),
  mutated(anyPull).map((pull) => JSON.stringify(pull)),
  anyBroken(anyPull.map((pull) => JSON.stringify(pull))),
)

describe('anything sent as a recorded pull', () => {
  it('is accepted completely or refused completely', { timeout: fuzzTimeout() }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyPullText, { minLength: 1, maxLength: 4 }), async (texts) => {
        const fuzzed = await fuzzedApp()
        for (const body of texts) {
          const request = { method: 'POST', url: '/v1/admin/pulls?force=true', headers: BEARER }
          await fuzzed.ask({ ...request, ...(body !== undefined && { body }) })
        }
        await checkAfterwards(fuzzed)
        // The next pull can build on what was accepted.
        const next = await admin(fuzzed.app, 'POST', '/v1/admin/pulls?force=true', {
          ...recordedPull([aaRow({ slug: 'next' })]),
          fetchedAt: new Date(Date.now() + 60_000).toISOString(),
        })
        expect(next.status, await next.clone().text()).toBe(200)
      }),
      fuzzing(25),
    )
  })
})
