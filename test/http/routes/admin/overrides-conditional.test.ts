import { beforeEach, describe, expect, it } from 'vitest'
import { changed, OverridesApp } from '../../../support/http/overrides-app.ts'
import { readProblem } from '../../../support/http/problem-body.ts'
import { historyApp, takeDays } from '../../../support/http/recorded-answers.ts'
import { aaRow } from '../../../support/rows.ts'

let overrides: OverridesApp
const TARGETS = ['models/acme/one', 'providers/acme']
const PUT = { set: { name: 'Other' }, note: 'why' }

beforeEach(async () => {
  const app = historyApp()
  overrides = new OverridesApp(app)
  await takeDays(app, [aaRow({ slug: 'one' })])
})

const expectRefused = (call: () => Promise<Response>) =>
  overrides.expectUntouched(async () => readProblem(await call(), 'precondition-failed'))

describe.each(TARGETS)('a condition on %s', (target) => {
  it('If-Match allows a change while the ETag matches, and no later one', async () => {
    await changed(overrides.put(target, PUT))
    const etag = await overrides.etag(target)
    const headers = { 'if-match': etag }
    await changed(overrides.put(target, { ...PUT, hidden: false }, headers))
    expect(await overrides.etag(target)).not.toBe(etag)
    await expectRefused(() => overrides.put(target, PUT, headers))
    await expectRefused(() => overrides.delete(target, headers))
    await changed(overrides.delete(target, { 'if-match': await overrides.etag(target) }))
  })

  it('If-Match accepts a list, a star and a tag that a proxy weakened, but not another tag', async () => {
    await changed(overrides.put(target, PUT))
    for (const header of ['*', `"other", ${await overrides.etag(target)}`, `W/${await overrides.etag(target)}`])
      await changed(overrides.put(`${target}?dryRun=true`, PUT, { 'if-match': header }))
    for (const header of ['"other"', 'W/"other"', 'override-1', ''])
      await expectRefused(() => overrides.put(target, PUT, { 'if-match': header }))
  })

  it('If-Match fails if there is no override, whatever it names', async () => {
    for (const header of ['*', '"other"', '"override-1"']) {
      await expectRefused(() => overrides.put(target, PUT, { 'if-match': header }))
      await expectRefused(() => overrides.delete(target, { 'if-match': header }))
    }
  })

  it('If-None-Match: * only creates', async () => {
    const headers = { 'if-none-match': '*' }
    await changed(overrides.put(target, PUT, headers))
    await expectRefused(() => overrides.put(target, PUT, headers))
    await expectRefused(() => overrides.delete(target, headers))
    await changed(overrides.delete(target))
    await changed(overrides.put(target, PUT, headers))
  })

  it('also applies to a dry run', async () => {
    await changed(overrides.put(`${target}?dryRun=true`, PUT, { 'if-none-match': '*' }))
    await changed(overrides.put(target, PUT))
    await expectRefused(() => overrides.put(`${target}?dryRun=true`, PUT, { 'if-none-match': '*' }))
    await expectRefused(() => overrides.delete(`${target}?dryRun=true`, { 'if-match': '"other"' }))
  })

  it('fails after the override was deleted and put again', async () => {
    await changed(overrides.put(target, PUT))
    const headers = { 'if-match': await overrides.etag(target) }
    await changed(overrides.delete(target))
    await changed(overrides.put(target, PUT))
    await expectRefused(() => overrides.put(target, PUT, headers))
  })
})

it('does not change the ETag of an override when others change or a pull is accepted', async () => {
  const [model = '', provider = ''] = TARGETS
  await changed(overrides.put(model, PUT))
  const etag = await overrides.etag(model)
  await changed(overrides.put(provider, PUT))
  await changed(overrides.put(`${model}?dryRun=true`, { ...PUT, hidden: true }))
  expect(await overrides.etag(model)).toBe(etag)
  expect(await overrides.etag(provider)).not.toBe(etag)
})
