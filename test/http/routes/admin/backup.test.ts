import { evictDurableObject, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Manifest, VersionInfo } from '../../../../src/core/schema/history.ts'
import { Outcome, RegistryStatus } from '../../../../src/core/schema/operations.ts'
import { readFieldErrors, readProblem } from '../../../support/http/problem-body.ts'
import { admin, CORS, historyApp, onDay, priced, readJson, takeDays } from '../../../support/http/recorded-answers.ts'
import { BEARER, testApp } from '../../../support/http/registry-app.ts'
import { linesOf, partsOf, relinked, rowsByTable, textOf } from '../../../support/registry/backup-lines.ts'
import { aaRow, type Facts, recordedPull } from '../../../support/rows.ts'

const MANY: Facts[] = Array.from({ length: 30 }, (_, index) => aaRow({ slug: `m${index}`, name: `ü ${index}` }))
const PATHS = [
  '/v1/versions',
  '/v1/diff?from=2025-03-01&to=2025-03-03',
  '/v1/models/acme/one/history',
  '/v1/providers/acme/history',
  '/v1/models?sort=name',
]
const ADMIN_PATHS = ['/v1/admin/pulls', '/v1/admin/pulls/4']

let app = historyApp()
let backup = ''
let full = ''
/** The response to each path, and the manifest of each commit. */
let answers: Record<string, string>

beforeAll(async () => {
  const commits = await takeDays(app, [priced(1), ...MANY], [priced(2), ...MANY], [priced(1), ...MANY])
  await admin(app, 'POST', '/v1/admin/pulls', recordedPull(MANY.slice(10), { fetchedAt: onDay(4) }))
  backup = await textIn(await admin(app, 'GET', '/v1/admin/export'))
  full = await textIn(await admin(app, 'GET', '/v1/admin/export?payloads=true'))
  answers = await answersOf(commits)
})

beforeEach(resetApp)

/** Not with `text()`, because workerd warns if the type is not text. */
const textIn = async (response: Response) => Buffer.from(await response.arrayBuffer()).toString()

async function resetApp(): Promise<void> {
  await reset()
  app = historyApp()
}

async function answersOf(commits: VersionInfo[]): Promise<Record<string, string>> {
  const answers: Record<string, string> = {}
  for (const { committedAt } of commits)
    answers[committedAt] = await (await app.get(`/v1/manifest?at=${committedAt}`)).text()
  for (const path of PATHS) answers[path] = await (await app.get(path)).text()
  for (const path of ADMIN_PATHS) answers[path] = await (await admin(app, 'GET', path)).text()
  return answers
}

const sendPart = (part: number | string, body: BodyInit) =>
  app.send('POST', `/v1/admin/import?part=${part}`, { headers: BEARER, body })
const wipe = () => admin(app, 'DELETE', '/v1/admin/import')

async function restore(parts: string[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const [index, part] of parts.entries())
    outcomes.push(await readJson(await sendPart(index + 1, part), Outcome.strict()))
  return outcomes
}

async function expectRestored(): Promise<void> {
  const commits = await readJson(await app.get('/v1/versions'), VersionInfo.array())
  expect(await answersOf(commits)).toEqual(answers)
}

describe('GET /v1/admin/export', () => {
  it('streams uncached NDJSON: a header, a line for each commit, a closing line', async () => {
    await restore([backup])
    const response = await app.send('GET', '/v1/admin/export', { headers: { ...BEARER, ...CORS } })
    expect(response.headers.get('content-type')).toBe('application/x-ndjson')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('etag')).toBeNull()
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    const text = await textIn(response)
    expect(text.endsWith('\n')).toBe(true)
    expect(linesOf(text).slice(1)).toHaveLength(linesOf(backup).length - 1)
    expect(JSON.parse(linesOf(text)[0] ?? '')).toMatchObject({ seq: 3 })
  })

  it('includes all payloads only on request', () => {
    expect(rowsByTable(full).payloads?.map(({ id }) => id)).toEqual([1, 2, 3, 4])
    expect(rowsByTable(backup).payloads?.map(({ id }) => id)).toEqual([3, 4])
  })

  it.each(['payloads=yes', 'payloads=', 'payload=true', 'seq=1'])('refuses ?%s', async (query) => {
    const response = await admin(app, 'GET', `/v1/admin/export?${query}`)
    expect(await readFieldErrors(response)).toEqual([query.split('=')[0]])
  })

  it('needs a token', async () => {
    await readProblem(await app.get('/v1/admin/export'), 'unauthorized')
    await readProblem(await app.send('POST', '/v1/admin/import?part=1', { body: backup }), 'unauthorized')
    await readProblem(await app.send('DELETE', '/v1/admin/import'), 'unauthorized')
  })
})

