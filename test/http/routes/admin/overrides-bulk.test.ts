import { beforeEach, describe, expect, it } from 'vitest'
import { changed, OverridesApp } from '../../../support/http/overrides-app.ts'
import { readProblem } from '../../../support/http/problem-body.ts'
import { historyApp, takeDays } from '../../../support/http/recorded-answers.ts'
import { aaRow } from '../../../support/rows.ts'

let overrides: OverridesApp

beforeEach(async () => {
  const app = historyApp()
  overrides = new OverridesApp(app)
  await takeDays(app, [aaRow({ slug: 'one' }), aaRow({ slug: 'two' }), aaRow({ slug: 'org/three:free' })])
})

const PUT = { set: { pricing: { input: 5 } }, note: 'Wrong on their page' }

describe('POST many overrides', () => {
  const azure = { provider: 'azure', set: { name: 'Azure' }, note: 'why' }
  const made = { provider: 'azure', value: 'x', inheritFrom: { provider: 'acme', value: 'one' }, note: 'why' }

  it('accepts them as one version, in any order', async () => {
    const answer = await changed(
      overrides.post([made, { provider: 'acme', value: 'two', hidden: true, note: 'why' }, azure]),
    )
    expect(answer).toMatchObject({ outcome: 'committed', seq: 2, changes: { added: 1, removed: 1 } })
    expect(await overrides.history()).toHaveLength(3)
  })

  it('deletes some overrides and puts others', async () => {
    await changed(overrides.post([azure, made]))
    const answer = await changed(
      overrides.post([
        { provider: 'azure', value: 'x', delete: true },
        { provider: 'acme', value: 'one', ...PUT },
      ]),
    )
    expect(answer).toMatchObject({ seq: 3, changes: { added: 0, removed: 1, changed: 1 } })
  })

  it('accepts a thousand', async () => {
    const list = Array.from({ length: 1000 }, (_, index) => ({ ...made, provider: 'acme', value: `m${index}` }))
    expect(await changed(overrides.post(list))).toMatchObject({ seq: 2, changes: { added: 1000 } })
  })

  it('accepts none if one is refused', async () => {
    await overrides.expectUntouched(async () => {
      await readProblem(await overrides.post([azure, { ...made, provider: 'groq' }]), 'conflict')
      await readProblem(await overrides.post([azure, { provider: 'acme', value: 'one', delete: true }]), 'not-found')
      const circle = ['one', 'two', 'one'].map((value) => ({ provider: 'acme', value }))
      const [a, b] = [0, 1].map((index) => ({ ...circle[index], inheritFrom: circle[index + 1], note: 'why' }))
      const problem = await readProblem(await overrides.post([a, b]), 'conflict')
      expect(problem.detail).toContain('acme/one -> acme/two -> acme/one')
    })
  })

  it('distinguishes a provider with a slash from a model', async () => {
    const provider = { provider: 'a/b', set: { name: 'A/B' }, note: 'why' }
    const others = [
      { provider: 'a', set: { name: 'A' }, note: 'why' },
      { provider: 'a', value: 'b', set: { name: 'B' }, note: 'why' },
    ]
    expect(await changed(overrides.post([provider, ...others]))).toMatchObject({ outcome: 'committed' })
  })
})
