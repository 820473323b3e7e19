import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { NEWEST, sendProblem, wholeOf } from '../../support/client/fake-registry.ts'
import { connect, startFake } from '../../support/client/fixture.ts'
import { catalogue, numbered } from '../../support/client/published-versions.ts'

const run = promisify(execFile)
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llm-registry-'))
  vi.stubEnv('XDG_CACHE_HOME', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

const files = () => readdirSync(join(folder, 'llm-registry'))
const onlyFile = () => join(folder, 'llm-registry', files().find((name) => name.endsWith('.json')) ?? 'none.json')
const spoil = (change: (text: string) => string) => writeFileSync(onlyFile(), change(readFileSync(onlyFile(), 'utf8')))
const pass = (milliseconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })

async function filled() {
  const fake = await startFake()
  await connect(fake, { cache: 'fs' }).getModels()
  fake.takeAsked()
  return fake
}

describe('the cache file', () => {
  it('serves the next process until the same time as the current one', async () => {
    const fake = await filled()
    const { data, cached, stale } = await connect(fake, { cache: 'fs' }).getManifest()
    expect({ data, cached, stale }).toEqual({ data: fake.current.manifest, cached: true, stale: false })
    expect(fake.asked).toEqual([])
    pass(600_001)
    expect((await connect(fake, { cache: 'fs' }).getManifest()).cached).toBe(true)
    expect(fake.asked).toEqual([NEWEST])
  })

  it('is revalidated once by a process without automatic refresh', async () => {
    const fake = await filled()
    const registry = connect(fake, { cache: 'fs', autoRefreshInterval: 0 })
    await registry.getModels()
    await registry.getModels()
    expect(fake.asked).toEqual([NEWEST])
  })

  it('with a time in the future is not trusted: the registry is asked', async () => {
    const fake = await filled()
    pass(-3_600_000)
    await connect(fake, { cache: 'fs' }).getModels()
    expect(fake.asked).toEqual([NEWEST])
  })

  it('is served stale when the registry is unreachable', async () => {
    const fake = await filled()
    await fake.close()
    pass(600_001)
    const { data, stale } = await connect(fake, { cache: 'fs' }).getManifest()
    expect({ data, stale }).toEqual({ data: fake.current.manifest, stale: true })
  })

  it.each<[string, (text: string) => string]>([
    ['was truncated', (text) => text.slice(0, -30)],
    ['is empty', () => ''],
    ['holds another price', (text) => text.replace('"input":1', '"input":2')],
    ['holds another etag', (text) => text.replace(/"etag":"\\"./, (start) => `${start.slice(0, -1)}g`)],
    ['holds something else', () => '{"checkedAt":1,"manifest":{"models":[]}}'],
    ['is not JSON', () => '<html>'],
  ])('that %s is discarded and rewritten', async (_, change) => {
    const fake = await startFake(catalogue([numbered(1)]))
    await connect(fake, { cache: 'fs' }).getModels()
    const whole = JSON.parse(readFileSync(onlyFile(), 'utf8')).manifest
    spoil(change)
    fake.takeAsked()
    const { data, cached } = await connect(fake, { cache: 'fs' }).getManifest()
    expect({ data, cached }).toEqual({ data: fake.current.manifest, cached: false })
    expect(fake.asked).toEqual([NEWEST, wholeOf(fake.current)])
    expect(JSON.parse(readFileSync(onlyFile(), 'utf8')).manifest).toEqual(whole)
  })

  it('is where `auto` puts it in Node.js, readable by its user only, with no other file next to it', async () => {
    const fake = await startFake()
    await connect(fake, { cache: 'auto' }).getModels()
    expect(files()).toHaveLength(1)
    if (process.platform !== 'win32') expect(statSync(onlyFile()).mode & 0o777).toBe(0o600)
  })

  it('is found even if Node.js modules can only be imported', async () => {
    vi.stubGlobal('process', Object.assign(Object.create(process), { getBuiltinModule: undefined }))
    const fake = await filled()
    expect((await connect(fake, { cache: 'fs' }).getModels()).cached).toBe(true)
    vi.unstubAllGlobals()
    expect(files()).toHaveLength(1)
  })

  it('is separate for each registry and each pinned version, which no longer needs the registry', async () => {
    const [one, other] = [await filled(), await startFake()]
    await connect(other, { cache: 'fs' }).getModels()
    const { version } = one.current.manifest
    await connect(one, { cache: 'fs', version }).getModels()
    expect(files()).toHaveLength(3)
    await one.close()
    const { data, cached, stale } = await connect(one, { cache: 'fs', version }).getManifest()
    expect({ data, cached, stale }).toEqual({ data: one.current.manifest, cached: true, stale: false })
  })

  it('that was read with a token is not used by a client without one', async () => {
    const fake = await startFake()
    await connect(fake, { cache: 'fs', headers: { authorization: 'Bearer good' } }).getModels()
    fake.misbehave = (_path, response) => sendProblem(response, 401, 'unauthorized', 'a token is needed')
    for (const headers of [undefined, { authorization: 'Bearer bad' }, () => ({ authorization: 'Bearer bad' })]) {
      const { data, error } = await connect(fake, { cache: 'fs', ...(headers && { headers }) }).getModels()
      expect(data).toBeUndefined()
      expect(error).toMatchObject({ code: 'unauthorized' })
    }
  })

  it('that was read with a token is used once the registry has accepted the token again', async () => {
    const fake = await startFake()
    const headers = { authorization: 'Bearer good' }
    await connect(fake, { cache: 'fs', headers }).getModels()
    fake.takeAsked()
    const registry = connect(fake, { cache: 'fs', headers })
    expect((await registry.getManifest()).cached).toBe(true)
    expect((await registry.getManifest()).cached).toBe(true)
    expect(fake.asked).toEqual([NEWEST])
    await fake.close()
    expect((await connect(fake, { cache: 'fs', headers }).getManifest()).stale).toBe(true)
  })

  it('is shared between a base URL with and without a trailing slash', async () => {
    const fake = await filled()
    expect((await connect({ url: `${fake.url}/` }, { cache: 'fs' }).getModels()).cached).toBe(true)
  })

  it('does not reappear after clearCache because of a pending write', async () => {
    const fake = await startFake()
    const registry = connect(fake, { cache: 'fs' })
    for (let time = 0; time < 20; time++) {
      const read = registry.getModels()
      await vi.waitFor(() => expect(files()).not.toEqual([]), { interval: 0 })
      await registry.clearCache()
      await read
      expect(files()).toEqual([])
    }
  })

  it('is deleted by clearCache', async () => {
    const fake = await filled()
    await connect(fake, { cache: 'fs' }).clearCache()
    expect(files()).toEqual([])
  })

  it('that cannot be written is ignored', async () => {
    writeFileSync(join(folder, 'llm-registry'), 'a file where the folder should be')
    const fake = await startFake()
    const registry = connect(fake, { cache: 'fs' })
    expect((await registry.getManifest()).data).toEqual(fake.current.manifest)
    expect((await registry.getModels()).cached).toBe(true)
    await registry.clearCache()
  })
})

describe('two processes with one cache file', () => {
  it('never read a partial file, nor a version that never existed', async () => {
    const fake = await startFake(catalogue([numbered(1)]))
    const program = fileURLToPath(new URL('../../support/client/cache-user.ts', import.meta.url))
    let running = true
    const users = Promise.all([1, 2].map(() => run(process.execPath, [program, fake.url, '40']))).finally(() => {
      running = false
    })
    let whole = 0
    for (let number = 2; running; number++) {
      fake.commit(catalogue([numbered(number)]))
      await new Promise((resolve) => setTimeout(resolve, 5))
      try {
        JSON.parse(readFileSync(onlyFile(), 'utf8'))
        whole += 1
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error // the file does not exist yet
      }
    }
    const published = fake.commits.map(({ manifest }) => manifest.version)
    for (const { stdout } of await users) {
      const seen: string[] = JSON.parse(stdout)
      expect(seen).toHaveLength(80)
      expect(published).toEqual(expect.arrayContaining(seen))
    }
    expect(whole).toBeGreaterThan(0)
    expect(files()).toHaveLength(1)
  })
})