describe('POST /v1/admin/import', () => {
  it.each([1, 3, 20])('restores a registry that answers everything as before, from about %i parts', async (count) => {
    const outcomes = await restore(partsOf(backup, count))
    for (const outcome of outcomes.slice(0, -1)) expect(outcome).toMatchObject({ outcome: 'unchanged' })
    expect(outcomes.at(-1)).toMatchObject({ outcome: 'committed', seq: 3 })
    await expectRestored()
  })

  it('restores payloads', async () => {
    await restore(partsOf(full, 2))
    const payload = await admin(app, 'GET', '/v1/admin/pulls/2/payload')
    const sent = recordedPull([priced(2), ...MANY], { fetchedAt: onDay(2) })
    expect(await payload.json()).toEqual({ source: 'artificial-analysis', ...sent })
  })

  it('is immediately visible to the isolate that sent the last part', async () => {
    await app.get('/v1/manifest')
    await restore([backup])
    expect((await app.get('/v1/manifest')).status).toBe(200)
  })

  it('continues after the object was evicted between parts', async () => {
    for (const [index, part] of partsOf(backup, 3).entries()) {
      expect((await sendPart(index + 1, part)).status).toBe(200)
      await evictDurableObject(env.REGISTRY_DO.getByName('registry'))
    }
    await expectRestored()
  })

  it.each(['part=0', 'part=-1', 'part=1.5', 'part=x', 'part=', ''])('refuses ?%s', async (query) => {
    const response = await app.send('POST', `/v1/admin/import?${query}`, { headers: BEARER, body: backup })
    expect(await readFieldErrors(response)).toEqual(['part'])
  })

  it('refuses a part of more than 16 MB, and accepts one of 16', async () => {
    const [header = ''] = linesOf(backup)
    const lineOf = (number: number, length = 300) =>
      JSON.stringify({
        table: 'creator_providers',
        row: { creator_id: String(number).padStart(300, '0'), provider: 'x'.repeat(length) },
      })
    const size = lineOf(0).length + 1
    const count = Math.floor((16_000_000 - header.length) / size) - 2
    const filled = [header, ...Array.from({ length: count }, (_, index) => lineOf(index))]
    const left = 16_000_000 - textOf(filled).length - 3 * (size - 300)
    const partOf = (more: number) => {
      const lengths = [0, 1, 2].map((number) => Math.floor((left + more + number) / 3))
      return textOf([...filled, ...lengths.map((length, number) => lineOf(count + number, length))])
    }
    expect(partOf(0)).toHaveLength(16_000_000)
    await readProblem(await sendPart(1, partOf(1)), 'too-large')
    expect((await status()).warnings.map(({ code }) => code)).not.toContain('restoring')
    expect((await sendPart(1, partOf(0))).status).toBe(200)
  })

  it('refuses a body that is not UTF-8', async () => {
    expect(await readFieldErrors(await sendPart(1, new Uint8Array([0x7b, 0xff, 0x7d, 0x0a])))).toEqual(['body'])
  })

  it('refuses a part out of order, and a part after a complete backup', async () => {
    const [first = '', second = ''] = partsOf(backup, 2)
    await readProblem(await sendPart(2, second), 'conflict')
    await sendPart(1, first)
    await readProblem(await sendPart(3, second), 'conflict')
    await readFieldErrors(await sendPart(2, `${second}${first}`))
    expect((await sendPart(2, second)).status).toBe(200)
    await expectRestored()
  })

  it('refuses a registry that is not empty', async () => {
    await takeDays(app, [priced(9)])
    await readProblem(await sendPart(1, backup), 'conflict')
    expect((await readJson(await app.get('/v1/manifest'), Manifest)).models).toHaveLength(1)
  })

  it.each<[string, () => string]>([
    ['is truncated', () => backup.slice(0, -1)],
    ['has another byte', () => backup.replace('ü 7', 'ü 8')],
    ['lacks a line', () => textOf(linesOf(backup).toSpliced(9, 1))],
    ['is of an unknown format', () => relinked([{ ...JSON.parse(linesOf(backup)[0] ?? ''), format: 'x' }])],
    ['is of a newer format', () => relinked([{ ...JSON.parse(linesOf(backup)[0] ?? ''), formatVersion: 99 }])],
    ['names an unknown table', () => relinked([linesOf(backup)[0] ?? '', { table: 'x; drop table pulls', row: {} }])],
  ])('refuses a backup that %s, and the registry stays empty and usable', async (_what, text) => {
    expect(await readFieldErrors(await sendPart(1, text()))).toEqual(['body'])
    expect(await (await app.get('/v1/versions')).json()).toEqual([])
    await restore([backup])
    await expectRestored()
  })
})

