/** Faults that users of such clients met, tried again on the package as it is built. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type * as Package from '../../../src/client/index.ts'
import { FakeRegistry } from '../../support/client/fake-registry.ts'
import { catalogue, numbered, published } from '../../support/client/published-versions.ts'

const MAKE_PIPE = 'mkfifo'

let built: typeof Package
let fake: FakeRegistry
const folder = mkdtempSync(join(tmpdir(), 'llm-cases-'))

beforeAll(async () => {
  const main = join(inject('app'), 'node_modules/@rttnd/llm/dist/client/index.js')
  built = await import(/* @vite-ignore */ pathToFileURL(main).href)
  fake = await FakeRegistry.start(catalogue([numbered(1)]))
})
afterAll(async () => {
  await fake?.close()
  rmSync(folder, { recursive: true, force: true })
})
afterEach(() => {
  vi.unstubAllEnvs()
  vi.unstubAllGlobals()
})

const connect = (options: Partial<Package.RegistryOptions> = {}) =>
  built.createRegistry({ baseUrl: fake.url, retry: 0, ...options })

describe.skipIf(process.platform === 'win32')('a cache folder that hangs, because a pipe stands for the file', () => {
  it.each([{}, { providers: ['acme'] }])('stops neither signal nor timeout, with %j', async (mode) => {
    const home = mkdtempSync(join(folder, 'cache-'))
    vi.stubEnv('XDG_CACHE_HOME', home)
    await connect({ cache: 'fs', ...mode }).getModels()
    const files = join(home, 'llm-registry')
    for (const name of readdirSync(files)) {
      rmSync(join(files, name))
      execFileSync(MAKE_PIPE, [join(files, name)])
    }
    const started = Date.now()
    const { data } = await connect({ cache: 'fs', timeout: 1000, ...mode }).getModels()
    expect(data).toEqual(fake.current.manifest.models)
    const signal = AbortSignal.timeout(1000)
    expect((await connect({ cache: 'fs', ...mode }).getModels({ signal })).data).toHaveLength(1)
    expect(Date.now() - started).toBeLessThan(4000)
  })

  it('nor does a folder in place of the file', async () => {
    const home = mkdtempSync(join(folder, 'cache-'))
    vi.stubEnv('XDG_CACHE_HOME', home)
    await connect({ cache: 'fs' }).getModels()
    const files = join(home, 'llm-registry')
    for (const name of readdirSync(files)) {
      rmSync(join(files, name))
      mkdirSync(join(files, name))
    }
    expect((await connect({ cache: 'fs' }).getModels()).data).toEqual(fake.current.manifest.models)
  })
})

describe('KV that shows seq 14, then 13, then 14', () => {
  it('leaves the client at the newest', async () => {
    const [old, now] = [13, 14].map((seq) => published(catalogue([numbered(seq)]), seq))
    let shown = now
    const kv: Package.KVBinding = {
      getWithMetadata: async (key) => ({
        value: key === 'manifest' ? new Blob([shown?.text ?? '']).stream() : null,
        metadata: { ...shown?.manifest, seq: shown?.info.seq },
      }),
    }
    const registry = built.createKVRegistry({ kv })
    for (const next of [now, old, now, old]) {
      shown = next
      expect((await registry.getVersion()).data?.version).toBe(now?.manifest.version)
    }
  })
})

describe('a fetch that keeps each 200 by its URL', () => {
  let price = 1
  it.each([{}, { providers: ['acme'] }, { providers: 'all' }] as const)(
    'does not give a new process the first day, with %j',
    async (mode) => {
      const kept = new Map<string, Response>()
      const fetchAndKeep = async (url: string, init: RequestInit): Promise<Response> => {
        const response = kept.get(url) ?? (await fetch(url, init))
        if (response.ok) kept.set(url, response.clone())
        return response.clone()
      }
      for (let day = 0; day < 3; day++) {
        const { manifest } = fake.commit(catalogue([numbered(++price)]))
        await new Promise((resolve) => setTimeout(resolve, 2))
        const registry = connect({ cache: 'none', fetch: fetchAndKeep, ...mode })
        const { data, stale } = await registry.getModel('acme', 'acme-one')
        expect({ data, stale }).toEqual({ data: manifest.models[0], stale: false })
        expect((await registry.getManifest()).data).toEqual(manifest)
      }
    },
  )
})

describe('cache: "auto" in Deno without permissions', () => {
  it('asks for none', async () => {
    const home = mkdtempSync(join(folder, 'cache-'))
    vi.stubEnv('XDG_CACHE_HOME', home)
    const querySync = vi.fn(() => ({ state: 'prompt' }))
    vi.stubGlobal('Deno', { permissions: { querySync }, unrefTimer: () => undefined })
    expect((await connect().getModels()).error).toBeUndefined()
    expect(querySync).toHaveBeenCalled()
    expect(readdirSync(home)).toEqual([])
  })
})

describe('a mistake of the caller', () => {
  it('in the base URL is named at once', () => {
    expect(() => built.createRegistry({ baseUrl: 'llm.example.workers.dev' })).toThrow(
      'Cannot create a registry: "baseUrl" is "llm.example.workers.dev", which has no scheme; did you mean "https://llm.example.workers.dev"?',
    )
  })

  it('in a filter is refused without a request, and the nearest is named', async () => {
    fake.takeAsked()
    const { error } = await connect({ cache: 'none' }).searchModels({ capabilty: 'vision' } as object)
    expect(error).toMatchObject({ name: 'ProblemError', code: 'invalid-request' })
    expect(error?.message).toContain('"capabilty"')
    expect(error?.message).toContain('capability')
    expect(fake.asked).toEqual([])
  })
})
