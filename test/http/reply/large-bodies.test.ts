import { beforeAll, describe, expect, it } from 'vitest'
import { BEARER, type TestApp, testApp } from '../../support/http/registry-app.ts'
import { aaRow, recordedPull } from '../../support/rows.ts'

/** More than a megabyte of JSON. */
const MODELS = 2500
const LISTS = ['/v1/manifest', '/v1/models', '/v1/models?limit=300']

let app: TestApp

async function take(day: number): Promise<void> {
  const rows = Array.from({ length: MODELS }, (_, at) =>
    aaRow({ slug: `m${at}`, name: `Mödel, ${at}`, pricing: { price_1m_input_tokens: day } }),
  )
  await app.take(recordedPull(rows, { fetchedAt: `2026-06-0${day}T00:00:00.000Z` }))
}

async function textOf(path: string): Promise<string> {
  const response = await app.get(path)
  return response.text()
}

beforeAll(async () => {
  app = testApp()
  await take(1)
  await take(2)
})

describe('a large body', () => {
  it.each(LISTS)('is whole for each reader, whoever goes away: %s', async (path) => {
    const whole = await textOf(path)
    JSON.parse(whole)
    const responses = await Promise.all(Array.from({ length: 6 }, () => app.get(path)))
    const [unread, begun, ...others] = responses
    await unread?.body?.cancel()
    const reader = begun?.body?.getReader()
    await reader?.read()
    await reader?.cancel('gone')
    await app.send('HEAD', path)
    const texts = await Promise.all(others.map((response) => response.text()))
    expect(texts.every((text) => text === whole)).toBe(true)
    expect((await textOf(path)) === whole).toBe(true)
  })
})

describe('answers that were given before', () => {
  it('follow a commit and a rollback, whatever they were asked as of', async () => {
    const { version } = JSON.parse(await textOf('/v1/version'))
    const today = new Date().toISOString().slice(0, 10)
    const model = '/v1/models/acme/m0'
    const content = [model, `${model}?at=2099-01-01`, `${model}?at=${today}`, '/v1/manifest', '/v1/models?limit=2']
    const paths = [...content, `${model}/prices`, `${model}/history`, '/v1/versions', '/v1/diff?from=2026-06-01']
    const readAll = async () => {
      for (const path of paths) await textOf(path)
      return Promise.all(paths.map(textOf))
    }
    const before = await readAll()
    await take(3)
    const after = await readAll()
    expect(paths.filter((_, at) => after[at] === before[at])).toEqual([])
    const body = JSON.stringify({ version, reason: 'The newest prices are wrong' })
    expect((await app.send('POST', '/v1/admin/rollback', { headers: BEARER, body })).status).toBe(200)
    const rolledBack = await readAll()
    expect(content.filter((_, at) => rolledBack[at] !== before[at])).toEqual([])
  })
})