const status = async () => readJson(await app.get('/v1/status'), RegistryStatus)

describe('while a backup is being restored', () => {
  const READS = [
    ...['/v1/manifest', '/v1/version', '/v1/providers', '/v1/providers/acme', '/v1/providers/acme/models'],
    ...['/v1/models', '/v1/models/search?minIq=1', '/v1/models/acme/one', '/v1/versions', '/v1/versions/00000000'],
    ...['/v1/models/acme/one/history', '/v1/providers/acme/history', '/v1/diff?from=2025-03-01'],
    ...['/v1/manifest?at=2025-03-01', '/v1/manifest?version=00000000'],
  ]
  const ADMIN: [string, string, unknown?][] = [
    ['POST', '/v1/admin/refresh'],
    ['POST', '/v1/admin/pulls', recordedPull([priced(1)], { fetchedAt: onDay(9) })],
    ['POST', '/v1/admin/pulls/4/accept'],
    ['POST', '/v1/admin/pulls/4/reject'],
    ['POST', '/v1/admin/rollback', { version: 'v1.000000000000', reason: 'why' }],
    ['DELETE', '/v1/admin/rollback'],
    ['GET', '/v1/admin/export'],
    ['GET', '/v1/admin/pulls'],
    ['GET', '/v1/admin/pulls/1'],
    ['GET', '/v1/admin/pulls/1/payload'],
  ]
  /** All lines except the closing line. */
  const whole = () => textOf(linesOf(full).slice(0, -1))

  beforeEach(async () => {
    expect((await sendPart(1, whole())).status).toBe(200)
  })

  it.each(READS)('GET %s answers 503', async (path) => {
    await readProblem(await app.get(path), 'restoring')
  })

  it.each(ADMIN)('%s %s answers 503', async (method, path, body) => {
    const response = await admin(app, method, path, body)
    expect(response.status).toBe(503)
    await readProblem(response, 'restoring')
  })

  it('status, health and documents are available', async () => {
    for (const path of ['/health', '/openapi.json', '/docs']) expect((await app.get(path)).status, path).toBe(200)
    const { version, warnings } = await status()
    expect(version).toBeUndefined()
    expect(warnings.map(({ code }) => code)).toContain('restoring')
  })

  it('the last part opens it', async () => {
    expect(await readJson(await sendPart(2, `${linesOf(full).at(-1)}\n`), Outcome)).toMatchObject({ seq: 3 })
    await expectRestored()
  })

  it('DELETE wipes the parts restored so far', async () => {
    expect(await readJson(await wipe(), Outcome.strict())).toMatchObject({ outcome: 'unchanged' })
    expect(await (await app.get('/v1/versions')).json()).toEqual([])
    expect(await (await admin(app, 'GET', '/v1/admin/pulls')).json()).toEqual([])
    await readProblem(await app.get('/v1/manifest'), 'empty-registry')
    await restore([backup])
    await expectRestored()
  })
})

describe('DELETE /v1/admin/import', () => {
  it('is refused if no restore is in progress', async () => {
    await readProblem(await wipe(), 'conflict')
    await restore([backup])
    await readProblem(await wipe(), 'conflict')
    await expectRestored()
    expect((await testApp().get('/v1/manifest')).status).toBe(200)
  })
})
