/** Stores that never respond, and runtimes that ask their user for permission first. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { connect, startFake } from '../../support/client/fixture.ts'
import { model, provider } from '../../support/rows.ts'

const MAKE_PIPE = 'mkfifo'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'llm-registry-'))
  vi.stubEnv('XDG_CACHE_HOME', folder)
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
  rmSync(folder, { recursive: true, force: true })
})

const byValue = (a: { value: string }, b: { value: string }) => (a.value < b.value ? -1 : 1)

const modes = [
  ['the manifest', {}],
  ['parts', { providers: ['acme'] }],
] as const

describe.skipIf(process.platform === 'win32')('a pipe instead of a cache file', () => {
  it.each(modes)('of %s is treated as a missing file, and is replaced', async (_, mode) => {
    const fake = await startFake()
    await connect(fake, { cache: 'fs', ...mode }).getModels()
    const files = join(folder, 'llm-registry')
    for (const name of readdirSync(files)) {
      rmSync(join(files, name))
      execFileSync(MAKE_PIPE, [join(files, name)])
    }
    fake.takeAsked()
    const { data, cached } = await connect(fake, { cache: 'fs', ...mode }).getModels()
    expect({ data, cached }).toEqual({ data: fake.current.manifest.models, cached: false })
    expect((await connect(fake, { cache: 'fs', ...mode }).getModels()).cached).toBe(true)
  })
})

describe('a store that never responds', () => {
  const open = vi.fn(() => new Promise<never>(() => undefined))
  beforeEach(() => {
    open.mockClear()
    vi.stubGlobal('document', {})
    vi.stubGlobal('caches', { open })
  })

  it.each(modes)('of %s is waited for once, and ignored after the timeout', async (_, mode) => {
    const fake = await startFake()
    const registry = connect(fake, { cache: 'auto', timeout: 1000, ...mode })
    const started = Date.now()
    expect((await registry.getModels()).data).toEqual(fake.current.manifest.models)
    expect(Date.now() - started).toBeLessThan(5000)
    expect((await registry.getModels({ forceRefresh: true })).cached).toBe(true)
    await registry.clearCache()
    expect(open).toHaveBeenCalledTimes(1)
  })

  it.each(modes)('of %s ends with the signal of a call', async (_, mode) => {
    const registry = connect(await startFake(), { cache: 'auto', ...mode })
    const started = Date.now()
    const { error } = await registry.getModels({ signal: AbortSignal.timeout(50) })
    expect(error?.name).toBe('AbortedError')
    expect(Date.now() - started).toBeLessThan(1900)
  })
})

describe('a store that takes its time', () => {
  it('is written all at once, so that a first read waits twice: for the parts, and for what lists them', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `p${index}`)
    const models = names.map((name) => model({ provider: name }))
    const fake = await startFake({ providers: names.map((value) => provider({ value })).sort(byValue), models })
    const slowly = () => new Promise<void>((resolve) => setTimeout(resolve, 100))
    vi.stubGlobal('caches', { open: async () => ({ match: async () => undefined, put: slowly, delete: slowly }) })
    const started = Date.now()
    expect((await connect(fake, { cache: 'cacheStorage', providers: names }).getModels()).data).toHaveLength(30)
    expect(Date.now() - started).toBeLessThan(1500)
  })
})

describe('in Deno, cache: auto', () => {
  const permissions = (granted: string[]) => {
    const asked: string[] = []
    const querySync = ({ name }: { name: string }) => {
      asked.push(name)
      return { state: granted.includes(name) ? 'granted' : 'prompt' }
    }
    vi.stubGlobal('Deno', { permissions: { querySync }, unrefTimer: () => undefined })
    return asked
  }

  it('uses files only if every permission is granted, and requests none', async () => {
    const asked = permissions(['env', 'read', 'write'])
    await connect(await startFake(), { cache: 'auto' }).getModels()
    expect(readdirSync(folder)).toEqual([])
    expect(asked).toEqual(['env', 'sys'])
  })

  it('uses files if permitted', async () => {
    permissions(['env', 'read', 'write', 'sys'])
    await connect(await startFake(), { cache: 'auto' }).getModels()
    expect(readdirSync(folder)).toEqual(['llm-registry'])
  })
})
